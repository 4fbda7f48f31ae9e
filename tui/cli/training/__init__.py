"""`training`."""
