"""Figure style: the look that all figures share, and how a figure becomes a file.

Figures are made without pyplot (no global state), in the font that comes with matplotlib, others only for what it
lacks, and with nothing that depends on the day: on one machine the same results give the same bytes.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from sim.plots.font_choice import OWN, quiet_font_manager

INK = "#222222"
GREY = "#6B6B6B"
RULE = "#D9D9D9"
FAINT = "#EFEFEF"
MARK = "#A8A8A8"

DPI = 160

STYLE: Any = {
    "font.size": 9.5,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.linewidth": 0.8,
    "axes.labelcolor": GREY,
    "axes.labelsize": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "xtick.color": RULE,
    "xtick.labelcolor": GREY,
    "xtick.labelsize": 9,
    "xtick.major.size": 4,
    "xtick.major.width": 0.8,
    "ytick.labelcolor": GREY,
    "ytick.labelsize": 9,
    "ytick.major.size": 0,
    "ytick.major.pad": 6,
    "lines.linewidth": 2,
    "lines.solid_capstyle": "round",
    "lines.solid_joinstyle": "round",
    "figure.dpi": DPI,
    "figure.facecolor": "white",
    "svg.fonttype": "none",  # text stays text: it can be searched, read aloud and edited
    "svg.hashsalt": "social-work-sim",
    "path.simplify": False,
}


@contextlib.contextmanager
def house_style(families: Sequence[str] = (OWN,)) -> Iterator[None]:
    """Make and render figures in the house's style.

    Parameters
    ----------
    families : sequence of str
        Installed families that have the characters of the figures (`sim.plots.font_choice.choose_fonts`).
    """
    # The generic name is for programs that show an SVG and lack these families.
    fonts: Any = {"font.family": [*families, "sans-serif"], "font.sans-serif": list(families)}
    with matplotlib.rc_context({**STYLE, **fonts}), warnings.catch_warnings(), quiet_font_manager():
        # A character that no font has is drawn as a box; `sim.plots.font_advice` says so, once.
        warnings.filterwarnings("ignore", message="Glyph .* missing from|Matplotlib currently does not support")
        yield


def png(figure: Figure) -> bytes:
    """Render the figure as a PNG file."""
    return rendered(figure, "png")


def svg(figure: Figure) -> bytes:
    """Render the figure as an SVG file."""
    return rendered(figure, "svg")


def rendered(figure: Figure, ending: str) -> bytes:
    """Render the figure as a file: ``png``, ``svg`` or ``pdf``."""
    sink = io.BytesIO()
    figure.savefig(sink, format=ending)
    return sink.getvalue()
