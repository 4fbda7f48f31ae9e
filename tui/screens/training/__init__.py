"""Trainings, attendance, needs, results, duties."""
