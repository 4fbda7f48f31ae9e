"""Use cases of units and their reorganisation."""
