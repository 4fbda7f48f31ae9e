"""The ground: what the office may change without a programmer, and the words and errors all rooms share."""
