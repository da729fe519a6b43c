"""Chunk job: do the runs of a chunk, write their results, and leave a receipt.

A job is idempotent: whichever process does it again, anywhere, writes the same bytes over the same files.
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sim.experiment.execute.executor_protocol import Executor, WorkerLostError
from sim.experiment.execute.pending_interrupts import raise_if_interrupted
from sim.experiment.execute.result_collector import ResultCollector
from sim.experiment.execute.run_monitor import RunMonitor
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.batches import Chunk, Run, replication_seed
from sim.experiment.store.part_writer import PartialWriteError, PartWriter
from sim.experiment.store.receipts import Failure, Receipt
from sim.experiment.store.results_folder import ResultsFolder

if TYPE_CHECKING:
    import pyarrow as pa

    from sim.experiment.design.checked_design import Design
    from sim.experiment.execute.progress_reporter import ProgressReporter
    from sim.run import RunResult

SLICE = 4
"""Quarters between two looks at the clock where no other process may stop a run."""


@dataclass(frozen=True)
class Assignment:
    """A chunk with the values of its points, as it is sent to a worker.

    Attributes
    ----------
    chunk : Chunk
        Number and runs.
    rows : dict of int to dict
        Point -> its row of the design.
    """

    chunk: Chunk
    rows: Mapping[int, dict[str, Any]]

    @classmethod
    def of(cls, chunk: Chunk, points: pa.Table) -> Assignment:
        """A chunk with the rows of its points."""
        numbers = dict.fromkeys(point for point, _ in chunk.runs)
        return cls(chunk, {point: points.slice(point, 1).to_pylist()[0] for point in numbers})


@dataclass(frozen=True)
class Job:
    """What a worker does with a chunk.

    Attributes
    ----------
    design : Design
        Makes the scenario of a point, and says what is kept of a run.
    folder : ResultsFolder
        Where to write.
    time_limit : float or None
        Seconds that a run may take.
    isolated : bool
        Whether it is done by processes of our own, which may be ended to stop a run.
    """

    design: Design
    folder: ResultsFolder
    time_limit: float | None = None
    isolated: bool = False

    def __call__(self, assignment: Assignment) -> Receipt:
        """Do a chunk.  An error in a run is noted; an error in writing is raised."""
        if self.time_limit is not None:
            load_rules()
        chunk = assignment.chunk
        failed: dict[Run, Failure] = {}
        schemas: dict[str, pa.Schema] = {}
        with RunMonitor(self.folder.notes(chunk.number), len(chunk.runs), self.time_limit, self.isolated) as monitor:
            receipt = None
            while receipt is None:
                writer = PartWriter(self.folder.path, chunk.number, schemas)
                # What cannot stay is begun again with what is known now.
                with contextlib.suppress(PartialWriteError), contextlib.ExitStack() as held:
                    held.callback(writer.abandon)
                    receipt = self._attempt(assignment, writer, monitor, failed)
        self.folder.write_receipt(receipt)
        monitor.forget()
        return receipt

    def _attempt(
        self, assignment: Assignment, writer: PartWriter, monitor: RunMonitor, failed: dict[Run, Failure]
    ) -> Receipt:
        collector = ResultCollector(self.design, writer)
        for number, run in enumerate(assignment.chunk.runs):
            raise_if_interrupted()
            failure = failed.get(run) or self._try(number, run, assignment.rows[run[0]], monitor, collector)
            if failure is not None:
                failed[run] = failure
            if collector.half_kept:
                raise PartialWriteError
        files = collector.publish()
        failures = tuple(failed[run] for run in sorted(failed))
        return Receipt(assignment.chunk.number, len(collector.runs), failures, collector.work, files)

    def give_up(self, assignment: Assignment, why: str) -> Receipt:
        """Write off a chunk that no worker could do: every run of it is a failure."""
        runs = assignment.chunk.runs
        failures = tuple(self._failure(run, assignment.rows[run[0]], None, why) for run in runs)
        receipt = Receipt(assignment.chunk.number, 0, failures)
        self.folder.write_receipt(receipt)
        return receipt

    def _failure(self, run: Run, row: dict[str, Any], quarter: int | None, error: str, trace: str = "") -> Failure:
        values = {name: value for name, value in row.items() if name not in ("point", "scenario", "variant")}
        seed = replication_seed(self.design.file.seed, run[1])
        return Failure(*run, seed, row["scenario"], row["variant"], values, quarter, error, trace)

    def _try(
        self, number: int, run: Run, row: dict[str, Any], monitor: RunMonitor, collector: ResultCollector
    ) -> Failure | None:
        """Do one run; return why not, if it could not be done."""
        reason = monitor.skip_reason(number)
        if reason is not None:
            return self._failure(run, row, *reason)
        result: RunResult | None = None
        try:
            with monitor.run(number):
                result = collector.initialise(run, row)
                monitor.result = result
                self._run_to_end(result, monitor)
            collector.keep(run, result)
        except (StoreError, PartialWriteError):
            raise
        except Exception as error:
            quarter = None if result is None else int(result.world.clock[0].quarter)
            return self._failure(run, row, quarter, f"{type(error).__name__}: {error}", traceback.format_exc())
        return None

    def _run_to_end(self, result: RunResult, monitor: RunMonitor) -> None:
        """Run to the end; in a process that is not ours alone look at the clock on the way."""
        end = result.compiled.quarters
        if self.isolated or self.time_limit is None:
            result.run_to(end)
            return
        for quarter in range(SLICE, end + SLICE, SLICE):
            result.run_to(min(quarter, end))
            if monitor.over_time():
                raise TimeoutError(monitor.too_late)


@cache
def load_rules() -> None:
    """Load the compiled rules, once in a process, so that the time of its first run is the run's own."""
    from sim.model.setup.compiled_scenario import CompiledScenario
    from sim.run import simulate
    from sim.scenario import load_scenario
    from sim.scenario.reading.file_search import shipped_directory

    # By its path: a file in the current folder may have the name of a shipped one.
    scenario = load_scenario(shipped_directory() / "beijing-2010.yaml")
    simulate(CompiledScenario.of(scenario, quarters=1), 0, detailed=False)


def compile_rules(executor: Executor, reporter: ProgressReporter) -> None:
    """Have the rules compiled by one worker, where they are not, before several would compile them."""
    from sim.engine.rules_cache import is_compiled, mark_compiled

    if is_compiled():
        return
    with reporter.compiling(), contextlib.suppress(WorkerLostError):
        executor.submit(load_rules).result()
        mark_compiled()
