"""House figure: a matplotlib figure that knows what it shows, the numbers that it draws, and where they come from.

It is saved in the style in which it was made, by any call of it: ``figure.savefig("closures.pdf")``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import matplotlib
from matplotlib.figure import Figure

from sim.plots.figure_source import FORMATS, Facts, mark, metadata
from sim.plots.figure_style import house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.plots.counted_values import CountedValues

Numbers = Mapping[str, Sequence[Any]]
"""Name of a column -> its values, all of the same length."""


class DrawnValues(NamedTuple):
    """A line of a figure with its bands, for pages that show the value at a place.

    Attributes
    ----------
    axes : Axes
        Where it is drawn.
    places : float array, shape (n,)
        Horizontal coordinates.
    values : CountedValues
        Of shape (n,).
    """

    axes: Axes
    places: Any
    values: CountedValues


class HouseFigure(Figure):
    """A figure with its words, numbers and source.

    Attributes
    ----------
    title : str
        Its heading.
    alternative : str
        What it shows, for readers who do not see it: a sentence or a few.
    numbers : mapping of str to sequence
        The numbers that are drawn, as a table.
    facts : mapping
        Where they come from (`sim.plots.figure_source`); empty where that is not known.
    families : tuple of str
        Families of type that it was made with.
    drawn : list of DrawnValues
        Its lines with bands.
    calendars : list of Axes
        Axes whose horizontal coordinates are dates in years.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.title = ""
        self.alternative = ""
        self.numbers: Numbers = {}
        self.facts: Facts = {}
        self.drawn: list[DrawnValues] = []
        self.calendars: list[Axes] = []
        self.families = tuple(name for name in matplotlib.rcParams["font.family"] if name != "sans-serif")

    def savefig(self, fname: Any, **options: Any) -> None:
        """Save the figure as `matplotlib.figure.Figure.savefig` does, in the house's style and with its source.

        Parameters
        ----------
        fname : str, path or binary file
            Where.
        **options
            As for `matplotlib.figure.Figure.savefig`.
        """
        ending = options.get("format") or self._ending(fname)
        if ending in FORMATS:
            fields = metadata(ending, self.title, self.alternative, self.facts)
            options["metadata"] = fields | (options.get("metadata") or {})
        # Several figures may stand in one page, where the ids of their parts must differ.
        salt: Any = {"svg.hashsalt": f"{self.title} {mark(self.facts)}"}
        with house_style(self.families), matplotlib.rc_context(salt):
            super().savefig(fname, **options)

    def _ending(self, fname: Any) -> str:
        if isinstance(fname, str | os.PathLike) and Path(fname).suffix:
            return Path(fname).suffix[1:].lower()
        return str(matplotlib.rcParams["savefig.format"])
