"""Text written in the fonts used before Unicode."""
