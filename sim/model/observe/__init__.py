"""Observation at the end of a quarter: sector outcomes, and panel data of every entity's state."""
