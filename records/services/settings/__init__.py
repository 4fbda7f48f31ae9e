"""The settings of a book: what an office says of itself, and how its program works."""
