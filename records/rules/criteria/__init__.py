"""One module a kind of criterion: how it is judged and how it is said, together."""
