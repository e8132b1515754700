"""What is done with visits and follow-ups."""
