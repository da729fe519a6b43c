"""The look that all figures share, and how a figure becomes a file.

Figures are made without pyplot (no global state), with fonts that come with matplotlib and nothing that
depends on the day: the same results give the same bytes.
"""

from __future__ import annotations

import io
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK = "#222222"
GREY = "#6B6B6B"
RULE = "#D9D9D9"
FAINT = "#EFEFEF"
MARK = "#A8A8A8"

DPI = 160

STYLE: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],
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


def png(figure: Figure) -> bytes:
    """The figure as a PNG file."""
    sink = io.BytesIO()
    FigureCanvasAgg(figure).print_png(sink, metadata={"Software": None})
    return sink.getvalue()


def svg(figure: Figure) -> bytes:
    """The figure as an SVG file."""
    sink = io.BytesIO()
    FigureCanvasSVG(figure).print_svg(sink, metadata={"Date": None, "Creator": None})
    return sink.getvalue()
