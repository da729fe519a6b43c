"""Directions: for every lever, what switching it does first, measured in paired runs of a small town.

`levers` and `channels` declare what is expected and why; `measure` runs the pairs; the test compares; `python -m
tests.directions` writes the table of `docs/directions.md`.
"""
