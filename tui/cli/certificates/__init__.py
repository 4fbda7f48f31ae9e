"""`certificate`."""
