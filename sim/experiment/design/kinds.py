"""Whether a file is an experiment or a scenario; a shipped name may be both."""

from __future__ import annotations

from pathlib import Path

from sim.scenario.catalogue import find, read_text, shipped_directory
from sim.scenario.problems import Problem
from sim.scenario.yaml12 import read

MARK = "scenarios"
"""A top-level key that every experiment has and no scenario."""


def kinds_of(source: str) -> tuple[bool, bool]:
    """Whether a path, or the name of a shipped file, means a scenario, and whether it means an experiment.

    Neither where there is no such file, nor one that can be read.
    """
    path = find(source, Path(), shipped_directory())
    other = find(source, Path(), shipped_directory("experiments"))
    if isinstance(path, Problem) or isinstance(other, Problem):
        return not isinstance(path, Problem), not isinstance(other, Problem)
    if path != other:
        return True, True
    text = read_text(path)
    node = None if isinstance(text, Problem) else read(text, source)[0]
    if node is None or not isinstance(node.value, dict):
        return False, False
    return MARK not in node.value, MARK in node.value
