"""Needed tables: which tables and columns of a world the statistics of all checks read, so that no more is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sim.experiment.design.experiment_file import Keep
from sim.experiment.design.kept_columns import ALWAYS_KEPT, table_columns
from sim.output.table_columns import EVERY_FIELD
from sim.validation.pattern_file import CheckFile, PatternEntry
from sim.validation.statistic_type import Argument, Statistic
from sim.validation.world_loading import World

SECTOR_TABLE = "sector"


def arguments_of(check: CheckFile, statistic: Statistic) -> dict[str, Any]:
    """Arguments of a check, with the statistic's defaults for those that it leaves out."""
    return {**statistic.defaults, **check.with_}


def columns_read(check: CheckFile, statistic: Statistic) -> dict[str, tuple[str, ...]]:
    """Columns that a check reads of each table: those of its statistic, and those that its arguments name.

    Columns that say which run and quarter a row is of are left out; they are always there.
    """
    wanted = {table: list(columns) for table, columns in statistic.tables.items()}
    for name, value in arguments_of(check, statistic).items():
        kind = statistic.arguments.get(name)
        if value is None or kind not in (Argument.OUTCOME, Argument.COLUMN, Argument.WORD_COLUMN):
            continue
        table = SECTOR_TABLE if kind is Argument.OUTCOME else next(iter(statistic.tables))
        wanted.setdefault(table, []).append(value)
    return {
        table: tuple(name for name in dict.fromkeys(columns) if name not in ALWAYS_KEPT)
        for table, columns in wanted.items()
    }


def needed_tables(
    patterns: Iterable[PatternEntry], worlds: Mapping[str, World], statistics: Mapping[str, Statistic]
) -> dict[str, Keep]:
    """What is kept of the runs of each world; worlds that are run alike keep the same, so that they share runs.

    Parameters
    ----------
    patterns : iterable of PatternEntry
        All patterns of the files, also those that are not asked for now: what a run keeps must not depend on that.
    worlds : mapping of str to World
        By name.
    statistics : mapping of str to Statistic
        By name.

    Returns
    -------
    dict of str to Keep
        By world, for those that some check looks at.
    """
    wanted: dict[str, dict[str, set[str]]] = {}
    for pattern in patterns:
        for check in pattern.checks:
            for name in filter(None, (check.world, check.versus)):
                alike = first_alike(worlds, name)
                for table, columns in columns_read(check, statistics[check.statistic]).items():
                    there = wanted.setdefault(alike, {}).setdefault(table, set())
                    there.update(_written_out(table, columns, worlds[name].fields))
    used = {name for pattern in patterns for check in pattern.checks for name in (check.world, check.versus) if name}
    return {name: _keep(wanted[first_alike(worlds, name)]) for name in worlds if name in used}


def first_alike(worlds: Mapping[str, World], name: str) -> str:
    """The first world that is run as this one."""
    return next(other for other, world in worlds.items() if _runs_alike(world, worlds[name]))


def _runs_alike(one: World, other: World) -> bool:
    ours, theirs = ((each.label, each.quarters, each.loaded.values) for each in (one, other))
    return ours == theirs


def _written_out(table: str, columns: Iterable[str], fields: Iterable[str]) -> Iterator[str]:
    """Columns, with those of every field of service under their own names."""
    services = list(fields)
    for name in columns:
        if name.endswith(EVERY_FIELD):
            stem = name.removesuffix(EVERY_FIELD[1:])
            yield from (each for each in table_columns(table, services) if each.startswith(stem))
        else:
            yield name


def _keep(wanted: Mapping[str, set[str]]) -> Keep:
    tables = sorted(wanted)
    return Keep(tables=tables, columns={table: sorted(wanted[table]) for table in tables})
