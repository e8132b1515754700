"""The forms of people, split by who fills them in."""
