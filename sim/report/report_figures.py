"""Report figures: figures of every kind that a folder has what it takes for, each where it belongs in the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sim.experiment.results.figure_data.figure_kinds import KINDS, FigureKind
from sim.experiment.results.figure_data.figure_making import make_figure
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.point_series import kept_by_quarter
from sim.experiment.results.results import Results
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.part_reader import QueryError
from sim.pages.page_figure import PageFigure, page_figure

PLACES: dict[str, tuple[str, ...]] = {
    "policies": ("policies",),
    "curves": ("scenarios", "bands"),
    "differences": ("differences", "forest", "heatmap", "axis"),
    "money": ("funding", "flows"),
    "agencies": ("plane", "survival", "distribution", "tiles"),
    "trust": ("observed",),
}
"""Part of the report -> kinds of figures that belong there, in this order."""
MORE = "more"
"""Part of the report for kinds that belong nowhere else."""
INSTEAD = {"bands": "scenarios"}
"""Kinds that are left out where another shows the same of all points."""
WHERE_KNOWN = ("observed",)
"""Kinds for which most scenarios have nothing to show, which is not said each time."""
OF_SWEEPS = ("heatmap", "axis")
"""Kinds that show axes of a sweep."""
OVER_TIME = ("scenarios", "bands", "differences")
"""Kinds with a panel for each outcome by quarter."""
MOST_OUTCOMES = 8
"""Of them in one figure."""
MOST_MAPS = 4
"""Outcomes of which a sweep's axes are shown."""
MOST_BYTES = 820_000
"""Bytes of all figures beyond which further ones are left out, so that the page stays below a megabyte."""
_SPARE = 4
"""Points of which each is drawn by itself where no kind shows all together."""


@dataclass(frozen=True)
class PlacedFigure:
    """A figure with the words under which it is folded."""

    heading: str
    figure: PageFigure


@dataclass
class ReportFigures:
    """Figures of a report.

    Attributes
    ----------
    parts : dict of str to list of PlacedFigure
        By part of the report (`PLACES`, `MORE`).
    notes : list of str
        What is left out or doubtful, a sentence each.
    bytes : int
        Of all figures so far.
    """

    parts: dict[str, list[PlacedFigure]] = field(default_factory=lambda: {part: [] for part in (*PLACES, MORE)})
    notes: list[str] = field(default_factory=list)
    bytes: int = 0

    def add(self, part: str, heading: str, figure: PageFigure) -> None:
        """Add a figure, or say that it is left out because the page would grow too large."""
        size = len(figure.image.encode()) + len(figure.numbers) + len(figure.hover)
        if self.bytes + size > MOST_BYTES:
            kind = figure.name.partition("-")[0]
            self.notes.append(
                f"The figure “{figure.title}” would make the page too large; 'sim plot --kind {kind}' draws it."
            )
            return
        self.bytes += size
        self.parts[part].append(PlacedFigure(heading, figure))


def report_figures(folders: Sequence[Results], sweep: bool, command: str = "") -> ReportFigures:
    """Make figures of folders: of every kind for which a folder has what it takes.

    Parameters
    ----------
    folders : sequence of Results
        What is shown.
    sweep : bool
        Whether axes are varied.
    command : str
        What asks for it, for the facts that figures carry.
    """
    found = ReportFigures()
    order = [name for names in PLACES.values() for name in names]
    kinds = sorted(KINDS, key=lambda kind: order.index(kind.name) if kind.name in order else len(order))
    for n, folder in enumerate(folders, 1):
        able = {kind.name for kind in kinds if not kind.lacks(folder) and (sweep or kind.name not in OF_SWEEPS)}
        if not any(base["values"].get("policies") for base in folder.manifest["design"]["bases"]):
            able.discard("policies")
        for kind in kinds:
            if kind.name in able and INSTEAD.get(kind.name) not in able:
                _add_kind(found, folders, kind, n, command)
    return found


def _add_kind(found: ReportFigures, folders: Sequence[Results], kind: FigureKind, n: int, command: str) -> None:
    """Add the figures of a kind; one that cannot be made says why."""
    folder = folders[n - 1]
    part = next((part for part, kinds in PLACES.items() if kind.name in kinds), MORE)
    for k, options in enumerate(_options(folder, kind), 1):
        try:
            made = make_figure(folder, kind, options, command)
        except (QueryError, StoreError) as error:
            if isinstance(error, QueryError) and kind.name in WHERE_KNOWN:
                continue
            found.notes.append(f"Not drawn: {kind.title[0].lower()}{kind.title[1:]}, because {error}.")
            continue
        found.notes += made.notes
        heading = kind.title if len(folders) == 1 else f"{kind.title}: {folder.title}"
        found.add(part, heading, page_figure(made.figure, f"{kind.name}-{n}-{k}"))


def _options(folder: Results, kind: FigureKind) -> Iterator[FigureOptions]:
    """What is asked of a kind: outcomes in groups that fit a page; points one by one where it shows one alone."""
    if kind.name in OF_SWEEPS:
        yield FigureOptions(outcomes=tuple(name for name in folder.shown if name in folder.outcomes)[:MOST_MAPS])
        return
    alone = kind.name in INSTEAD and folder.points.num_rows > 1
    points: Sequence[tuple[str, ...]] = _first_points(folder) if alone else [()]
    groups: Sequence[tuple[str, ...]] = _groups(folder) if kind.name in OVER_TIME else [()]
    for point in points:
        for outcomes in groups:
            yield FigureOptions(points=point, outcomes=outcomes)


def _first_points(folder: Results) -> Sequence[tuple[str, ...]]:
    """The first points of which runs are kept."""
    return [(str(n),) for n, runs in enumerate(folder.groups.runs.tolist()) if runs][:_SPARE]


def _groups(folder: Results) -> Sequence[tuple[str, ...]]:
    """Outcomes by quarter that the experiment asks about, or that are kept, in groups that fit a printed page."""
    kept = kept_by_quarter(folder)
    names = [name for name in folder.shown if name in kept] or kept[:MOST_OUTCOMES]
    return [tuple(names[first : first + MOST_OUTCOMES]) for first in range(0, len(names), MOST_OUTCOMES)]
