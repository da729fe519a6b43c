"""Panel grid: panels of one size below and beside each other, each with title and unit above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from sim.plots.figure_page import EDGE, add_axes, make_page, write, write_block
from sim.plots.figure_style import GREY
from sim.plots.house_figure import HouseFigure
from sim.plots.key_entry import KeyEntry
from sim.plots.text_wrapping import line_height, wrap_text

# Everything below is in inches.
_TITLE_SIZE, _UNIT_SIZE = 11, 9
_UNIT, _TITLE = 0.24, 0.45
"""From the top of axes to the baselines of unit and title."""
_HEAD = 0.66
"""From the top of axes to what is above the panel, with a title of one line."""
_DATES = 0.42
"""From the axes to what is below the panel."""
_GUTTER, _BETWEEN, _BELOW_NOTES = 0.2, 0.12, 0.12


@dataclass(frozen=True)
class GridPanel:
    """A panel of a grid.

    Attributes
    ----------
    title, unit : str
        What is written above it; either may be empty.
    draw : callable
        Draws into its axes.
    """

    title: str
    unit: str
    draw: Callable[[Axes], None]


@dataclass(frozen=True)
class GridSize:
    """Sizes of the panels of a grid, in inches.

    Attributes
    ----------
    columns : int
        How many stand beside each other at most.
    width, height : float
        Of axes.
    before, after : float
        To the left of the axes, for ticks, and to their right, for labels.
    below : float
        Below the axes, for dates.
    """

    columns: int = 2
    width: float = 4.3
    height: float = 2.2
    before: float = 0.65
    after: float = 1.5
    below: float = _DATES

    @property
    def cell(self) -> float:
        """Width of a panel with all labels."""
        return self.before + self.width + self.after


def panel_grid(
    title: str, notes: Sequence[str], panels: Sequence[GridPanel], size: GridSize, key: Sequence[KeyEntry] = ()
) -> HouseFigure:
    """Draw panels as a figure with head and key.

    Parameters
    ----------
    title : str
        Heading of the figure.
    notes : sequence of str
        What the reader must know of all numbers.
    panels : sequence of GridPanel
        At least one.
    size : GridSize
        Sizes.
    key : sequence of KeyEntry
        Entries below the panels.
    """
    columns = min(size.columns, len(panels))
    rows = [panels[first : first + columns] for first in range(0, len(panels), columns)]
    titles = [[wrap_text(one.title, size.cell - EDGE, _TITLE_SIZE, "bold", most=3) for one in row] for row in rows]
    heads = [_HEAD + (max(map(len, lines)) - 1) * line_height(_TITLE_SIZE) for lines in titles]
    tall = sum(heads) + len(rows) * (size.height + size.below + _BETWEEN) + _BELOW_NOTES
    page = make_page(max(columns * (size.cell + _GUTTER) - _GUTTER, 6.0), tall, title, notes, key)
    top = page.bottom + page.height - _BELOW_NOTES
    for row, lines, head in zip(rows, titles, heads, strict=True):
        for column, (one, words) in enumerate(zip(row, lines, strict=True)):
            left = column * (size.cell + _GUTTER)
            axes = add_axes(page.figure, left + size.before, top - head - size.height, size.width, size.height)
            highest = top - head + _TITLE + len(words) * line_height(_TITLE_SIZE)
            write_block(page.figure, left + EDGE, highest, words, _TITLE_SIZE, weight="bold")
            write(page.figure, left + EDGE, top - head + _UNIT, one.unit, size=_UNIT_SIZE, color=GREY)
            one.draw(axes)
        top -= head + size.height + size.below + _BETWEEN
    return page.figure
