"""Attendance, duties, and trainings that are lacking."""
