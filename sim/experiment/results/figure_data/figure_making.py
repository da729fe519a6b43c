"""Figure making: a figure of a folder, of the kind and with the options that are asked for, and files of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.experiment.results.figure_data.figure_facts import figure_facts
from sim.experiment.results.figure_data.figure_kinds import USUAL, FigureKind, kind_named
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.result_arrays import ResultArrays
from sim.plots.figure_style import house_style
from sim.plots.font_advice import font_advice, order_advice
from sim.plots.font_choice import choose_fonts
from sim.plots.house_figure import HouseFigure
from sim.plots.line_looks import MOST_LINES

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class MadeFigure:
    """A figure, and what should be said about it.

    Attributes
    ----------
    figure : HouseFigure
        The figure.
    notes : tuple of str
        What is left out or doubtful, and fonts that are lacking, a sentence each.
    """

    figure: HouseFigure
    notes: tuple[str, ...]


def make_figure(
    results: ResultArrays, kind: str | FigureKind, options: FigureOptions | None = None, command: str = ""
) -> MadeFigure:
    """Make a figure of a folder.

    Parameters
    ----------
    results : ResultArrays
        A run, a comparison or a sweep.
    kind : str or FigureKind
        One of `figure_kinds.KINDS`, or its name.
    options : FigureOptions, optional
        What is asked of it.
    command : str
        What asks for it, for the facts that the figure carries.

    Raises
    ------
    QueryError
        If there is no such kind or name, or the folder lacks what it needs.
    StoreError
        If nothing is kept yet, or a file is damaged.
    """
    chosen = kind_named(kind) if isinstance(kind, str) else kind
    asked = FigureOptions() if options is None else options
    prepared = chosen.read(results, asked)
    fonts = choose_fonts(list(prepared.texts))
    with house_style(fonts.families):
        figure = prepared.draw()
    figure.facts = figure_facts(results, chosen.name, asked, figure.title, command)
    advice = (font_advice(fonts.missing), order_advice(list(prepared.texts)))
    return MadeFigure(figure, (*prepared.notes, *filter(None, advice)))


def usual_kinds(results: ResultArrays) -> list[str]:
    """Kinds that are drawn of a folder where none is named, as far as it has what they need."""
    names = dict.fromkeys(name for situation in _situations(results) for name in USUAL[situation])
    return [name for name in names if not kind_named(name).lacks(results)]


def _situations(results: ResultArrays) -> Iterator[str]:
    """What a folder is, as far as that decides what is drawn of it: keys of `figure_kinds.USUAL`."""
    points = results.points.num_rows
    if points == 1:
        yield "one point"
        return
    if points <= MOST_LINES:
        yield "few points"
    axes = [name for name in results.axes if name in results.varied]
    numeric = [name for name in axes if _is_numeric(results.points[name])]
    # The points of a sample have no level in common.
    grid = (results.experiment.get("design") or {}).get("kind", "grid") == "grid"
    if axes:
        yield "two axes" if grid and len(numeric) > 1 else "one axis"
    if {"scenario", "variant"} & {*results.varied}:
        yield "scenarios"


def _is_numeric(column: pa.ChunkedArray) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_floating(column.type) or pa.types.is_integer(column.type))
