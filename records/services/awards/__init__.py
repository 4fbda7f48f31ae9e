"""Use cases of commendation, from the proposal to the register and the money."""
