"""The editable lists: stages, industries, products, regions, reasons and tags."""
