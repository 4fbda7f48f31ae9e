"""What certificates need of the book: blanks, keys, seals."""
