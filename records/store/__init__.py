"""The store: TinyDB over a journal that never forgets."""
