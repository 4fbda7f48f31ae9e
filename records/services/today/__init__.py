"""Today: what is to be seen to now, and how the office stands, in figures."""
