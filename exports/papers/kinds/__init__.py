"""What each kind of paper says: from records of the book to a paper in the words of the settings."""
