"""Figure tables: kinds of figures and what may be asked of them, made from the declarations that the command uses."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from sim.docs_tables.markdown import as_table
from sim.experiment.results.figure_data.figure_kinds import KINDS, USUAL, FigureKind
from sim.experiment.results.figure_data.figure_options import FigureOptions

_ATTRIBUTE = re.compile(r"^(\w+) : .*\n((?:    .*(?:\n|$))+)", flags=re.MULTILINE)
_FLAGS = {"points": "--point"}
"""Options that are called otherwise on the command line."""


def kinds_table() -> str:
    """Every kind: what it shows and answers, which table it needs, and which options it takes."""
    return as_table(("kind", "what it shows", "question", "needs", "takes"), map(_row, KINDS))


def options_table() -> str:
    """Every option of a figure, in Python and on the command line, with the kinds that take it."""
    return as_table(("option", "command", "meaning", "kinds"), _option_rows())


def usual_table() -> str:
    """What is drawn where no kind is named."""
    rows = ((situation, ", ".join(f"`{name}`" for name in names)) for situation, names in USUAL.items())
    return as_table(("folder", "kinds"), rows)


def _row(kind: FigureKind) -> tuple[str, ...]:
    needs = [" or ".join(f"`{name}`" for name in choice) for choice in kind.tables]
    needs += ["several points"] if kind.several else []
    takes = [f"`{flag(name)}`" for name in kind.options]
    words = f"; `--by` {', '.join(f'`{word}`' for word in kind.by)}" if kind.by else ""
    return f"`{kind.name}`", kind.title, kind.answers, ", ".join(needs), ", ".join(takes) + words


def flag(option: str) -> str:
    """An option as the command line has it.

    >>> flag("points"), flag("outcomes")
    ('--point', '--outcomes')
    """
    return _FLAGS.get(option, f"--{option}")


def _option_rows() -> Iterator[tuple[str, str, str, str]]:
    for name, meaning in option_meanings().items():
        kinds = ", ".join(f"`{kind.name}`" for kind in KINDS if name in kind.options)
        yield f"`{name}`", f"`{flag(name)}`", meaning, kinds


def option_meanings() -> dict[str, str]:
    """Meaning of every option, as the docstring of `FigureOptions` has it."""
    found = _ATTRIBUTE.findall(inspect.getdoc(FigureOptions) or "")
    return {name: " ".join(text.split()).replace("``", "`") for name, text in found}
