"""Report forms filled from the book."""
