"""The case library in and out: Markdown files with front matter, Word files, zip archives."""
