"""The book itself: its history and its backups."""
