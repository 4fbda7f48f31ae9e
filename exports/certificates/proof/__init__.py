"""What makes a certificate one that anybody can check: reading it back, signatures, the page for browsers."""
