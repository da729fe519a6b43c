"""Pattern checks: whether worlds, statistics and their arguments exist and fit, before anything runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import UNKNOWN_KEY, UNKNOWN_NAME, Issue, IssueError, KeyPath, listed, shown
from sim.declarations.renamed_names import called_now, renamed, renamed_column
from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.design.kept_columns import table_columns
from sim.validation.pattern_file import ArgumentValue, CheckFile
from sim.validation.statistic_type import Argument, Statistic

if TYPE_CHECKING:
    from sim.validation.world_loading import World

OUTCOMES = tuple(outcome.name for outcome in SECTOR)


def wrong_check(
    check: CheckFile, worlds: Mapping[str, World | None], statistics: Mapping[str, Statistic]
) -> Iterator[Issue]:
    """What is wrong with a check, in the keys of the check.

    Parameters
    ----------
    check : CheckFile
        What the file says.
    worlds : mapping of str to World or None
        Worlds of all files; None for one that is wrong itself, of which nothing more is said.
    statistics : mapping of str to Statistic
        All that there are.
    """
    for key in ("world", "versus"):
        name = getattr(check, key)
        if name is not None and name not in worlds:
            allowed = f"expected one of {listed(worlds)}" if worlds else "the file has no worlds"
            yield Issue((key,), f"unknown world {shown(name)}", allowed, name, tuple(worlds), kind=UNKNOWN_NAME)
    if check.versus is not None and check.versus == check.world:
        yield Issue(("versus",), f"{shown(check.versus)} would be compared with itself", "name another world")
    statistic = statistics.get(check.statistic)
    if statistic is None:
        what, allowed = f"unknown statistic {shown(check.statistic)}", f"expected one of {listed(statistics)}"
        yield Issue(("statistic",), what, allowed, check.statistic, tuple(statistics), kind=UNKNOWN_NAME)
        return
    if statistic.compares and check.versus is None:
        yield Issue((), f"'{statistic.name}' compares two worlds, and 'versus' is missing", "add 'versus: WORLD'")
    if not statistic.compares and check.versus is not None:
        what = f"'{statistic.name}' looks at one world"
        yield Issue(("versus",), what, "leave 'versus' out, or choose a statistic that compares", at_key=True)
    used = [found for name in (check.world, check.versus) if name is not None and (found := worlds.get(name))]
    yield from wrong_arguments(check.with_, statistic, used)


def wrong_arguments(given: Mapping[str, ArgumentValue], statistic: Statistic, worlds: list[World]) -> Iterator[Issue]:
    """Arguments that are unknown, missing, or not what the statistic takes."""
    known = list(statistic.arguments)
    for name, value in given.items():
        place = ("with", name)
        if name not in statistic.arguments:
            allowed = f"known here: {listed(known)}" if known else f"'{statistic.name}' takes none"
            yield Issue(place, "unknown argument", allowed, name, known, at_key=True, kind=UNKNOWN_KEY)
        else:
            yield from wrong_value(place, value, statistic.arguments[name], statistic, worlds)
    missing = [name for name in known if name not in given and name not in statistic.defaults]
    if missing:
        what = f"'{statistic.name}' needs {listed(missing, len(missing))}"
        meanings = "; ".join(f"{name}: {statistic.arguments[name].value}" for name in missing)
        yield Issue(("with",), what, f"expected under 'with' {meanings}")


def wrong_value(
    place: KeyPath, value: ArgumentValue, kind: Argument, statistic: Statistic, worlds: list[World]
) -> Iterator[Issue]:
    """What is wrong with the value of an argument."""
    fits = {
        Argument.NUMBER: isinstance(value, int | float) and not isinstance(value, bool),
        Argument.WHOLE: isinstance(value, int) and not isinstance(value, bool) and value > 0,
        Argument.WORDS: isinstance(value, list),
    }.get(kind, isinstance(value, str))
    if not fits:
        yield Issue(place, f"found {shown(value)} where {kind.value} is expected", f"expected {kind.value}")
    elif kind is Argument.QUARTER:
        yield from _wrong_quarter(place, str(value), worlds)
    elif kind is Argument.WORDS and (allowed := statistic.choices.get(str(place[-1]))):
        for n, word in enumerate(value if isinstance(value, list) else ()):
            yield from _unknown((*place, n), "word", word, allowed)
    elif kind is Argument.OUTCOME:
        yield from _unknown(place, "outcome", str(value), OUTCOMES)
    elif kind is Argument.COLUMN and worlds:
        table = next(iter(statistic.tables))
        yield from _unknown(place, "column", str(value), known_columns(table, worlds), f" of {table}")


def known_columns(table: str, worlds: list[World]) -> tuple[str, ...]:
    """Columns of a table that all of the worlds have, in its order."""
    each = [table_columns(table, world.fields) for world in worlds]
    return tuple(name for name in each[0] if all(name in names for names in each[1:]))


def _wrong_quarter(place: KeyPath, text: str, worlds: list[World]) -> Iterator[Issue]:
    """A quarter that is none, or that a run does not reach."""
    try:
        quarter = Quarter.parse(text)
    except IssueError as error:
        issue = error.issues[0]
        yield Issue(place, issue.what, issue.allowed, suggestion=issue.suggestion)
        return
    for world in worlds:
        if not world.start <= quarter <= world.end:
            what = f"{quarter} is not within the runs of the world {shown(world.name)}"
            yield Issue(place, what, f"expected quarters from {world.start} to {world.end}")
            return


def _unknown(place: KeyPath, kind: str, name: str, known: tuple[str, ...], of: str = "") -> Iterator[Issue]:
    if name in known:
        return
    new = renamed_column(name) if kind == "column" else renamed(kind, name)
    new = new if new in known else None
    allowed = f"expected one of {listed(known)}" if new is None else called_now(new)
    yield Issue(place, f"unknown {kind} {shown(name)}{of}", allowed, None if new else name, known, kind=UNKNOWN_NAME)
