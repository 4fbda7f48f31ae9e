"""Use cases of appointments."""
