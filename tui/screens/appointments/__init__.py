"""Forms of appointments, and terms that end."""
