"""Numbers that an administrator may change, each declared by the feature that uses it."""
