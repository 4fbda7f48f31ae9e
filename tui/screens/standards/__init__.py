"""The check, the standards, looking ahead."""
