"""Use cases of reviews of the roster."""
