"""Result collector for the runs of a chunk: a summary row each, and the trajectories and tables that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.design.kept_columns import kept_of
from sim.experiment.store.batches import Run, replication_seed
from sim.experiment.store.file_checks import FileRecord
from sim.experiment.store.part_writer import PartWriter
from sim.experiment.store.results_folder import SERIES, SUMMARY
from sim.experiment.store.run_summary import reduce
from sim.output.outcome_measures import MEASURES, measure_column

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design.checked_design import Design
    from sim.model.setup.compiled_scenario import CompiledScenario
    from sim.run import RunResult

DETAILED = ("agencies", "bids", "communities", "institutions", "money", "policy")
"""Tables for which a run must keep its panels, bids and ledger."""
OUTCOMES = tuple(outcome.name for outcome in SECTOR)
COLUMNS = tuple(measure_column(name, each.name) for each in MEASURES for name in OUTCOMES)
"""Columns of the summary, behind `point`, `replication` and `seed`."""


def work_of(outcomes: np.ndarray) -> int:
    """Agencies times quarters of a run, from its outcomes by quarter, shape (quarters, outcomes)."""
    return int(np.nansum(outcomes[:, 0]))


@dataclass
class ResultCollector:
    """Results of the runs of a chunk, so far.

    Attributes
    ----------
    design : Design
        Makes the scenario of a point, and says what is kept beside the summary.
    writer : PartWriter
        Takes the rows.
    runs : list of Run
        Runs that ended.
    half_kept : bool
        Whether the writer has some rows of a run and not all, because a table of it failed.
    """

    design: Design
    writer: PartWriter
    runs: list[Run] = field(default_factory=list)
    half_kept: bool = False
    _trajectories: list[np.ndarray] = field(default_factory=list)
    _starts: list[str] = field(default_factory=list)
    _point: int = -1
    _compiled: CompiledScenario | None = None
    _result: RunResult | None = None

    @property
    def work(self) -> int:
        """Agencies times quarters of the first run that ended."""
        return work_of(self._trajectories[0]) if self.runs else 0

    def initialise(self, run: Run, row: dict[str, Any]) -> RunResult:
        """The world of a run at its first quarter; the compiled scenario of a point is made once."""
        from sim.run import RunResult, initialise

        into = None if self._result is None else self._result.world
        # What a run that fails leaves of its world is nothing to build on.
        self._result = None
        if run[0] != self._point or self._compiled is None:
            into, self._compiled, self._point = None, None, run[0]
            self._compiled = self.design.compiled(row)
        detailed = any(name in DETAILED for name in self.design.file.keep.tables)
        seed = replication_seed(self.design.file.seed, run[1])
        return RunResult(self._compiled, seed, initialise(self._compiled, seed, into, detailed))

    def keep(self, run: Run, result: RunResult) -> None:
        """Take in a run that ended.

        Raises
        ------
        StoreError, SchemaChangedError
            As `PartWriter.add`.
        """
        values = np.array(result.world.outcome_values)
        keep = self.design.file.keep
        tables = keep.tables
        pieces = result.pieces(run[1], run[0]) if tables else {}
        for name in tables:
            for piece in pieces[name]:
                self.writer.add({name: kept_of(piece, keep, name)})
                self.half_kept = True
        self.half_kept = False
        self._result = result
        self.runs.append(run)
        self._trajectories.append(values)
        self._starts.append(str(result.compiled.start))

    def publish(self) -> dict[str, FileRecord]:
        """Write summary and series too, and give all files their names; none where no run ended."""
        if self.runs:
            reduced = [reduce(values).ravel() for values in self._trajectories]
            self.writer.add({SUMMARY: summary_table(self.design.file.seed, self.runs, reduced)})
        series = self.design.file.keep.series
        if self.runs and series:
            places = [OUTCOMES.index(name) for name in series]
            kept = [values[:, places] for values in self._trajectories]
            starts = [(len(values), start) for values, start in zip(kept, self._starts, strict=True)]
            self.writer.add({SERIES: series_table(series, self.runs, kept, starts)})
        return self.writer.publish()


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
    outcomes: Sequence[str], runs: list[Run], trajectories: list[np.ndarray], starts: list[tuple[int, str]]
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
