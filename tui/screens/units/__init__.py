"""Units, their pages and their reorganisation."""
