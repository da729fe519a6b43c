"""Experiments: many runs by design, executed, stored and read."""
