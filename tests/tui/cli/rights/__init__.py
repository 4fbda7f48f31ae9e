"""Who may see and do what on the command line, door by door."""
