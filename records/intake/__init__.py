"""Spreadsheets in: sheets, columns, people, duplicates."""

READER = "records.intake.files.child"
"""The module that reads one file in a process of its own, and nothing else needs to import."""
READER_FLAG = "--read-one-file"
"""First argument of a program packed into one file, which has no `-m`: the others are those of `READER`."""
