"""What a certificate is made of, and what makes its parts a page."""
