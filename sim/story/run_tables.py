"""Run tables: rows of the tables of one run, from the folder where it keeps them, else from the run, run again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sim.declarations.calendar_quarter import Quarter
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import WrongInputError
from sim.experiment.store.file_checks import damaged
from sim.experiment.store.made_with import other_than_installed
from sim.output.table_columns import EVERY_FIELD, TABLES

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.compute as pc

    from sim.run import RunResult

NEEDED = ("agencies", "bids", "contracts", "events", "money", "policy")
"""Tables that a life is read from."""

Row = dict[str, Any]
"""Column -> value; None where it is empty."""


class RunTables(Protocol):
    """Tables of one run."""

    @property
    def replication(self) -> int:
        """Which run of its point."""

    def table(self, name: str, where: pc.Expression, columns: Sequence[str] | None = None) -> pa.Table:
        """Rows of a table for which something holds."""

    @property
    def calendar(self) -> tuple[Quarter, int]:
        """First quarter of the run, and its length."""


@dataclass(frozen=True)
class StoredRun:
    """A run of which the folder keeps all tables.

    Attributes
    ----------
    results : ResultArrays
        The folder.
    point, replication : int
        Which run.
    """

    results: ResultArrays

    point: int
    replication: int

    def table(self, name: str, where: pc.Expression, columns: Sequence[str] | None = None) -> pa.Table:
        """Rows of a table for which something holds; only what is asked for is read."""
        import pyarrow.compute as pc

        here = (pc.field("point") == self.point) & (pc.field("replication") == self.replication)
        return stored_rows(self.results, name, here & where, columns)

    @property
    def calendar(self) -> tuple[Quarter, int]:
        """First quarter of the run, and its length, as its base has them."""
        return point_calendar(self.results, self.point)


@dataclass(frozen=True)
class ReplayedRun:
    """A run that was run again, in memory, to the same last bit.

    Attributes
    ----------
    result : RunResult
        With everything that was observed.
    point, replication : int
        Which run.
    """

    result: RunResult

    point: int
    replication: int

    def table(self, name: str, where: pc.Expression, columns: Sequence[str] | None = None) -> pa.Table:
        """Rows of a table for which something holds, piece by piece."""
        import pyarrow as pa

        pieces = self.result.pieces(self.replication, self.point)[name]
        found = [_chosen(piece.filter(where), columns) for piece in pieces]
        return pa.concat_tables(found, promote_options="permissive")

    @property
    def calendar(self) -> tuple[Quarter, int]:
        """First quarter of the run, and its length."""
        return self.result.compiled.start, self.result.compiled.quarters


def stored_rows(
    results: ResultArrays, table: str, where: pc.Expression, columns: Sequence[str] | None = None
) -> pa.Table:
    """Rows of a table of a folder for which something holds.

    Raises
    ------
    StoreError
        If a part is missing or damaged.
    """
    import pyarrow as pa

    dataset = results.parts(table).dataset()
    try:
        return dataset.to_table(None if columns is None else list(columns), filter=where, use_threads=False)
    except (OSError, pa.ArrowException) as error:
        raise damaged(results.path / table, (str(error).splitlines() or [type(error).__name__])[0]) from error


def _chosen(table: pa.Table, columns: Sequence[str] | None) -> pa.Table:
    return table if columns is None else table.select([name for name in columns if name in table.column_names])


def keeps_tables(results: ResultArrays) -> bool:
    """Whether a folder keeps, with all columns that today's version knows, the tables that a life is read from."""
    return set(NEEDED) <= set(results.tables) and all(_has_columns(results, name) for name in NEEDED)


def _has_columns(results: ResultArrays, table: str) -> bool:
    """Whether a table has every declared column."""
    declared = {column.name for column in TABLES[table] if not column.name.endswith(EVERY_FIELD)}
    return declared <= set(results.parts(table).columns)


def run_tables(results: ResultArrays, point: int, replication: int) -> RunTables:
    """Tables of a run: those that are kept, or those of the run run again.

    Raises
    ------
    WrongInputError
        If the run would have to be run again and the rules at hand are not those that the folder was made by.
    """
    if keeps_tables(results):
        return StoredRun(results, point, replication)
    from sim.experiment.execute.replay import replay

    check_same_rules(results)
    return ReplayedRun(replay(results.folder, point, replication), point, replication)


def check_same_rules(results: ResultArrays) -> None:
    """Refuse to run a run of a folder again where the rules at hand would make another run of it."""
    if different := other_than_installed(results.manifest):
        raise WrongInputError(
            f"{results.path} keeps not all tables and columns that a life is read from, so its runs must be run again; "
            f"but it was {different}. "
            "Run the experiment again, or read it with the version that made it"
        )


def point_calendar(results: ResultArrays, point: int) -> tuple[Quarter, int]:
    """First quarter and length of the runs of a point, by its base; the length may be the experiment's."""
    from sim.scenario import Scenario

    names = {column: results.points[column][point].as_py() for column in ("scenario", "variant")}
    bases = results.manifest["design"]["bases"]
    base = next((each for each in bases if all(each.get(key) == value for key, value in names.items())), bases[0])
    usual = {name: Scenario.model_fields[name].default for name in ("start", "quarters")}
    start = Quarter.parse(str(base["values"].get("start", usual["start"])))
    return start, int(results.experiment.get("quarters") or base["values"].get("quarters", usual["quarters"]))


def rows(table: pa.Table) -> Iterator[Row]:
    """Rows of a table, without the numbers of the run; whole numbers and text as Python has them."""
    names = [name for name in table.column_names if name not in ("point", "replication", "date")]
    columns = [table[name].to_pylist() for name in names]
    for values in zip(*columns, strict=True):
        yield dict(zip(names, values, strict=True))
