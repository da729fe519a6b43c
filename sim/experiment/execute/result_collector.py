"""What the runs of a chunk come to: a row of the summary each, and the trajectories and tables that are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.execute.batches import Run
from sim.experiment.execute.run_chunk import replication_seed
from sim.experiment.execute.run_summary import reduce
from sim.experiment.store.failure_records import Failure
from sim.experiment.store.sweep_folder import SERIES, SUMMARY
from sim.output.outcome_measures import MEASURES, measure_column

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design import Design
    from sim.model.setup.compiled_scenario import CompiledScenario
    from sim.run import RunResult

DETAILED = ("agencies", "communities", "institutions", "money", "policy")
"""Tables for which a run must keep its panels and ledger."""
_TOGETHER = 32
"""Runs that are reduced together: right after a run, which sweeps the caches, each takes four times as long."""
COLUMNS = tuple(measure_column(outcome.name, each.name) for each in MEASURES for outcome in SECTOR)
"""Columns of the summary, behind `point`, `replication` and `seed`."""


@dataclass
class ResultCollector:
    """What the runs of a chunk came to, so far."""

    design: Design
    seed: int
    series: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    runs: list[Run] = field(default_factory=list)
    reduced: list[np.ndarray] = field(default_factory=list)
    trajectories: list[np.ndarray] = field(default_factory=list)
    starts: list[tuple[int, str]] = field(default_factory=list)
    kept: dict[str, list[pa.Table]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    work: int = 0
    _unreduced: list[np.ndarray] = field(default_factory=list)
    _point: int = -1
    _compiled: CompiledScenario | None = None
    _record: RunResult | None = None

    @cached_property
    def places(self) -> list[int]:
        """Columns of the outcomes whose series are kept."""
        names = [outcome.name for outcome in SECTOR]
        return [names.index(name) for name in self.series]

    def initialise(self, run: Run, row: dict[str, Any]) -> RunResult:
        """The world of a run at its first quarter; the compiled scenario of a point is made once."""
        from sim.run import RunResult, initialise

        if run[0] != self._point or self._compiled is None:
            self._compiled, self._record, self._point = None, None, run[0]
            self._compiled = self.design.compiled(row)
        compiled = self._compiled
        detailed = any(name in DETAILED for name in self.tables)
        seed = replication_seed(self.seed, run[1])
        into = None if self._record is None else self._record.world
        self._record = None
        return RunResult(compiled, seed, initialise(compiled, seed, into, detailed))

    def keep(self, run: Run, record: RunResult) -> None:
        """Take in a run that ended; all of it or, where a table cannot be made, nothing."""
        import pyarrow as pa

        values = np.array(record.world.outcome_values)
        pieces = record.pieces(run[1], run[0]) if self.tables else {}
        tables = {name: pa.concat_tables(pieces[name]) for name in self.tables}
        self._record = record
        self.runs.append(run)
        self._unreduced.append(values)
        if len(self._unreduced) >= _TOGETHER:
            self._reduce()
        self.work = self.work or int(np.nansum(values[:, 0]))
        if self.places:
            self.trajectories.append(values[:, self.places])
            self.starts.append((len(values), str(record.compiled.start)))
        for name, table in tables.items():
            self.kept.setdefault(name, []).append(table)

    def _reduce(self) -> None:
        self.reduced += [reduce(values).ravel() for values in self._unreduced]
        self._unreduced.clear()

    def fail(self, run: Run, row: dict[str, Any], quarter: int | None, error: str, trace: str) -> None:
        """Write a run into the book."""
        # What is left of its world is nothing to build on.
        self._record = None
        values = {name: value for name, value in row.items() if name not in ("point", "scenario", "variant")}
        seed = replication_seed(self.seed, run[1])
        self.failures.append(
            Failure(run[0], run[1], seed, row["scenario"], row["variant"], values, quarter, error, trace)
        )

    def arrow(self) -> dict[str, pa.Table]:
        """Everything as Arrow tables by name."""
        import pyarrow as pa

        self._reduce()
        tables = {SUMMARY: summary_table(self.seed, self.runs, self.reduced)}
        if self.trajectories:
            tables[SERIES] = series_table(self.series, self.runs, self.trajectories, self.starts)
        # Points of different scenarios may have different columns: fields of service, levers.
        kept = {name: pa.concat_tables(parts, promote_options="permissive") for name, parts in self.kept.items()}
        return tables | kept


def summary_table(seed: int, runs: list[Run], reduced: list[np.ndarray]) -> pa.Table:
    """A row per run: point, replication, seed, and every outcome reduced."""
    import pyarrow as pa

    from sim.output.arrow_arrays import numbers

    pairs = np.array(runs, dtype=np.int32).reshape(-1, 2)
    seeds = np.array([replication_seed(seed, r) for _, r in runs], dtype=np.int64)
    values = np.array(reduced, dtype=np.float64).reshape(len(runs), len(COLUMNS))
    columns = {"point": pairs[:, 0], "replication": pairs[:, 1], "seed": seeds}
    columns |= {name: values[:, n] for n, name in enumerate(COLUMNS)}
    return pa.table({name: numbers(np.ascontiguousarray(array)) for name, array in columns.items()})


def series_table(
    outcomes: tuple[str, ...], runs: list[Run], trajectories: list[np.ndarray], starts: list[tuple[int, str]]
) -> pa.Table:
    """A row per run and quarter: the kept outcomes."""
    import pyarrow as pa

    from sim.declarations.calendar_quarter import Quarter
    from sim.output.arrow_arrays import numbers
    from sim.output.quarter_columns import columns_of_runs

    lengths = [length for length, _ in starts]
    pairs = np.repeat(np.array(runs, dtype=np.int32).reshape(-1, 2), lengths, axis=0)
    values = np.concatenate(trajectories)
    columns: dict[str, Any] = {
        "point": numbers(np.ascontiguousarray(pairs[:, 0])),
        "replication": numbers(np.ascontiguousarray(pairs[:, 1])),
        **columns_of_runs([(length, Quarter.parse(start)) for length, start in starts]),
    }
    columns |= {name: numbers(np.ascontiguousarray(values[:, n])) for n, name in enumerate(outcomes)}
    return pa.table(columns)
