"""Win and loss analysis (K4)."""
