"""Who introduced whom (L8), drawn as a tree."""
