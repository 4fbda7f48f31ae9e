"""Commands on report forms."""
