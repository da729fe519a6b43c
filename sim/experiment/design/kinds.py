"""Whether a file is an experiment or a scenario."""

from __future__ import annotations

from pathlib import Path

from sim.scenario.catalogue import find, read_text, shipped_directory
from sim.scenario.problems import Problem
from sim.scenario.yaml12 import read

MARK = "scenarios"
"""A top-level key that every experiment has and no scenario."""


def is_experiment(source: str) -> bool:
    """Whether a path, or the name of a shipped file, is an experiment's; a name that both have is the scenario's."""
    path = find(source, Path(), shipped_directory())
    if isinstance(path, Problem):
        return not isinstance(find(source, Path(), shipped_directory("experiments")), Problem)
    text = read_text(path)
    if isinstance(text, Problem):
        return False
    node, _ = read(text, source)
    return node is not None and isinstance(node.value, dict) and MARK in node.value
