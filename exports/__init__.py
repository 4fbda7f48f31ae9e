"""Records in, files out. Never writes the book."""
