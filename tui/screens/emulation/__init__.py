"""Cycles, score sheets, ranks."""
