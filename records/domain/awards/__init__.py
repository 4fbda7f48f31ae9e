"""From a year's rating to a numbered entry in the register."""
