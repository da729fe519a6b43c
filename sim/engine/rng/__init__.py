"""Random numbers: a counter-based generator and the distributions made from it."""
