"""Use cases, one desk each. The only rooms that write the book."""
