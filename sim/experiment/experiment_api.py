"""Experiment API for Python: load an experiment, plan it, run it, and have its results as pandas tables.

::

    from sim import Experiment

    results = Experiment.load("diversification").run(workers=2)
    results.summary()
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.declarations.short_repr import ShortRepr
from sim.experiment.execute.executor_choice import opened_executor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.store.part_reader import QueryError

if TYPE_CHECKING:
    from sim.experiment.design.checked_design import Design
    from sim.experiment.design.cost_and_coverage import Plan
    from sim.experiment.execute.executor_protocol import Executor
    from sim.experiment.execute.progress_reporter import ProgressReporter
    from sim.experiment.results.results import Results


class NotKeptWarning(UserWarning):
    """The table or the summary could not be written into a results folder, or leaves something out; runs are kept."""


@dataclass(frozen=True, repr=False)
class Experiment(ShortRepr):
    """A checked experiment.

    Attributes
    ----------
    design : Design
        What it varies, and its points.
    name : str
        Names the folder of its results.
    """

    design: Design
    name: str

    def _facts(self) -> tuple[str, Mapping[str, object]]:
        return self.name, {"title": self.design.file.title} | dict(self.design._facts()[1])

    @classmethod
    def load(cls, source: str | Path) -> Experiment:
        """Load an experiment file, or a shipped experiment by its name.

        Raises
        ------
        ScenarioError
            With every problem that was found, each with file, line and column.
        """
        from sim.experiment.design.experiment_loading import load_experiment

        return cls(load_experiment(source), Path(source).stem)

    @classmethod
    def of(cls, values: Mapping[str, Any], name: str = "experiment") -> Experiment:
        """Make an experiment from values written in Python, as they would stand in a file.

        Raises
        ------
        ScenarioError
            With every problem that was found.
        """
        from sim.experiment.design.experiment_loading import experiment_from_values

        return cls(experiment_from_values(values), name)

    @classmethod
    def comparison(cls, base: str, others: str | Sequence[str], **options: Any) -> Experiment:
        """An experiment that compares scenarios; options as in `comparison_design`.

        Raises
        ------
        QueryError
            If there is nothing to compare with.
        ScenarioError
            If a scenario, an outcome or a number is wrong.
        """
        from sim.experiment.design.comparison_design import comparison_design

        named = [others] if isinstance(others, str) else list(others)
        if not named:
            raise QueryError(f"nothing to compare {base} with; name one scenario, or several")
        return cls(comparison_design(base, named, **options), f"compare-{Path(base).stem}")

    def plan(self, workers: int | None = None) -> Plan:
        """What it would take; one run is made to know."""
        from sim.experiment.execute.pilot_estimate import measured_plan

        return measured_plan(self.design, workers, NullProgress())

    def run(
        self,
        out: str | Path | None = None,
        *,
        workers: int | None = None,
        dask: str | None = None,
        executor: Executor | None = None,
        reporter: ProgressReporter | None = None,
    ) -> Results:
        """Run it, or what is left of it; failed runs are listed by the results' `failures`.

        Parameters
        ----------
        out : str or Path, optional
            Folder; one that holds this sweep already is continued.  By default ``results/NAME``.
        workers : int, optional
            Worker processes; 0 does everything in this process; every core by default.  In a worker of another pool
            (`multiprocessing.Pool`), which may start no workers, one worker and the default are this process.
        dask : str, optional
            Address of a Dask scheduler, or ``local``; a script that asks for the latter keeps its own work under
            ``if __name__ == "__main__":``.
        executor : Executor, optional
            Where to compute instead: anything that follows `concurrent.futures.Executor`.  It is not shut down.
        reporter : ProgressReporter, optional
            Is called as runs get on.

        Raises
        ------
        QueryError
            If `workers` is no number of processes, or several are asked for in a worker of another pool.
        ChangedError
            If the folder holds something that was begun with something else.
        StoreError
            If the folder cannot be written; what is done stays.
        ReplacedRuleError
            If a rule was replaced from Python: a folder holds what the sources give.
        KeyboardInterrupt
            As it comes; what is done stays.

        Warns
        -----
        NotKeptWarning
            If `table.txt` or `summary.csv` cannot be written beside the results, or leaves something out.
        """
        from sim.experiment.execute.coordinator import Context
        from sim.experiment.execute.requests import sweep
        from sim.experiment.printed.table_file import keep_sweep_table
        from sim.experiment.results.results import Results

        path = Path(out) if out is not None else Path("results") / self.name
        given = opened_executor(workers, dask) if executor is None else contextlib.nullcontext(executor)
        with given as where:
            report = sweep(self.design, path, Context(where, reporter or NullProgress()))
        if report.status == "interrupted":
            raise KeyboardInterrupt
        results = Results.open(path)
        if results.done:
            not_kept = keep_sweep_table(results)
            if not_kept:
                warnings.warn(not_kept, NotKeptWarning, stacklevel=2)
        return results
