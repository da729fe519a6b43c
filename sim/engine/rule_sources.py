"""Rule sources: the files that decide what is compiled, read without loading a compiler."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
REACHED = ("engine", "declarations", "scenario/parameters", "model")
"""Packages that a rule can reach, whose sources decide what is compiled; a test checks that they are all."""


def sources(packages: Iterable[str] = REACHED) -> dict[str, bytes]:
    """Sources of some packages by path below `sim`, in order."""
    files = (path for package in packages for path in (_PACKAGE / package).rglob("*.py"))
    return {str(path.relative_to(_PACKAGE)): path.read_bytes() for path in sorted(files)}
