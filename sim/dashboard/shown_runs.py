"""Shown runs: what a page draws, from the session or from what is stored, and the tables of its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.dashboard.chart_data import LETTERS, Lines, Points, outcome_data, series_data, short
from sim.dashboard.chart_options import Calendar
from sim.dashboard.page_core import PageCore
from sim.dashboard.stored_curves import StoredCurve
from sim.declarations.sector_outcomes import SECTOR
from sim.live.run_values import RunValues, differences, why_no_pairs
from sim.live.single_runs import PlainTable, TableColumn
from sim.live.worker_messages import Begun

UNITS = {outcome.name: outcome.unit for outcome in SECTOR}
TITLES = {outcome.name: outcome.title for outcome in SECTOR}
MEANINGS = {outcome.name: outcome.meaning for outcome in SECTOR}
MAIN = tuple(outcome.name for outcome in SECTOR if outcome.main)


@dataclass(frozen=True)
class ChartState:
    """What the numbers of charts depend on; where it is as before, there is nothing to draw.

    Attributes
    ----------
    number : int
        Order of the setting that is drawn; 0 where none is.
    seeds : tuple of int
        Of its runs.
    held : tuple of (str, str, tuple of int)
        Letter, name and seeds of each held setting.
    replication : int, optional
        The single run that is shown.
    is_stored, is_settled : bool
        Whether a stored curve is drawn, and whether nothing more is to come.
    """

    number: int
    seeds: tuple[int, ...]
    held: tuple[tuple[str, str, tuple[int, ...]], ...]
    replication: int | None
    is_stored: bool
    is_settled: bool


@dataclass
class ShownRuns:
    """What is drawn now.

    Attributes
    ----------
    now : RunValues, optional
        Runs of the newest setting that could be run.
    begun : Begun, optional
        Title, calendar and policies of them.
    held : dict of str to RunValues
        Letter, or number where there are no more letters, -> a held setting's runs.
    names : dict of str to str
        The same letters -> names of the held settings.
    stored : StoredCurve, optional
        What is drawn until there is a run.
    is_settled : bool
        Whether nothing more is to come of what is wished and held.
    """

    now: RunValues | None = None
    begun: Begun | None = None
    held: dict[str, RunValues] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    stored: StoredCurve | None = None
    is_settled: bool = False

    def take(self, core: PageCore) -> None:
        """Take what the session has; runs of a setting before while there are none of the newest."""
        session = core.session
        self.is_settled = session.wait(0)
        found = session.newest()
        if found is not None:
            self.begun, self.now = found
            self.stored = None
        self.held, self.names = {}, {}
        for place, one in enumerate(session.held):
            letter = LETTERS[place] if place < len(LETTERS) else str(place + 1)
            values = session.values(one.wish)
            self.names[letter] = one.name
            if values is not None:
                self.held[letter] = values

    @property
    def calendar(self) -> Calendar | None:
        """First quarter and length of what is drawn."""
        if self.now is not None:
            return Calendar(self.now.start, self.now.quarters)
        if self.stored is not None:
            return Calendar(self.stored.start, len(next(iter(self.stored.bands.values()))[0]))
        return None

    def state(self, replication: int | None) -> ChartState:
        """What the numbers of charts depend on."""
        held = tuple((letter, self.names[letter], values.seeds) for letter, values in self.held.items())
        number = 0 if self.begun is None else self.begun.number
        seeds = () if self.now is None else self.now.seeds
        return ChartState(number, seeds, held, replication, self.stored is not None, self.is_settled)

    def marks(self) -> tuple[int | None, ...]:
        """First quarter of each policy."""
        if self.begun is None:
            return ()
        start = self.begun.start
        return tuple(None if one.at is None else one.at - start for one in self.begun.policies)

    def data(self, outcomes: Sequence[str], replication: int | None) -> dict[str, Points]:
        """Numbers of a chart of outcomes."""
        if self.now is None and self.stored is not None:
            found: dict[str, Points] = {}
            for name in outcomes:
                if name in self.stored.bands:
                    low, middle, high = (np.array(line, float) for line in self.stored.bands[name])
                    found |= series_data(name, self.stored.start, Lines(low, middle, high))
            return found
        return outcome_data(outcomes, self.now, self.held, replication)

    def table(self, outcomes: Sequence[str]) -> PlainTable:
        """Median and middle 80 % of some outcomes in the last quarter of each year."""
        columns = [TableColumn("quarter", "", "Quarter.")]
        for name in outcomes:
            columns += [TableColumn(f"{TITLES[name]}, {part}", UNITS[name], "") for part in ("10 %", "median", "90 %")]
        rows: list[list[object]] = []
        if self.now is not None:
            bands = [self.now.band(name) for name in outcomes]
            for n in range(self.now.quarters):
                quarter = self.now.start + n
                if quarter.number == 4 or n == self.now.quarters - 1:
                    numbers = [short(float(e[n])) for b in bands for e in (b.p10, b.median, b.p90)]
                    rows.append([str(quarter), *numbers])
        return PlainTable(tuple(columns), rows, len(rows))


def comparison_table(
    now: RunValues, held: Mapping[str, RunValues], names: Mapping[str, str], outcomes: Sequence[str] = MAIN
) -> tuple[PlainTable, list[str]]:
    """Paired differences of the newest setting from held ones, over the last year of the runs.

    Returns
    -------
    PlainTable, list of str
        A row for each outcome and held setting; and why some held settings have none.
    """
    columns = (
        TableColumn("outcome", "", "Outcome; mean of the last four quarters of a run."),
        TableColumn("unit", "", "Its unit."),
        TableColumn("less", "", "The held setting that is subtracted."),
        TableColumn("held", "", "Its median."),
        TableColumn("now", "", "Median of the setting now."),
        TableColumn("difference", "", "Mean of the paired differences."),
        TableColumn("low", "", "Lower end of its 95 % interval."),
        TableColumn("high", "", "Upper end of its 95 % interval."),
        TableColumn("pairs", "", "Replications in which both have a value."),
        TableColumn("clear", "", "Whether the interval excludes zero."),
    )
    by_outcome: dict[str, list[list[object]]] = {name: [] for name in outcomes}
    reasons = []
    for letter, base in held.items():
        reason = why_no_pairs(base, now)
        if reason:
            reasons.append(f"{letter} ({names[letter]}): {reason}")
            continue
        pairs = differences(base, now, outcomes)
        for place, name in enumerate(outcomes):
            ends = (pairs.base, pairs.other, pairs.difference, pairs.low, pairs.high)
            numbers = [None if np.isnan(each[place]) else float(each[place]) for each in ends]
            row = [TITLES[name], UNITS[name], f"{letter} {names[letter]}", *numbers, int(pairs.n[place])]
            by_outcome[name].append([*row, bool(pairs.clear[place])])
    rows = [row for found in by_outcome.values() for row in found]
    return PlainTable(columns, rows, len(rows)), reasons
