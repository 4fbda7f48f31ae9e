"""What goes between offices: packages up, down and across, and who has sent them."""
