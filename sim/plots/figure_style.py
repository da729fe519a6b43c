"""Figure style: the look that all figures share, and how a figure becomes a file.

Figures are made without pyplot (no global state), with fonts that come with matplotlib and nothing that
depends on the day: the same results give the same bytes.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from typing import Any

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

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


_OTHER_SCRIPTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "Arial Unicode MS",
)
"""Fonts that lend the characters which ours lacks, such as Chinese names, where one of them is installed."""


@contextlib.contextmanager
def house_style() -> Iterator[None]:
    """Make and render figures in the house's style."""
    installed = set(fontManager.get_font_names())
    families = ["DejaVu Sans", *(name for name in _OTHER_SCRIPTS if name in installed)]
    with matplotlib.rc_context({**STYLE, "font.family": families}), warnings.catch_warnings():
        # A name in letters that no font here has is drawn as boxes; that is no reason to fail or to shout.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def png(figure: Figure) -> bytes:
    """Render the figure as a PNG file."""
    sink = io.BytesIO()
    FigureCanvasAgg(figure).print_png(sink, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return sink.getvalue()


def svg(figure: Figure) -> bytes:
    """Render the figure as an SVG file."""
    sink = io.BytesIO()
    FigureCanvasSVG(figure).print_svg(sink, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    return sink.getvalue()
