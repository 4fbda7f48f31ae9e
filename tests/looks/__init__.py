"""Every paper made from the demo and turned into pictures, to be looked at."""
