"""The command of today."""
