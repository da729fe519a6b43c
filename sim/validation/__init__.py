"""Validation: observed patterns and series, statistics of runs that are held against them, and the verdicts."""
