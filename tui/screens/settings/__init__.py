"""The section Settings: what the office says of itself, and how its program works."""
