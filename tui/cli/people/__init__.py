"""`roster`."""
