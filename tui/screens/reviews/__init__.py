"""The review of the roster."""
