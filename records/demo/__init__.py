"""A made-up office of the size of a real one, for trying the program and for its tests."""
