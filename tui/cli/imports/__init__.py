"""Verbs that read spreadsheets."""
