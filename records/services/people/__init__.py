"""Use cases of people: entering, correcting, discipline, photos."""
