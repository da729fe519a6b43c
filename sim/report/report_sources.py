"""Report sources: the folders that a report is made of, opened, and compared where they can be."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sim.declarations.input_issues import listed
from sim.experiment.results.comparison_results import Comparison
from sim.experiment.results.folder_comparison import FolderComparison
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import StoreError, WrongInputError
from sim.output.outcome_measures import MEASURE_NAMES
from sim.scenario import Scenario

FLOWS = ("foundings", "closures")
"""Outcomes that every report looks at over the whole run, beside those that the experiment asks about."""
MOST_FOLDERS = 12


class ReportKind(StrEnum):
    """What a report is about."""

    RUN = "run"
    COMPARISON = "comparison"
    SWEEP = "sweep"
    FOLDERS = "folders"


@dataclass(frozen=True)
class ReportSources:
    """Folders, and how they compare.

    Attributes
    ----------
    kind : ReportKind
        Of one folder: a run of one scenario, a comparison of scenarios or variants, a sweep of axes; or several.
    folders : tuple of Results
        At least one.
    comparison : Comparison, optional
        Of the outcomes that are asked about, where points or folders are compared with a first one.
    whole : Comparison, optional
        Of `FLOWS`, as means of all quarters.
    doubts : tuple of str
        What else than scenarios may make a difference between folders.
    """

    kind: ReportKind
    folders: tuple[Results, ...]
    comparison: Comparison | None = None
    whole: Comparison | None = None
    doubts: tuple[str, ...] = ()

    @property
    def first(self) -> Results:
        """The folder that others are compared with, or the only one."""
        return self.folders[0]

    @property
    def measure(self) -> str:
        """What counts of a run: what the experiment says, and the last year where folders are compared."""
        return "year" if self.kind is ReportKind.FOLDERS else self.first.measure


def open_sources(paths: Sequence[str | os.PathLike[str]]) -> ReportSources:
    """Open folders and compare them.

    Raises
    ------
    StoreError
        If one holds no results, or is damaged.
    WrongInputError
        If no run is kept in one, one is named twice, or there are too many.
    QueryError
        If folders share no points or replications.
    """
    if len(paths) > MOST_FOLDERS:
        raise WrongInputError(f"{len(paths)} folders are more than a report can hold; at most {MOST_FOLDERS}")
    _refuse_twice([Path(path) for path in paths])
    folders = tuple(Results.open(path) for path in paths)
    for folder in folders:
        if not folder.done:
            raise WrongInputError(f"no run is kept in {folder.path} yet; run it first, and then report it")
    if len(folders) > 1:
        found = FolderComparison.of(folders[0], folders[1:])
        whole = FolderComparison.of(folders[0], folders[1:], [*_known(folders)], "mean") if _known(folders) else None
        others = None if whole is None else whole.comparison
        return ReportSources(ReportKind.FOLDERS, folders, found.comparison, others, found.doubts)
    kind = kind_of(folders[0])
    if kind is not ReportKind.COMPARISON:
        return ReportSources(kind, folders)
    return ReportSources(kind, folders, *_compared(folders[0]), doubts=tuple(_other_dates(folders[0])))


def kind_of(results: Results) -> ReportKind:
    """What a report of one folder is about."""
    if results.points.num_rows == 1:
        return ReportKind.RUN
    return ReportKind.SWEEP if set(results.axes) & set(results.varied) else ReportKind.COMPARISON


def first_with_runs(results: Results) -> int:
    """The first point of which a run is kept."""
    return next(n for n, runs in enumerate(results.groups.runs.tolist()) if runs)


def _compared(results: Results) -> tuple[Comparison, Comparison | None]:
    """Points compared with the first that has runs: outcomes that are asked about, and flows over the whole run."""
    base = first_with_runs(results)
    shown = [name for name in results.shown if name in results.outcomes]
    if not shown:
        raise StoreError(f"{results.path} knows none of the outcomes that it asks about: {listed(list(results.shown))}")
    known = _known((results,))
    whole = Comparison.of(results, known, "mean", base=base) if known else None
    return Comparison.of(results, shown, results.measure, base=base), whole


def _other_dates(results: Results) -> Iterator[str]:
    """What makes a difference doubtful between scenarios whose runs begin or end at other dates."""
    spans: dict[str, list[str]] = {}
    for base in results.manifest["design"]["bases"]:
        spans.setdefault(span_words(results, base["values"]), []).append(base_name(base))
    if len(spans) > 1 and results.measure in MEASURE_NAMES:
        runs = "; ".join(f"{', '.join(names)}: {span}" for span, names in spans.items())
        yield f"the scenarios do not run over the same time ({runs}), so their last years are of other dates"


def base_name(base: Mapping[str, Any]) -> str:
    """Scenario and variant of a base of a design, in a few words."""
    return " / ".join(str(base[key]) for key in ("scenario", "variant") if base.get(key))


def span_words(results: Results, values: Mapping[str, Any]) -> str:
    """Length and first quarter of the runs of a scenario, from its values."""
    length = results.experiment.get("quarters") or values.get("quarters", Scenario.model_fields["quarters"].default)
    start = values.get("start")
    return f"{length} quarters" + (f" from {start}" if start else "")


def _known(folders: Sequence[Results]) -> list[str]:
    return [name for name in FLOWS if all(name in folder.outcomes for folder in folders)]


def _refuse_twice(paths: Sequence[Path]) -> None:
    seen: set[Path] = set()
    for path in paths:
        place = path.resolve()
        if place in seen:
            raise WrongInputError(f"{path} is named twice; name it once")
        seen.add(place)
