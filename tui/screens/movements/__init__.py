"""Screens of registrations, movements, initiatives and the prize fund."""
