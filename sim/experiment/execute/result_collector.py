"""Result collector for the runs of a chunk: a summary row each, and the trajectories and tables that are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.batches import Run, replication_seed
from sim.experiment.store.file_checks import FileRecord
from sim.experiment.store.part_writer import PartWriter, SchemaChangedError
from sim.experiment.store.results_folder import SERIES, SUMMARY
from sim.experiment.store.run_summary import reduce
from sim.output.outcome_measures import MEASURES, measure_column

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design.checked_design import Design
    from sim.model.setup.compiled_scenario import CompiledScenario
    from sim.run import RunResult

DETAILED = ("agencies", "communities", "institutions", "money", "policy")
"""Tables for which a run must keep its panels and ledger."""
_TOGETHER = 32
"""Runs that are reduced together: right after a run, which sweeps the caches, each takes four times as long."""
COLUMNS = tuple(measure_column(outcome.name, each.name) for each in MEASURES for outcome in SECTOR)
"""Columns of the summary, behind `point`, `replication` and `seed`."""


class HalfWrittenError(Exception):
    """A table of a run failed when some rows of the run were already handed to the writer."""


@dataclass
class ResultCollector:
    """Results of the runs of a chunk, so far.

    Attributes
    ----------
    design : Design
        Makes the scenario of a point.
    seed : int
        Seed of the experiment.
    series, tables : tuple of str
        What is kept beside the summary.
    writer : PartWriter
        Takes the rows.
    runs : list of Run
        Runs that ended.
    work : int
        Agencies times quarters of the first of them.
    """

    design: Design
    seed: int
    series: tuple[str, ...]
    tables: tuple[str, ...]
    writer: PartWriter
    runs: list[Run] = field(default_factory=list)
    work: int = 0
    _reduced: list[np.ndarray] = field(default_factory=list)
    _unreduced: list[np.ndarray] = field(default_factory=list)
    _trajectories: list[np.ndarray] = field(default_factory=list)
    _starts: list[tuple[int, str]] = field(default_factory=list)
    _point: int = -1
    _compiled: CompiledScenario | None = None
    _result: RunResult | None = None

    @cached_property
    def _places(self) -> list[int]:
        """Columns of the outcomes whose series are kept."""
        names = [outcome.name for outcome in SECTOR]
        return [names.index(name) for name in self.series]

    def initialise(self, run: Run, row: dict[str, Any]) -> RunResult:
        """The world of a run at its first quarter; the compiled scenario of a point is made once."""
        from sim.run import RunResult, initialise

        into = None if self._result is None else self._result.world
        # What a run that fails leaves of its world is nothing to build on.
        self._result = None
        if run[0] != self._point or self._compiled is None:
            into, self._compiled, self._point = None, None, run[0]
            self._compiled = self.design.compiled(row)
        detailed = any(name in DETAILED for name in self.tables)
        seed = replication_seed(self.seed, run[1])
        return RunResult(self._compiled, seed, initialise(self._compiled, seed, into, detailed))

    def keep(self, run: Run, result: RunResult) -> None:
        """Take in a run that ended; all of it or, where a table cannot be made, nothing.

        Raises
        ------
        HalfWrittenError
            If a table cannot be made and others were already handed on.
        StoreError, SchemaChangedError
            As `PartWriter.add`.
        """
        values = np.array(result.world.outcome_values)
        self._keep_tables(run, result)
        self._result = result
        self.runs.append(run)
        self._unreduced.append(values)
        if len(self._unreduced) >= _TOGETHER:
            self._reduce()
        self.work = self.work or int(np.nansum(values[:, 0]))
        if self.series:
            self._trajectories.append(values[:, self._places])
            self._starts.append((len(values), str(result.compiled.start)))

    def _keep_tables(self, run: Run, result: RunResult) -> None:
        pieces = result.pieces(run[1], run[0]) if self.tables else {}
        written = False
        try:
            for name in self.tables:
                for piece in pieces[name]:
                    self.writer.add({name: piece})
                    written = True
        except (StoreError, SchemaChangedError):
            raise
        except Exception as error:
            if written:
                raise HalfWrittenError from error
            raise

    def _reduce(self) -> None:
        self._reduced += [reduce(values).ravel() for values in self._unreduced]
        self._unreduced.clear()

    def publish(self) -> dict[str, FileRecord]:
        """Write summary and series too, and give all files their names; none where no run ended."""
        self._reduce()
        if self.runs:
            self.writer.add({SUMMARY: summary_table(self.seed, self.runs, self._reduced)})
        if self._trajectories:
            self.writer.add({SERIES: series_table(self.series, self.runs, self._trajectories, self._starts)})
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
