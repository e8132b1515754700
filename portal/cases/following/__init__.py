"""Following, bookmarks and mentions (K11), and who is told what."""
