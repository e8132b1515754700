"""What is done with cases, split by noun."""
