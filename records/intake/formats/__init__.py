"""One reader for each format of spreadsheet files."""
