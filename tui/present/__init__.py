"""What screens and commands both say. No Textual here."""
