"""One folder for a USB stick: the program with all it needs, for computers that have Python and no network."""
