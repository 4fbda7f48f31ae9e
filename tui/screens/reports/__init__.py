"""Screens of report forms."""
