"""The model: its state, how a run is set up, its rules, what is observed, and the order of a quarter."""
