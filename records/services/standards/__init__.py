"""Checking people, looking ahead, and the office's own rules."""
