"""The words inside files that people bring, read where a hostile file can do no harm."""
