"""The monthly review of the channels leads come from (L2)."""
