"""The screen of today."""
