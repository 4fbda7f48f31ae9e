"""Spreadsheet files as plain rows of cells."""
