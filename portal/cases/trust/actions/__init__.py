"""What people do about trust, split by noun."""
