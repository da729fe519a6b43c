"""Figure source words: where a figure comes from, read back from its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.cli.shared_options import wrong
from sim.declarations.input_issues import printable

_LARGEST = 500_000_000
"""Bytes of a file that is still looked through."""


def print_figure_source(path: Path) -> None:
    """Print where the figures in a file come from.

    Raises
    ------
    typer.Exit
        If the file cannot be read, or holds no figure of ours.
    """
    from sim.experiment.store.atomic_files import reason
    from sim.plots.figure_source import facts_in

    try:
        if path.stat().st_size > _LARGEST:
            raise wrong(f"{path} is larger than {_LARGEST // 1_000_000} MB, and no figure")
        found = facts_in(path.read_bytes())
    except OSError as error:
        raise wrong(f"cannot read {path}: {reason(error)}") from None
    if not found:
        raise wrong(f"{path} does not say where it comes from: it is no figure of 'sim', or a program took that out")
    for number, facts in enumerate(found):
        if number:
            print()
        for line in _lines(facts):
            print(printable(line))


def _lines(facts: dict[str, Any]) -> Iterator[str]:
    """A line a fact; lists are indented below their name."""
    width = max((len(str(name)) for name in facts), default=0)
    for name, value in facts.items():
        label = f"{str(name).replace('_', ' '):{width}}  "
        if isinstance(value, dict):
            value = [f"{key} {_plain(each)}" for key, each in value.items()]
        values = value if isinstance(value, list) else [value]
        for n, each in enumerate(values):
            if each not in ("", None):
                yield f"{label if n == 0 else ' ' * len(label)}{_plain(each)}"


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
