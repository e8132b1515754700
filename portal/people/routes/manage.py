"""Administration of people: placeholders."""
