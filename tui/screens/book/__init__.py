"""The book, its history, and what is wrong with it."""
