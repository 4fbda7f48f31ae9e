"""What the screens and commands of exchange both say."""
