"""The office's memory and judgement."""
