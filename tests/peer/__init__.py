"""TinyDB's own tests, run on our tables."""
