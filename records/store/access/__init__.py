"""Who may change the book, and whose key signed a line: one gate, passed by every line that is written or read."""
