"""What is done with customers."""
