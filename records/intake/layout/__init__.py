"""Where things stand in a list: headings, columns, groups, rows of people."""
