"""How the timeline reads: each room declares its kinds of entries; see `kinds`."""
