"""The case library: what the department has learned."""
