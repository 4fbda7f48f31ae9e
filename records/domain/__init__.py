"""Frozen values and pure functions of the field: no files, no clock, no screen."""
