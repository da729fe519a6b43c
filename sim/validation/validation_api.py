"""Validation API: hold observed patterns against runs, from Python.

::

    from sim.validation import validate

    found = validate(only=["F5", "F6"], workers=2)
    print(found.summary)
    found.checks[["pattern", "says", "mean", "ci_low", "ci_high", "verdict"]]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.declarations.input_issues import Problem, ScenarioError
from sim.experiment.execute.executor_choice import check_workers, opened_executor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.store.part_reader import QueryError, names_of, unknown
from sim.scenario.reading.file_search import find
from sim.scenario.scenario_loading import CONVENTIONS
from sim.validation.changes_file import Changes, changed_worlds, read_changes
from sim.validation.check_evaluation import evaluate
from sim.validation.located_file import LocatedFile, read_located, shipped_patterns
from sim.validation.pattern_file import PatternEntry
from sim.validation.pattern_loading import PatternSet, chosen_patterns, combined
from sim.validation.pattern_results import FailedWorld, PatternResult, Validation
from sim.validation.replication_tables import TableCache
from sim.validation.run_planning import plan_runs, unchanged
from sim.validation.statistic_type import STATISTICS, Statistic
from sim.validation.validation_files import keep_validation
from sim.validation.world_loading import World
from sim.validation.world_runs import WorldRuns, check_out, make_runs, other_runs

if TYPE_CHECKING:
    from sim.experiment.execute.executor_protocol import Executor
    from sim.experiment.execute.progress_reporter import ProgressReporter

Say = Callable[[str], None]
OUT = Path("results") / "validation"
"""Where runs of worlds and the tables are kept unless another folder is named."""


def validate(
    scenarios: str | Iterable[str] = (),
    *,
    only: str | Iterable[str] = (),
    replications: int | None = None,
    patterns: str | Path | Sequence[str | Path] = (),
    changes: str | Path | Sequence[str | Path] = (),
    out: str | Path = OUT,
    workers: int | None = None,
    executor: Executor | None = None,
    reporter: ProgressReporter | None = None,
    say: Say | None = None,
) -> Validation:
    """Run what patterns need, or what is left of it, and say which hold.

    Parameters
    ----------
    scenarios : str or iterable of str
        Only patterns that use one of these scenarios; by default all.
    only : str or iterable of str
        Only patterns with these ids.
    replications : int, optional
        Runs of every world, instead of what the files say; fewer than are there uses the first of them.
    patterns : str, Path or sequence of them
        Pattern files that are added to the shipped one.
    changes : str, Path or sequence of them
        Files of changes in the language of scenarios, laid over every world of the patterns, after its own changes.
    out : str or Path
        Folder in which runs and tables are kept.
    workers : int, optional
        Worker processes; 0 does everything in this process; every core by default.
    executor : Executor, optional
        Where to compute instead; it is not shut down.
    reporter : ProgressReporter, optional
        Is called as runs get on.
    say : callable, optional
        Takes a line on what is reused, left out or doubtful.

    Raises
    ------
    ScenarioError
        With every problem of pattern files, of scenarios that they name and of changes; nothing was run.
    QueryError
        If there is no such pattern, or a number is wrong.
    StoreError
        If a folder cannot be written or read; what is done stays.
    KeyboardInterrupt
        As it comes; what is done stays.
    """
    say = say or (lambda _line: None)
    check_inputs(workers, replications)
    task = read_task(names_of("scenarios", scenarios), names_of("patterns", only), patterns, changes, say)
    folder = Path(out)
    check_out(folder)
    runs = task.plan(folder, replications)
    for each in runs.values():
        for other in other_runs(each, folder):
            say(f"{each.world.name}: {other} was run with other rules, scenario or tables; it is left as it is")
    run_all(list(runs.values()), workers, executor, reporter, say)
    validation = judged(task.asked, task.statistics, runs, folder, task.labels)
    if validation.results:
        keep_validation(validation)
    return validation


def check_inputs(workers: int | None, replications: int | None) -> None:
    """See that numbers from outside are right.

    Raises
    ------
    QueryError
        If one is not.
    """
    check_workers(workers)
    if replications is not None and replications < 1:
        raise QueryError(f"expected a number of replications, a whole number from 1; found {replications!r}")


@dataclass(frozen=True)
class Task:
    """What is asked: patterns, with the files that they stand in, and changes laid over their worlds.

    Attributes
    ----------
    files : list of LocatedFile
        Pattern files.
    found : PatternSet
        All their patterns and worlds.
    asked : list of PatternEntry
        The patterns that were asked for.
    statistics : mapping of str to Statistic
        By name.
    layers : tuple of Changes
        Changes laid over every world of these patterns.
    changed : dict of str to World
        These worlds with the changes; empty without any.
    """

    files: list[LocatedFile]
    found: PatternSet
    asked: list[PatternEntry]
    statistics: Mapping[str, Statistic]
    layers: tuple[Changes, ...]
    changed: Mapping[str, World]

    @property
    def labels(self) -> tuple[str, ...]:
        """Files of changes."""
        return tuple(each.label for each in self.layers)

    def plan(self, out: Path, replications: int | None) -> dict[str, WorldRuns]:
        """Runs of the worlds that the patterns look at; nothing is run yet."""
        called = " ".join(("with", *(Path(label).stem for label in self.labels)))
        return plan_runs(self.found, self.asked, self.statistics, out, replications, self.changed, called)


def read_task(
    scenarios: Sequence[str],
    only: Sequence[str],
    patterns: str | Path | Sequence[str | Path],
    changes: str | Path | Sequence[str | Path],
    say: Say,
) -> Task:
    """Read pattern files and changes, and choose the patterns.

    Raises
    ------
    ScenarioError
        With every problem of the files.
    QueryError
        If there is no such pattern.
    """
    statistics = known_statistics()
    files = read_with_shipped(_listed(patterns))
    found = combined(files, statistics)
    layers = read_changes(_listed(changes))
    asked = choose(found, only, scenarios, say)
    changed = changed_worlds(files, asked, layers, statistics) if layers else {}
    for name in unchanged(found.worlds, changed):
        say(f"{name}: the changes leave this world as it is")
    return Task(files, found, asked, statistics, layers, changed)


def run_all(
    runs: Sequence[WorldRuns],
    workers: int | None,
    executor: Executor | None,
    reporter: ProgressReporter | None,
    say: Say,
    reused: Say | None = None,
) -> None:
    """Do what is left of runs, in an executor that is given, or else in worker processes.

    Raises
    ------
    StoreError, KeyboardInterrupt
        As `validate`.
    """
    if not runs:
        return
    with nullcontext(executor) if executor is not None else opened_executor(workers) as opened:
        make_runs(runs, opened, reporter or NullProgress(), say, reused)


def _listed(sources: str | Path | Sequence[str | Path]) -> list[str | Path]:
    return [sources] if isinstance(sources, str | Path) else list(sources)


def known_statistics() -> Mapping[str, Statistic]:
    """Every declared statistic by its name."""
    import sim.validation.statistics  # noqa: F401  (declares them)

    return STATISTICS


def read_with_shipped(sources: Sequence[str | Path]) -> list[LocatedFile]:
    """Read pattern files, behind the shipped one whose worlds they may use; it is read once if it is among them."""
    files = [read_located(source) for source in sources]
    shipped = shipped_patterns()
    there = shipped.resolve() in [file.path.resolve() for file in files]
    return files if there else [read_located(shipped), *files]


def choose(found: PatternSet, only: Sequence[str], scenarios: Sequence[str], say: Say) -> list[PatternEntry]:
    """Patterns that were asked for; says which scenarios none of them uses.

    Raises
    ------
    QueryError
        If there is no pattern of an id.
    ScenarioError
        If there is no such scenario file.
    """
    known = [pattern.id for pattern in found.patterns]
    for name in only:
        if name not in known:
            raise unknown("pattern", name, known)
    paths: list[Path] = []
    for source in scenarios:
        path = find(source, Path(), CONVENTIONS.shipped_folder)
        if isinstance(path, Problem):
            raise ScenarioError([path])
        paths.append(path)
        if not list(chosen_patterns(found, (), [path])):
            say(f"no pattern uses the scenario {source}")
    for name in found.unused:
        say(f"no pattern uses the world {name}")
    asked = list(chosen_patterns(found, only, paths))
    if not asked and only:
        say(f"none of the patterns {', '.join(only)} uses {' or '.join(scenarios)}")
    return asked


def judged(
    asked: Iterable[PatternEntry],
    statistics: Mapping[str, Statistic],
    runs: Mapping[str, WorldRuns],
    out: Path,
    changes: tuple[str, ...] = (),
) -> Validation:
    """Measure what patterns ask for in runs that are done."""
    cache = TableCache()
    results = tuple(
        PatternResult(
            pattern,
            tuple(evaluate(check, statistics[check.statistic], runs, cache) for check in pattern.checks),
        )
        for pattern in asked
    )
    failed = [(name, len(each.failures()), each.folder.path) for name, each in runs.items()]
    return Validation(
        results,
        {name: each.folder.path for name, each in runs.items()},
        tuple(FailedWorld(*each) for each in failed if each[1]),
        out,
        changes,
    )
