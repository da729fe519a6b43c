"""Validation tables: what a pattern file may say, and the statistics that it may ask for, from their declarations."""

from __future__ import annotations

from collections.abc import Iterator

from sim.docs_tables.experiment_tables import rows_of
from sim.docs_tables.markdown import as_table, number
from sim.validation.pattern_file import PatternFile
from sim.validation.statistic_type import STATISTICS, Statistic

COMPARES = "⇄"
"""Marks a statistic that takes a second world."""


def pattern_keys_table() -> str:
    """Every key of a pattern file: what it takes, its default, its meaning."""
    return as_table(("key", "takes", "default", "meaning"), rows_of(PatternFile))


def statistics_table() -> str:
    """Every statistic: its name, its arguments with defaults, its meaning."""
    import sim.validation.statistics  # noqa: F401  (declares them)

    rows = [(_name(each), ", ".join(_arguments(each)), each.meaning) for each in STATISTICS.values()]
    return as_table(("statistic", "arguments", "meaning"), sorted(rows))


def _name(each: Statistic) -> str:
    return f"`{each.name}`{f' {COMPARES}' if each.compares else ''}"


def _arguments(each: Statistic) -> Iterator[str]:
    for name in each.arguments:
        default = each.defaults.get(name)
        words = f": of {', '.join(each.choices[name])}" if name in each.choices else ""
        if name not in each.defaults:
            yield f"`{name}`{words}"
        elif default is None or default in ([], (), ""):
            yield f"[`{name}`{words}]"
        else:
            shown = ", ".join(map(str, default)) if isinstance(default, list | tuple) else number(default)
            yield f"[`{name}`: {shown}]"
