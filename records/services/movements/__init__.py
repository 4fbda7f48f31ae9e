"""What leads to a commendation beside work itself: registrations, movements, initiatives, the prize fund."""
