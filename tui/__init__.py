"""All that speaks to a terminal."""
