"""Difficulty alerts (K3): the clock, the way up, who is told of the solution."""
