"""Search: knows documents, never a case or a lead."""
