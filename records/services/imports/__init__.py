"""Spreadsheets into the book: a preview first, then one change."""
