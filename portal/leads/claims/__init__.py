"""Duplicate claims (L4): what was typed and blocked, the evidence, and the decision."""
