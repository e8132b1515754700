"""Money (L12): what the contract says, what is to be paid until when, and what came in."""
