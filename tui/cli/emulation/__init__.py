"""`emulation`."""
