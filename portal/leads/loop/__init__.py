"""What a deal gives to the case library, and what the library gives to a deal."""
