"""Pattern checks: whether worlds, statistics and their arguments exist and fit, before anything runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import UNKNOWN_KEY, UNKNOWN_NAME, Issue, IssueError, KeyPath, listed, shown
from sim.declarations.removed_names import gone
from sim.declarations.renamed_names import called_now, renamed, renamed_column
from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.design.kept_columns import ALWAYS_KEPT, table_columns
from sim.output.table_columns import TABLES
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
    yield from _wrong_words(given, statistic)
    yield from _wrong_orders({**statistic.defaults, **given}, statistic, worlds)
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
        Argument.POSITIVE: isinstance(value, int | float) and not isinstance(value, bool) and value > 0,
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
    elif kind in (Argument.COLUMN, Argument.WORD_COLUMN) and worlds:
        yield from _wrong_column(place, str(value), kind, next(iter(statistic.tables)), worlds)


def known_columns(table: str, worlds: list[World]) -> tuple[str, ...]:
    """Columns of a table that all of the worlds have, in its order."""
    each = [table_columns(table, world.fields) for world in worlds]
    return tuple(name for name in each[0] if all(name in names for names in each[1:]))


def _wrong_column(place: KeyPath, name: str, kind: Argument, table: str, worlds: list[World]) -> Iterator[Issue]:
    """A column that some world does not have, or that holds words for numbers, or numbers for words."""
    known = known_columns(table, worlds)
    if name not in known:
        yield from _unknown(place, "column", name, known, f" of {table}")
        return
    numbers, wanted = has_numbers(table, name), kind is Argument.COLUMN
    if numbers != wanted:
        fitting = [each for each in known if has_numbers(table, each) == wanted and each not in ALWAYS_KEPT]
        what = f"the column {shown(name)} holds {'numbers' if numbers else 'words'}"
        yield Issue(place, what, f"expected {kind.value}, one of {listed(fitting)}")


def _wrong_words(given: Mapping[str, ArgumentValue], statistic: Statistic) -> Iterator[Issue]:
    """Words that a column of words never holds, where it is known which it can."""
    table = next(iter(statistic.tables))
    columns = [name for name, kind in statistic.arguments.items() if kind is Argument.WORD_COLUMN]
    members = next((each.words for each in TABLES[table] if columns and each.name == given.get(columns[0])), None)
    words = given.get("words")
    if members is None or not isinstance(words, list):
        return
    for n, word in enumerate(words):
        yield from _unknown(("with", "words", n), "word", word, tuple(member.label for member in members))


def _wrong_orders(given: Mapping[str, Any], statistic: Statistic, worlds: list[World]) -> Iterator[Issue]:
    """Windows and limits of which the first is above the second; periods that end behind the runs."""
    for first, second in statistic.orders:
        low, high = (_comparable(given.get(name), statistic.arguments[name]) for name in (first, second))
        if low is not None and high is not None and low > high:
            what = f"'{second}' ({given[second]}) is before '{first}' ({given[first]})"
            if statistic.arguments[first] is not Argument.QUARTER:
                what = f"'{second}' ({given[second]:g}) is below '{first}' ({given[first]:g})"
            yield Issue(("with", second), what, f"expected {first} <= {second}")
    quarters = given.get("quarters")
    length = quarters if isinstance(quarters, int) else 0
    for name in statistic.spans if length > 0 else ():
        start = _comparable(given.get(name), Argument.QUARTER)
        for world in worlds if isinstance(start, Quarter) else ():
            if start <= world.end < start + (length - 1):
                what = f"{length:,} quarters from {start} on end behind the runs of the world {shown(world.name)}"
                allowed = f"expected quarters to {world.end}: an earlier '{name}', or fewer 'quarters'"
                yield Issue(("with", name), what, allowed)
                break


def _comparable(value: Any, kind: Argument) -> Any:
    """A quarter or a number; None for what is none, of which more was said."""
    if kind is not Argument.QUARTER:
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None
    try:
        return Quarter.parse(str(value))
    except IssueError:
        return None


def has_numbers(table: str, name: str) -> bool:
    """Whether a column of a table holds numbers; those of every field of service do."""
    return next((each.has_numbers for each in TABLES[table] if each.name == name), True)


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
    said = called_now(new) if new else gone(kind, f"{of.removeprefix(' of ')}.{name}" if of else name)
    allowed = said or f"expected one of {listed(known)}"
    yield Issue(place, f"unknown {kind} {shown(name)}{of}", allowed, None if said else name, known, kind=UNKNOWN_NAME)
