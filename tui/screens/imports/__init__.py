"""Spreadsheets into the book, shown before they are entered."""
