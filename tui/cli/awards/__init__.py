"""`award`."""
