"""Commands about rights over personal data."""
