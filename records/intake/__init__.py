"""Spreadsheets in: sheets, columns, people, duplicates."""
