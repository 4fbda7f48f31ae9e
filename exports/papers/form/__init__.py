"""The form of official papers: the same words as PDF and as Excel."""
