"""Live runs: worker processes that run the newest wish at once, and what is made of their runs; no web framework."""
