"""Frames of certificates, drawn by numbers."""
