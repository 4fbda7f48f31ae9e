"""Commendations, from eligibility to the register."""
