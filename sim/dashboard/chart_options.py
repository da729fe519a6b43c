"""Chart options: axes, series and labels of the charts, in ECharts' terms, without the numbers.

Names that users wrote appear as values only, never as keys, and in no template that ECharts reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.dashboard.chart_data import LETTERS, begin_ms
from sim.declarations.calendar_quarter import Quarter

INK, GREY, RULE = "#1c2733", "#5b6672", "#d9dee3"
FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
DASHES: tuple[Any, ...] = ([6, 4], [2, 3], [10, 3, 2, 3], [14, 4])
"""Lines of held settings, in their order."""
_HELD_COLOURS = ("#0072B2", "#D55E00", "#00805F", "#8a4b99")
"""Of differences, in the order of held settings."""
_YEAR_MS = 365 * 86_400_000


@dataclass(frozen=True)
class ChartLine:
    """An outcome in a chart: name, words beside its line, colour."""

    outcome: str
    label: str
    colour: str


@dataclass(frozen=True)
class Calendar:
    """First quarter and length of the runs."""

    start: Quarter
    quarters: int


@dataclass(frozen=True)
class ObservedValue:
    """An observed value in a chart: its date in milliseconds, value and range; None for an end that is open."""

    at: int
    value: float
    low: float | None
    high: float | None


def outcome_options(
    lines: Sequence[ChartLine],
    calendar: Calendar,
    marks: Sequence[int | None] = (),
    unit_interval: bool = False,
) -> dict[str, Any]:
    """Options of a chart of outcomes.

    Parameters
    ----------
    lines : sequence of ChartLine
        What it shows.
    calendar : Calendar
        Ends of the horizontal axis.
    marks : sequence of int
        For each policy, in the order of their numbers, the first quarter in which it holds, counted from the start;
        None for one that never does.
    unit_interval : bool
        Whether the vertical axis is 0 to 1 by meaning.
    """
    series: list[dict[str, Any]] = []
    for line in lines:
        series += band_series(line.outcome, line.colour)
        series += [_held_series(line, n) for n in range(len(LETTERS))]
        series.append(_single_series(line))
        series.append(_middle_series(line.outcome, line.label, line.colour))
        series.append(_observed_series(line))
    if series:
        series[0]["markLine"] = _mark_line(calendar, marks)
    axis: dict[str, Any] = {"min": 0, "max": 1, "interval": 0.2} if unit_interval else {"min": 0}
    return _frame(calendar, series, axis)


def difference_options(calendar: Calendar, marks: Sequence[int | None] = ()) -> dict[str, Any]:
    """Options of the chart of differences from held settings."""
    series: list[dict[str, Any]] = []
    for place, letter in enumerate(LETTERS):
        colour = _HELD_COLOURS[place % len(_HELD_COLOURS)]
        series += band_series(letter, colour)
        series.append(_middle_series(letter, f"less {letter}", colour))
    series[0]["markLine"] = _mark_line(calendar, marks)
    series[0]["markLine"]["data"].append(
        {"yAxis": 0, "label": {"show": False}, "lineStyle": {"color": INK, "type": "solid", "width": 1}}
    )
    return _frame(calendar, series, {"scale": True})


def _frame(calendar: Calendar, series: list[dict[str, Any]], axis: dict[str, Any]) -> dict[str, Any]:
    text = {"color": GREY, "fontFamily": FONT, "fontSize": 12}
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        "grid": {"left": 8, "right": 122, "top": 20, "bottom": 6, "containLabel": True},
        "tooltip": {
            "trigger": "axis",
            "confine": True,
            "textStyle": {"color": INK, "fontSize": 12},
            "axisPointer": {"lineStyle": {"color": GREY, "type": "solid"}},
            "extraCssText": "box-shadow: none; border-radius: 2px;",
        },
        "xAxis": {
            "type": "time",
            "min": begin_ms(calendar.start),
            "max": begin_ms(calendar.start + calendar.quarters),
            "minInterval": _YEAR_MS if calendar.quarters > 8 else 0,
            "axisLabel": {**text, "formatter": "{yyyy}", "hideOverlap": True},
            "axisLine": {"lineStyle": {"color": GREY}},
            "axisTick": {"show": True},
            "splitLine": {"show": False},
        },
        "yAxis": {
            "type": "value",
            "axisLabel": text,
            "splitLine": {"lineStyle": {"color": RULE}},
            "splitNumber": 4,
            **axis,
        },
        "series": series,
    }


def band_series(name: str, colour: str) -> list[dict[str, Any]]:
    """An invisible low end and the band that is stacked on it."""
    common = {
        "type": "line",
        "stack": name,
        "stackStrategy": "all",
        "symbol": "none",
        "silent": True,
        "lineStyle": {"opacity": 0},
        "tooltip": {"show": False},
        "data": [],
    }
    return [
        {**common, "id": f"{name}:low", "name": ""},
        {**common, "id": f"{name}:height", "name": "", "areaStyle": {"color": colour, "opacity": 0.16}},
    ]


def _middle_series(name: str, label: str, colour: str) -> dict[str, Any]:
    return {
        "type": "line",
        "id": f"{name}:middle",
        "name": label,
        "symbol": "none",
        "lineStyle": {"color": colour, "width": 2.2},
        "itemStyle": {"color": colour},
        "endLabel": {
            "show": True,
            "formatter": "{a}",
            "color": colour,
            "fontSize": 12,
            "lineHeight": 15,
            "fontFamily": FONT,
            "distance": 6,
            "width": 108,
            "overflow": "break",
        },
        "labelLayout": {"moveOverlap": "shiftY"},
        "emphasis": {"disabled": True},
        "z": 4,
        "data": [],
    }


def _held_series(line: ChartLine, place: int) -> dict[str, Any]:
    letter = LETTERS[place]
    return {
        "type": "line",
        "id": f"{line.outcome}:{letter}",
        "name": f"{letter}: {line.label}",
        "symbol": "none",
        "lineStyle": {"color": line.colour, "width": 1.4, "type": DASHES[place % len(DASHES)]},
        "itemStyle": {"color": line.colour},
        "emphasis": {"disabled": True},
        "endLabel": {"show": True, "formatter": letter, "color": line.colour, "fontSize": 11, "distance": 2},
        "labelLayout": {"moveOverlap": "shiftY"},
        "z": 3,
        "data": [],
    }


def _single_series(line: ChartLine) -> dict[str, Any]:
    return {
        "type": "line",
        "id": f"{line.outcome}:single",
        "name": f"single run: {line.label}",
        "symbol": "none",
        "lineStyle": {"color": line.colour, "width": 1, "opacity": 0.9},
        "itemStyle": {"color": line.colour},
        "emphasis": {"disabled": True},
        "z": 5,
        "data": [],
    }


def _observed_series(line: ChartLine) -> dict[str, Any]:
    return {
        "type": "scatter",
        "id": f"{line.outcome}:observed",
        "name": f"observed: {line.label}",
        "symbol": "diamond",
        "symbolSize": 9,
        "itemStyle": {"color": INK},
        "z": 6,
        "data": [],
        "markLine": {"symbol": "none", "silent": True, "data": []},
    }


def observed_update(outcome: str, values: Sequence[ObservedValue]) -> dict[str, Any]:
    """What a chart's series of observed values is to show."""
    bars = [
        [{"coord": [one.at, one.low]}, {"coord": [one.at, one.high]}]
        for one in values
        if one.low is not None and one.high is not None and one.low < one.high
    ]
    return {
        "id": f"{outcome}:observed",
        "data": [[one.at, one.value] for one in values],
        "markLine": {
            "symbol": "none",
            "silent": True,
            "label": {"show": False},
            "lineStyle": {"color": INK, "type": "solid", "width": 1.2},
            "data": bars,
        },
    }


def _mark_line(calendar: Calendar, marks: Sequence[int | None]) -> dict[str, Any]:
    """Upright lines where policies begin, with their numbers above; those of one quarter share a line."""
    at: dict[int, list[str]] = {}
    for number, quarter in enumerate(marks, start=1):
        if quarter is not None and 0 <= quarter < calendar.quarters:
            at.setdefault(quarter, []).append(str(number))
    return {
        "symbol": "none",
        "silent": True,
        "animation": False,
        "lineStyle": {"color": GREY, "type": [3, 3], "width": 1},
        "label": {"color": GREY, "fontSize": 11, "fontFamily": FONT, "distance": 2},
        "data": [
            {"xAxis": begin_ms(calendar.start + quarter), "label": {"formatter": ", ".join(numbers)}}
            for quarter, numbers in sorted(at.items())
        ],
    }
