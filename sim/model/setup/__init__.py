"""Setup: from a checked scenario to the initial state of a run."""
