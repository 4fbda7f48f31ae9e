"""Killing the writer, again and again, and looking for one change that was acknowledged and is gone."""
