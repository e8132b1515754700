"""Care of customers (L9, L11): birthdays, training, reports, what they say of us, who may leave."""
