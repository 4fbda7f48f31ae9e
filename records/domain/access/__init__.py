"""People of whom little may be shown, and people of the office who may do this and that."""
