"""Statistic tables: what patterns can be measured by, made from the declarations that pattern files are checked by."""

from __future__ import annotations

from collections.abc import Iterator

from sim.docs_tables.markdown import as_table, number
from sim.validation import statistics as _all_of_them  # noqa: F401  (declares the statistics)
from sim.validation.statistic_type import STATISTICS, Argument, Statistic
from sim.validation.statistics.agency_populations import POPULATIONS


def statistics_table() -> str:
    """Every statistic: what it takes under ``with``, from which tables, and what it means."""
    return as_table(("statistic", "arguments", "tables", "meaning"), _rows())


def populations_table() -> str:
    """Every population that an argument ``among`` may list."""
    return as_table(("population", "agencies"), ((f"`{name}`", one.meaning) for name, one in POPULATIONS.items()))


def _rows() -> Iterator[tuple[str, str, str, str]]:
    for name, one in sorted(STATISTICS.items()):
        if one.measure.__module__.startswith("sim."):
            yield f"`{name}`", "; ".join(_arguments(one)), ", ".join(one.tables), one.meaning


def _arguments(one: Statistic) -> Iterator[str]:
    if one.compares:
        yield "`versus`: a second world, beside `with`"
    for name, kind in one.arguments.items():
        value = one.defaults.get(name)
        usual = "" if value in (None, ()) else f" ({number(value)} if left out)"
        optional = " (may be left out)" if name in one.defaults and not usual else usual
        yield f"`{name}`: {_words(kind, one)}{optional}"


def _words(kind: Argument, one: Statistic) -> str:
    """What an argument takes, in a word; columns with the table that they are of."""
    if kind is Argument.COLUMN:
        return f"column of {next(iter(one.tables))}"
    return "whole number" if kind is Argument.WHOLE else kind.name.lower()
