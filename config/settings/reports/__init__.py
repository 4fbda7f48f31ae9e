"""Report forms: what they count, and of whom."""
