"""The app: opening and holding the book, sections, palette, undo, help."""
