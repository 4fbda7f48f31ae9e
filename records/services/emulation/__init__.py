"""Use cases of emulation: cycles, points, standings, signing."""
