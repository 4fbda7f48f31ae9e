"""Use cases, one folder a subject. The only rooms that write the book."""
