"""Screens for what goes between offices."""
