"""Policy timeline: policies on a calendar, a lane for each lever and place, grouped by the scenarios that have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle

from sim.declarations.calendar_quarter import Quarter
from sim.plots.calendar_axis import begin, set_calendar
from sim.plots.figure_page import EDGE, add_axes, axes_size, make_page, write
from sim.plots.figure_style import GREY, INK, RULE
from sim.plots.house_figure import HouseFigure
from sim.plots.key_entry import KeyEntry
from sim.plots.panel_declarations import BLUE, VERMILION
from sim.plots.text_wrapping import shorten_text, text_width

MOST_LANES = 40
# Below, inches.
_LANE, _BAR, _HEADING = 0.27, 0.15, 0.34
_WIDTH, _DATES, _BELOW = 6.4, 0.42, 0.1
_LEAST_LABELS, _MOST_LABELS = 1.2, 3.6
_SIZE, _VALUE_SIZE, _HEADING_SIZE = 8.5, 8.0, 9.5
_PALE = 0.35


class Shape(StrEnum):
    """How a policy changes a lever over time."""

    STEP = "step"
    PULSE = "pulse"
    RAMP = "ramp"
    TRIGGER = "trigger"


@dataclass(frozen=True)
class PolicySpan:
    """One change of one lever.

    Attributes
    ----------
    shape : Shape
        How it changes.
    first : Quarter, optional
        From when on; None for a trigger, whose date no file says.
    end : Quarter, optional
        First quarter after a pulse, quarter in which a ramp is at its end; None for what holds for good.
    value : str
        What it is set to, without its unit.
    words : str
        The same with unit and condition, for readers who do not see the figure.
    """

    shape: Shape
    first: Quarter | None
    end: Quarter | None
    value: str
    words: str


@dataclass(frozen=True)
class PolicyLane:
    """One lever in one place, or in several places at once.

    Attributes
    ----------
    group : str
        Heading: which scenarios have it.
    label : str
        Lever and place.
    spans : tuple of PolicySpan
        In the order of their dates.
    last : Quarter
        Last quarter of the runs that have it.
    """

    group: str
    label: str
    spans: tuple[PolicySpan, ...]
    last: Quarter


@dataclass(frozen=True)
class PolicyTimeline:
    """Policies on a calendar.

    Attributes
    ----------
    title : str
        Heading of the figure.
    start : Quarter
        Where the calendar begins.
    quarters : int
        Its length.
    lanes : tuple of PolicyLane
        Lanes of one group follow each other.
    left_out : int
        Lanes for which there is no room.
    """

    title: str
    start: Quarter
    quarters: int
    lanes: tuple[PolicyLane, ...]
    left_out: int = 0


def texts(data: PolicyTimeline) -> list[str]:
    """Everything in the figure that a user wrote, for the choice of fonts."""
    return [data.title, *(word for lane in data.lanes for word in (lane.group, lane.label))]


def policy_timeline(data: PolicyTimeline) -> HouseFigure:
    """Draw lanes below each other; under the house's style."""
    groups = list(dict.fromkeys(lane.group for lane in data.lanes))
    widest = max((text_width(lane.label, _SIZE) for lane in data.lanes), default=0.0)
    labels = min(max(widest + 0.1, _LEAST_LABELS), _MOST_LABELS)
    tall = len(groups) * _HEADING + len(data.lanes) * _LANE
    key = [KeyEntry("", f"and {data.left_out:,} more levers and places")] if data.left_out else []
    notes = ["A bar runs as long as a policy holds; dashed where it waits for a condition, rising where it is gradual."]
    page = make_page(EDGE * 2 + labels + _WIDTH + 0.3, tall + _DATES + _BELOW, data.title, notes, key)
    axes = add_axes(page.figure, EDGE + labels, page.bottom + _DATES, _WIDTH, tall)
    set_calendar(axes, data.start, data.quarters)
    axes.set_ylim(0, tall)
    axes.set_yticks([])
    axes.grid(visible=True, axis="x")
    place = tall
    for group in groups:
        place -= _HEADING
        write(
            page.figure, EDGE, page.bottom + _DATES + place + 0.09, group, size=_HEADING_SIZE, weight="bold", color=INK
        )
        axes.axhline(place + 0.02, color=RULE, linewidth=0.8)
        for lane in (each for each in data.lanes if each.group == group):
            place -= _LANE
            words = shorten_text(lane.label, labels - 0.08, _SIZE)
            write(page.figure, EDGE, page.bottom + _DATES + place + 0.09, words, size=_SIZE, color=GREY)
            _draw_lane(axes, lane, place + (_LANE - _BAR) / 2, data)
    page.figure.alternative = _words(data)
    page.figure.numbers = _numbers(data)
    return page.figure


def _draw_lane(axes: Axes, lane: PolicyLane, bottom: float, data: PolicyTimeline) -> None:
    """Bars of one lane, each up to the next that takes its place, with its value."""
    inch = data.quarters / 4 / axes_size(axes)[0]
    edges = begin(data.start), begin(lane.last + 1)
    spans = sorted(lane.spans, key=lambda span: edges[0] if span.first is None else begin(span.first))
    for n, span in enumerate(spans):
        later = [
            begin(each.first) for each in spans[n + 1 :] if each.first is not None and each.shape is not Shape.PULSE
        ]
        left = max(edges[0] if span.first is None else begin(span.first), edges[0])
        holds = span.shape in (Shape.STEP, Shape.TRIGGER, Shape.RAMP) or span.end is None
        right = min([*later[:1], edges[1]]) if holds else begin(span.end or data.start)
        right = min(max(right, left), edges[1])
        _draw_span(axes, span, (left, right), bottom)
        room = [begin(each.first) for each in spans[n + 1 :] if each.first is not None]
        _write_value(axes, span, left, min([*room[:1], edges[1]]), bottom, inch)


def _draw_span(axes: Axes, span: PolicySpan, ends: tuple[float, float], bottom: float) -> None:
    left, right = ends
    colour = VERMILION if span.shape is Shape.PULSE else BLUE
    if span.shape is Shape.RAMP and span.end is not None:
        full = min(begin(span.end), right)
        corners = [(left, bottom), (full, bottom + _BAR), (right, bottom + _BAR), (right, bottom)]
        axes.add_patch(Polygon(corners, facecolor=colour, alpha=_PALE, linewidth=0))
        return
    waits = span.shape is Shape.TRIGGER
    look = {"facecolor": "none", "edgecolor": colour, "linestyle": (0, (2, 1.5)), "linewidth": 0.9}
    look = look if waits else {"facecolor": colour, "alpha": _PALE, "linewidth": 0}
    axes.add_patch(Rectangle((left, bottom), right - left, _BAR, **look))  # type: ignore[arg-type]
    if not waits:
        axes.plot([left, left], [bottom, bottom + _BAR], color=colour, linewidth=2.2, solid_capstyle="butt")


def _write_value(axes: Axes, span: PolicySpan, left: float, right: float, bottom: float, inch: float) -> None:
    """A value inside its bar, as much of it as there is room for; before the bar's end where it begins late."""
    room = (right - left) / inch - 0.08
    full = text_width(span.value, _VALUE_SIZE)
    look = {"size": _VALUE_SIZE, "color": INK, "va": "center", "parse_math": False}
    middle = bottom + _BAR / 2 - 0.005
    last = axes.get_xlim()[1]
    if full > room and right >= last and (left - axes.get_xlim()[0]) / inch > full + 0.1:
        axes.text(left - 0.05 * inch, middle, span.value, ha="right", **look)  # type: ignore[arg-type]
    elif room > 0.2:
        axes.text(left + 0.05 * inch, middle, shorten_text(span.value, room, _VALUE_SIZE), ha="left", **look)  # type: ignore[arg-type]


def _words(data: PolicyTimeline) -> str:
    """Policies in sentences, group by group."""
    found = [f"{data.title}: policies from {data.start} to {data.start + (data.quarters - 1)}."]
    for group in dict.fromkeys(lane.group for lane in data.lanes):
        parts = [f"{lane.label}: {span.words}" for lane in data.lanes if lane.group == group for span in lane.spans]
        found.append(f"{group}: {'; '.join(parts)}.")
    found += [f"{data.left_out:,} more levers and places are left out."] if data.left_out else []
    return " ".join(found)


def _numbers(data: PolicyTimeline) -> dict[str, Sequence[object]]:
    """A row per change."""
    rows = [(lane, span) for lane in data.lanes for span in lane.spans]
    return {
        "scenarios": [lane.group for lane, _ in rows],
        "lever": [lane.label for lane, _ in rows],
        "kind": [span.shape.value for _, span in rows],
        "first": ["" if span.first is None else str(span.first) for _, span in rows],
        "end": ["" if span.end is None else str(span.end) for _, span in rows],
        "value": [span.value for _, span in rows],
    }
