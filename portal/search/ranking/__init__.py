"""What all engines share: how a question becomes a ranking over an engine's segments."""
