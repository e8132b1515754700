"""What people type, kept on the server before they send it."""
