"""What every import of a table needs: reading files, naming columns, keeping uploads."""
