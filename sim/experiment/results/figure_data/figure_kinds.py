"""Figure kinds: every kind of figure, declared once, with what it shows, needs and may be asked.

Command, help, gallery, report and tests are made from this list.  A kind is a function in a module of this package that
reads a folder; `sim.plots` draws what it has read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from sim.declarations.input_issues import listed
from sim.experiment.results.figure_data.agency_groups import GROUPINGS
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.store.dated_values import SECTOR_TABLE
from sim.experiment.store.part_reader import QueryError, unknown
from sim.experiment.store.results_folder import SERIES

if TYPE_CHECKING:
    from sim.experiment.results.result_arrays import ResultArrays

Reader = Callable[["ResultArrays", FigureOptions], PreparedFigure]


@dataclass(frozen=True)
class FigureKind:
    """A kind of figure.

    Attributes
    ----------
    name : str
        Its word in commands and file names.
    title : str
        What it shows, in a few words.
    answers : str
        The question that it answers.
    home : str
        Module and function that reads it: ``sim.package.module:function``.
    tables : tuple of tuple of str
        Tables that it needs, one of each tuple; a summary is always there.
    options : tuple of str
        Options that it takes (`FigureOptions`).
    by : tuple of str
        Words that `by` knows; empty where these are axes of the sweep.
    several : bool
        Whether it needs more than one point.
    """

    name: str
    title: str
    answers: str
    home: str
    tables: tuple[tuple[str, ...], ...] = ()
    options: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    several: bool = False

    def read(self, results: ResultArrays, options: FigureOptions) -> PreparedFigure:
        """Read what the figure needs from a folder.

        Raises
        ------
        QueryError
            If the folder lacks what the kind needs, or the kind does not take an option.
        """
        self.check(results, options)
        module, _, function = self.home.partition(":")
        reader: Reader = getattr(import_module(module), function)
        return reader(results, options)

    def check(self, results: ResultArrays, options: FigureOptions) -> None:
        """Refuse what cannot be drawn.

        Raises
        ------
        QueryError
            As in `read`.
        """
        if lack := self.lacks(results):
            able = [kind.name for kind in KINDS if not kind.lacks(results)]
            raise QueryError(f"{self.name} cannot be drawn of {results.path}: {lack}; what can: {listed(able)}")
        for name in options.given():
            if name not in self.options:
                takes = listed(list(self.options)) if self.options else "no option"
                takers = [kind.name for kind in KINDS if name in kind.options]
                raise QueryError(f"{self.name} takes {takes}, not {name}; kinds that take {name}: {listed(takers)}")
        for word in options.by if self.by else ():
            if word not in self.by:
                raise unknown(f"'by' of {self.name}", word, self.by)

    def lacks(self, results: ResultArrays) -> str:
        """Why it cannot be drawn of a folder, in words; empty where it can."""
        if self.several and results.points.num_rows < 2:
            return "it compares points, and there is only one"
        kept = {name for receipt in results.receipts.values() for name in receipt.files}
        for choice in self.tables:
            if not kept & {*choice}:
                return f"it needs the table {' or '.join(choice)}, which was not kept"
        return ""


_BY_QUARTER = ((SERIES, SECTOR_TABLE),)
_HOME = "sim.experiment.results.figure_data."

KINDS = (
    FigureKind(
        "policies",
        "Policies on a calendar: steps, pulses, ramps and triggers by lever and place",
        "What is changed, when and where, and in which scenarios?",
        _HOME + "policy_data:read_policies",
    ),
    FigureKind(
        "bands",
        "Outcomes over time: median and middle 50 % and 80 % of the runs",
        "How does the sector develop, and how much of that is chance?",
        _HOME + "band_data:read_bands",
        _BY_QUARTER,
        ("outcomes", "points"),
    ),
    FigureKind(
        "scenarios",
        "Outcomes over time at several points, over each other: medians and the middle 80 % of the runs",
        "How do scenarios, or points of a sweep, develop beside each other?",
        _HOME + "scenario_data:read_scenarios",
        _BY_QUARTER,
        ("outcomes", "points", "by"),
        several=True,
    ),
    FigureKind(
        "differences",
        "Paired differences from a base over time, with 95 % confidence intervals of the mean",
        "What does a change do, when, and how sure is that?",
        _HOME + "difference_data:read_differences",
        _BY_QUARTER,
        ("outcomes", "points", "base"),
        several=True,
    ),
    FigureKind(
        "runs",
        "Single runs as thin lines over the band of all",
        "What may one history look like, and how much does it wander?",
        _HOME + "single_run_data:read_single_runs",
        _BY_QUARTER,
        ("outcomes", "points", "count"),
    ),
    FigureKind(
        "panels",
        "Agencies' measures over time by group: medians of the operating agencies of each district, origin, field, ...",
        "Do agencies of some districts, origins, fields or years of founding fare otherwise than others?",
        _HOME + "agency_panel_data:read_agency_panels",
        (("agencies",),),
        ("outcomes", "by", "points"),
        tuple(GROUPINGS),
    ),
    FigureKind(
        "axis",
        "Outcomes against one axis of a sweep: means with 95 % intervals, a line for each level of another factor",
        "How does an outcome change along an axis, and does another factor change that?",
        _HOME + "axis_data:read_axis",
        (),
        ("outcomes", "by", "measure", "threshold"),
        several=True,
    ),
    FigureKind(
        "heatmap",
        "Outcomes over two axes of a sweep, and where they cross a threshold",
        "Where in the plane of two settings is an outcome high or low?",
        _HOME + "heat_map_data:read_heat_maps",
        options=("outcomes", "by", "measure", "base", "points", "threshold"),
        several=True,
    ),
    FigureKind(
        "forest",
        "What scenarios, variants or levels of an axis do against a base, with 95 % intervals",
        "Which settings move an outcome, and how surely?",
        _HOME + "forest_data:read_forest",
        options=("outcomes", "by", "measure", "base", "points", "count"),
        several=True,
    ),
    FigureKind(
        "plane",
        "Resource independence against operational autonomy: agencies, paths, moves between quadrants",
        "Do agencies become independent, autonomous, both or neither?",
        _HOME + "plane_data:read_plane",
        (("agencies", SERIES, SECTOR_TABLE),),
        ("points", "year"),
    ),
    FigureKind(
        "survival",
        "How long agencies stay at work, by group: Kaplan-Meier curves with intervals and numbers at risk",
        "Which agencies last?",
        _HOME + "survival_data:read_survival",
        (("agencies",),),
        ("by", "points"),
        ("cohort", "size", "sources", "origin", "kind"),
    ),
    FigureKind(
        "funding",
        "Income of agencies by source over time, in money and in shares",
        "What do agencies live on?",
        _HOME + "funding_data:read_funding",
        (("agencies",),),
        ("points",),
    ),
    FigureKind(
        "flows",
        "Who pays whom in a year, and what for: the largest flows of money",
        "Where does the money come from, and where does it go?",
        _HOME + "flow_data:read_flows",
        (("money",),),
        ("points", "year", "count"),
    ),
    FigureKind(
        "distribution",
        "Size and dependence of the agencies that operate at the end of a year",
        "Are agencies large or small, alike or unequal, dependent on whom?",
        _HOME + "distribution_data:read_distributions",
        (("agencies",),),
        ("points", "year"),
    ),
    FigureKind(
        "tiles",
        "Communities by district as tiles: unmet need, strength, hours (--outcomes, columns of the table communities)",
        "Which places are served, and which are not?",
        _HOME + "tile_data:read_tiles",
        (("communities",),),
        ("outcomes", "points", "year"),
    ),
    FigureKind(
        "observed",
        "What was counted in a real sector over what runs give: shipped series, or a file (--observed)",
        "Does the model give what was observed?",
        _HOME + "observed_run_data:read_observed_runs",
        _BY_QUARTER,
        ("outcomes", "points", "observed"),
    ),
)
"""All kinds, in the order in which they are listed."""


USUAL = {
    "one point": ("bands",),
    "few points": ("scenarios", "differences"),
    "one axis": ("axis",),
    "two axes": ("heatmap", "axis"),
    "scenarios": ("forest",),
}
"""Situation of a folder -> kinds that are drawn where none is asked for, as far as the folder has what they need."""


def kind_named(name: str) -> FigureKind:
    """The kind of a name.

    Raises
    ------
    QueryError
        If there is none; names the nearest.
    """
    for kind in KINDS:
        if kind.name == name:
            return kind
    raise unknown("kind of figure", name, [kind.name for kind in KINDS])
