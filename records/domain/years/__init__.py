"""Years that are closed: the marks that close and reopen them, and which day of a record decides its year."""
