"""The roster and a person's page."""
