"""Spoiling the program on purpose: each spoilt place must make a test fail."""
