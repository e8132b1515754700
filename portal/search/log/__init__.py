"""What people search for, and what they do not find."""
