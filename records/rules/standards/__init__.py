"""Judging a dossier against a standard, and saying the standard in plain words."""
