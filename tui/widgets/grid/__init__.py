"""The grid that feels like Excel."""
