"""Flow figures: who pays whom in a year as a table of bars, the largest flows first.

Money runs in circles here (budgets come back, advances are repaid, associations pass on), and a diagram of bands needs
flows of one direction: matplotlib's own draws one node at a time, and the packages beside it draw layers without
circles.  A sorted table can be read to the last flow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from sim.declarations.accounts import Party
from sim.plots.figure_page import EDGE, add_axes, inches, make_page, write
from sim.plots.figure_style import GREY, INK
from sim.plots.house_figure import HouseFigure
from sim.plots.panel_declarations import BLUE, VERMILION
from sim.plots.text_wrapping import text_width
from sim.plots.value_scale import value_scale

_SIZE, _HEAD_SIZE, _NUMBER_SIZE = 9.0, 9.0, 8.0
# Everything below is in inches.
_ROW, _WIDTH, _NUMBERS, _GAP, _ABOVE, _TICKS = 0.235, 3.4, 1.5, 0.25, 0.3, 0.5
_AGENCY = Party.AGENCY.label


@dataclass(frozen=True)
class Flow:
    """Money of one purpose between two kinds of parties in a year.

    Attributes
    ----------
    payer, payee, purpose : str
        Kinds and purpose.
    mean, p10, p90 : float
        CNY: mean and quantiles over runs.
    """

    payer: str
    payee: str
    purpose: str
    mean: float
    p10: float
    p90: float


@dataclass(frozen=True)
class FlowData:
    """Flows of a year.

    Attributes
    ----------
    title : str
        The scenario's.
    year : int
        Calendar year.
    quarters : int
        Of it, within the run.
    replications : int
        Runs.
    flows : sequence of Flow
        The largest first.
    most : int
        How many are drawn.
    lacking : str
        Which runs failed or are still to be done, in words; empty where none.
    """

    title: str
    year: int
    quarters: int
    replications: int
    flows: Sequence[Flow]
    most: int
    lacking: str = ""

    @property
    def shown(self) -> Sequence[Flow]:
        """Flows that are drawn."""
        return self.flows[: self.most]

    @property
    def total(self) -> float:
        """CNY of all flows."""
        return sum(flow.mean for flow in self.flows)


def texts(data: FlowData) -> list[str]:
    """Everything in the figure that a user wrote, for the choice of fonts."""
    return [data.title]


def flow_figure(data: FlowData) -> HouseFigure:
    """Draw a row for each flow: payer, payee, purpose, bar and amount; under the house's style."""
    columns = [("payer", "payer"), ("payee", "payee"), ("purpose", "what for")]
    cells = {name: [str(getattr(flow, name)) for flow in data.shown] for name, _ in columns}
    widths = [max(text_width(word, _SIZE) for word in [*cells[name], head]) + _GAP for name, head in columns]
    tall = len(data.shown) * _ROW
    left = EDGE + sum(widths)
    page = make_page(left + _WIDTH + _NUMBERS, _ABOVE + tall + _TICKS, _heading(data), _notes(data))
    top = page.bottom + page.height - _ABOVE
    x = EDGE
    for (name, head), width in zip(columns, widths, strict=True):
        write(page.figure, x, top + 0.08, head, size=_HEAD_SIZE, color=GREY)
        for row, word in enumerate(cells[name]):
            at = top - (row + 0.5) * _ROW - 0.04
            write(page.figure, x, at, word, size=_SIZE, color=INK)
        x += width
    axes = add_axes(page.figure, left, top - tall, _WIDTH, tall)
    _draw(axes, data)
    page.figure.alternative = _alternative(data)
    page.figure.numbers = _numbers(data)
    return page.figure


def flow_colour(flow: Flow) -> str:
    """Blue for what agencies are paid, vermilion for what they pay, grey for what passes them by."""
    if flow.payee == _AGENCY:
        return BLUE
    return VERMILION if flow.payer == _AGENCY else "#9A9A9A"


def _draw(axes: Axes, data: FlowData) -> None:
    shown = data.shown
    ends = np.array([end for flow in shown for end in (flow.mean, flow.p90)])
    low, high, ticks = value_scale([ends], "CNY")
    axes.set_xlim(low, high)
    axes.set_ylim(len(shown), 0)
    axes.set_yticks([])
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.grid(visible=True, axis="x")
    for row, flow in enumerate(shown):
        middle = row + 0.5
        look: dict[str, Any] = {"color": flow_colour(flow), "hatch": _hatch(flow), "edgecolor": "white", "linewidth": 0}
        axes.barh(middle, flow.mean, height=0.62, **look)
        if data.replications > 1:
            axes.plot([flow.p10, flow.p90], [middle, middle], color=INK, linewidth=1.2, zorder=3)
        share = 100 * flow.mean / data.total
        words = f"{_money(flow.mean)}  {share:.0f} %" if share >= 1 else f"{_money(flow.mean)}  <1 %"
        place: dict[str, Any] = {"transform": axes.get_yaxis_transform() + inches(axes, 0.12, 0), "va": "center"}
        axes.text(1, middle, words, size=_NUMBER_SIZE, color=INK, **place)


def _hatch(flow: Flow) -> str:
    """What agencies pay is hatched, so that it differs from what they are paid without colours."""
    return "////" if flow.payer == _AGENCY and flow.payee != _AGENCY else ""


def _money(amount: float) -> str:
    """An amount in few characters.

    >>> _money(12_345_678.0), _money(45_600.0), _money(120.4)
    ('12.3 m', '46 k', '120')
    """
    if amount >= 1e6:
        return f"{amount / 1e6:,.1f} m"
    return f"{amount / 1e3:,.0f} k" if amount >= 1e4 else f"{amount:,.0f}"


def _heading(data: FlowData) -> str:
    part = "" if data.quarters == 4 else f" ({data.quarters} of its quarters)"
    return f"{data.title}: who pays whom in {data.year}{part}"


def _notes(data: FlowData) -> list[str]:
    several = data.replications != 1
    runs = f"mean over {data.replications:,} runs; line: middle 80 % of the runs" if several else "one run"
    notes = [
        f"CNY in the year, {runs}; total {_money(data.total)}, of which each flow is a share",
        "Blue: agencies are paid; hatched: agencies pay; grey: between others",
    ]
    more = data.flows[data.most :]
    if more:
        rest = sum(flow.mean for flow in more)
        share = 100 * rest / data.total
        notes.append(f"Not shown: {len(more):,} smaller flows, {_money(rest)} together ({share:.1f} % of the total)")
    return [*notes, data.lacking]


def _alternative(data: FlowData) -> str:
    """The total, and the largest flows with their amounts."""
    said = "; ".join(f"{flow.payer} to {flow.payee}, {flow.purpose}: {flow.mean:,.0f} CNY" for flow in data.flows[:5])
    return (
        f"{_heading(data)}, {data.replications:,} runs: {data.total:,.0f} CNY in {len(data.flows):,} kinds of flow. "
        f"The largest: {said}."
    )


def _numbers(data: FlowData) -> dict[str, Sequence[Any]]:
    """A row per flow, drawn or not."""
    names = ("payer", "payee", "purpose", "mean", "p10", "p90")
    table: dict[str, Sequence[Any]] = {name: [getattr(flow, name) for flow in data.flows] for name in names}
    return table | {"shown": [n < data.most for n in range(len(data.flows))]}
