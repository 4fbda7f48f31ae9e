"""Commands without a screen, one module for each noun."""
