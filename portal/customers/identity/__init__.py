"""By what a customer is known: company names, phone numbers, credit codes; who has it already."""
