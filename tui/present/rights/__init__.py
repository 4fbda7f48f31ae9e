"""What is said of the rights of people: what is held of them, and who of the office may do what."""
