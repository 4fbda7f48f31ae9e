"""Lists that leave the office as spreadsheets."""
