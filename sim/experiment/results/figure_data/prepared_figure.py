"""Prepared figure: what a kind of figure has read from a folder, and how that is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.plots.house_figure import HouseFigure


@dataclass(frozen=True)
class PreparedFigure:
    """Everything that a figure needs, read; drawing comes when its type is chosen.

    Attributes
    ----------
    texts : sequence of str
        What users wrote and the figure shows (titles, labels, names), for the choice of fonts.
    draw : callable
        Draws it, under the house's style; sets `alternative` and `numbers` of the figure.
    notes : sequence of str
        What is left out or doubtful and not written on the figure itself, a sentence each.
    """

    texts: Sequence[str]
    draw: Callable[[], HouseFigure]
    notes: Sequence[str] = ()
