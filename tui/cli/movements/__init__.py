"""Commands on registrations, movements, initiatives and the prize fund."""
