"""The stage map (L5): what each stage asks for, gates with their reviewers, and moving a lead."""
