"""Commands for what goes between offices."""
