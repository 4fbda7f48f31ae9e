"""Lists and reports as PDF."""
