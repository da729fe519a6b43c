"""Life chart: what the figure of one or two lives shows, as plain data: contracts, numbers by quarter, events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sim.declarations.calendar_quarter import Quarter
from sim.plots.counted_values import Numbers


@dataclass(frozen=True)
class LifeBar:
    """A contract.

    Attributes
    ----------
    first, end : Quarter
        First quarter, and the first after it.
    words : str
        What is written in it where there is room.
    is_cut : bool
        Whether it ended early.
    """

    first: Quarter
    end: Quarter
    words: str = ""
    is_cut: bool = False


@dataclass(frozen=True)
class LifeLane:
    """Contracts of one kind; those that overlap are drawn below each other.

    Attributes
    ----------
    label : str
        Of which purchaser and field.
    bars : sequence of LifeBar
        In order of their first quarter.
    """

    label: str
    bars: Sequence[LifeBar]

    def rows(self) -> list[list[LifeBar]]:
        """Bars in as few rows as hold them without overlap.

        >>> bars = [LifeBar(Quarter(2010, n), Quarter(2010, n) + 2) for n in (1, 2, 3)]
        >>> [[str(bar.first) for bar in row] for row in LifeLane("", bars).rows()]
        [['2010-Q1', '2010-Q3'], ['2010-Q2']]
        """
        found: list[list[LifeBar]] = []
        for bar in sorted(self.bars, key=lambda each: (each.first, each.end)):
            row = next((row for row in found if row[-1].end <= bar.first), None)
            if row is None:
                found.append([bar])
            else:
                row.append(bar)
        return found


@dataclass(frozen=True)
class LifeGroup:
    """Contracts and events of one life.

    Attributes
    ----------
    title : str
        Heading.
    lanes : sequence of LifeLane
        Contracts.
    marks : sequence of (Quarter, int)
        Events, with their numbers in the key.
    """

    title: str
    lanes: Sequence[LifeLane]
    marks: Sequence[tuple[Quarter, int]] = ()


@dataclass(frozen=True)
class LifeLine:
    """A number by quarter.

    Attributes
    ----------
    label : str
        What it is.
    values : float array, shape (quarters,)
        Not a number where there is none.
    """

    label: str
    values: Numbers


@dataclass(frozen=True)
class LifePanel:
    """Numbers on common axes.

    Attributes
    ----------
    title, unit : str
        What is written above it.
    lines : sequence of LifeLine
        One or two.
    scale : str
        Unit that decides its scale (`sim.plots.value_scale`).
    """

    title: str
    unit: str
    lines: Sequence[LifeLine]
    scale: str = ""


@dataclass(frozen=True)
class LifeChart:
    """A figure of one or two lives.

    Attributes
    ----------
    title : str
        Heading.
    notes : sequence of str
        Which run, and how to read it.
    start : Quarter
        First quarter of the calendar.
    quarters : int
        Its length.
    groups : sequence of LifeGroup
        One for each life.
    panels : sequence of LifePanel
        Below them.
    key : sequence of (str, str)
        Numbers of events, and their words.
    lines_at : sequence of (Quarter, str)
        Quarters that are marked through all panels, such as where a life ends.
    """

    title: str
    notes: Sequence[str]
    start: Quarter
    quarters: int
    groups: Sequence[LifeGroup]
    panels: Sequence[LifePanel]
    key: Sequence[tuple[str, str]] = ()
    lines_at: Sequence[tuple[Quarter, str]] = field(default_factory=tuple)

    def texts(self) -> list[str]:
        """Everything that is written by the user or with their words, for the choice of fonts."""
        names = [lane.label for group in self.groups for lane in group.lanes] + [group.title for group in self.groups]
        labels = [line.label for panel in self.panels for line in panel.lines]
        return [self.title, *self.notes, *names, *labels, *(words for _, words in self.key), *self._marked()]

    def _marked(self) -> list[str]:
        return [words for _, words in self.lines_at]
