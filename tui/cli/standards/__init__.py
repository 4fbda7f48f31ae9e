"""`check` and `config standard`."""
