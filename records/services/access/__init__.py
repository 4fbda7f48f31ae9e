"""People of the office: their accounts, what they may, and who looked at what."""
