"""What keeps a book safe, and makes a damaged or older one usable."""
