"""Sealing a book: nobody reads what it says of people without the key."""
