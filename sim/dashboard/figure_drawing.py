"""Figure drawing: figures of a folder of results as pictures that a page can show, one at a time."""

from __future__ import annotations

import base64
import threading
from dataclasses import dataclass
from pathlib import Path

from sim.dashboard.contained_paths import contained

DRAWING = threading.Lock()
"""The style of figures is a setting of the whole process."""
HEAT_MAP, AXIS, FOREST = "heatmap", "axis", "forest"
TITLES = {HEAT_MAP: "Heat map of two axes", AXIS: "Along one axis", FOREST: "Differences from the first point"}
"""Kinds of figures that a folder of several points may have, and what a page calls them."""


@dataclass(frozen=True)
class ShownFigure:
    """A picture.

    Attributes
    ----------
    svg : bytes
        The file.
    alternative : str
        What it shows, in words.
    notes : tuple of str
        What is left out or doubtful.
    """

    svg: bytes
    alternative: str
    notes: tuple[str, ...]

    @property
    def address(self) -> str:
        """The picture as an address that holds it; scripts of pictures are not run, nor may they load anything."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.svg).decode()}"


def kinds_for(varied: tuple[str, ...]) -> dict[str, str]:
    """Kinds of figures for a folder, the one that suits it best first, by what its points differ in."""
    axes = [name for name in varied if name not in ("scenario", "variant")]
    kinds = [HEAT_MAP, AXIS] if len(axes) > 1 else [AXIS] if axes else [FOREST]
    kinds += [HEAT_MAP] if len(varied) > 1 else []
    kinds += [FOREST, AXIS] if varied else []
    return {kind: TITLES[kind] for kind in dict.fromkeys(kinds)} if varied else {}


def draw_results(root: Path, name: str, kind: str, outcome: str, by: tuple[str, ...]) -> ShownFigure:
    """Draw a figure of a folder of results.

    Parameters
    ----------
    root : Path
        Folder that it must be below.
    name : str
        Relative to the root.
    kind : str
        One of `TITLES`.
    outcome : str
        Of which.
    by : tuple of str
        Factors that it spreads out.

    Raises
    ------
    OutsideError
        If the folder is not below the root.
    StoreError, QueryError
        If it cannot be read, or has not what the figure needs.
    """
    from sim.experiment.results.figure_data.figure_making import make_figure
    from sim.experiment.results.figure_data.figure_options import FigureOptions
    from sim.experiment.results.result_arrays import ResultArrays
    from sim.plots.figure_style import rendered

    results = ResultArrays.open(contained(root, name))
    options = FigureOptions.of(outcomes=[outcome], **({"by": list(by)} if by else {}))
    with DRAWING:
        made = make_figure(results, kind, options, "sim dashboard")
        return ShownFigure(rendered(made.figure, "svg"), made.figure.alternative or made.figure.title, made.notes)
