"""Who may be commended with what, by which vote, for which money."""
