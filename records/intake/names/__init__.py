"""Names as lists write them: titles, look-alike letters, and the one judge."""
