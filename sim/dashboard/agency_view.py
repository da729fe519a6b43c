"""Agency view: the life of one agency in one run, its state over time and its events with their causes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from sim.dashboard.chart_data import middle_ms, short
from sim.dashboard.chart_options import FONT, GREY, INK, RULE
from sim.dashboard.widgets import button, download_csv, heading, named, paragraph, show_table, words
from sim.declarations.calendar_quarter import Quarter
from sim.live.single_runs import AgencyLife, PlainTable
from sim.plots.panel_declarations import BLUE, GREEN, VERMILION

_CHARTS = (
    ("Staff and contracts", (("staff", BLUE), ("contracts", VERMILION)), None),
    ("Cash and income of the year, CNY", (("cash", GREEN), ("income_year", BLUE)), None),
    (
        "Independence, autonomy, government share",
        (("resource_independence", BLUE), ("operational_autonomy", GREEN), ("government_share", VERMILION)),
        1,
    ),
)
"""Charts of a life: title, columns with their colours, upper end of the vertical axis."""


def show_life(life: AgencyLife, close: Callable[[], Any], build_offer: Callable[[], None]) -> None:
    """Show a life where the page is being built, with what is offered beside it."""
    with ui.element("article").classes("life") as article:
        named(article, f"Life of {life.agency}")
        with ui.element("div").classes("control-body"):
            heading(life.agency, 3)
            button("Close", close, f"the life of {life.agency}")
        paragraph(", ".join(f"{words(name)}: {value}" for name, value in life.facts.items()), "meaning")
        build_offer()
        with ui.element("div").classes("charts"):
            for title, columns, most in _CHARTS:
                with ui.element("section").classes("panel"):
                    heading(title, 4)
                    chart = ui.echart(_options(life.states, columns, most)).classes("chart low")
                    named(chart, f"Chart: {title} of {life.agency} by quarter; the table of states has the numbers")
                    with chart.props.suspend_updates():
                        chart.props["role"] = "img"
        _scrolled(life.events, "Events", life)
        with ui.expansion("States by quarter").props("dense").classes("group"):
            _scrolled(life.states, "States", life)


def _scrolled(table: PlainTable, title: str, life: AgencyLife) -> None:
    name = f"{title} of {life.agency}"
    with ui.element("div").classes("scrolls").props("tabindex=0 role=region") as region:
        named(region, name)
        show_table(table, name, rows=12)
    button(f"{title} as CSV", lambda: download_csv(f"agency-{title.lower()}.csv", table))


def _options(states: PlainTable, columns: tuple[tuple[str, str], ...], most: int | None) -> dict[str, Any]:
    """Options of a chart of some columns of a life."""
    text = {"color": GREY, "fontFamily": FONT, "fontSize": 12}
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT},
        "grid": {"left": 8, "right": 112, "top": 12, "bottom": 6, "containLabel": True},
        "tooltip": {"trigger": "axis", "confine": True, "textStyle": {"color": INK, "fontSize": 12}},
        "xAxis": {"type": "time", "axisLabel": {**text, "formatter": "{yyyy}", "hideOverlap": True}},
        "yAxis": {
            "type": "value",
            "axisLabel": text,
            "splitNumber": 3,
            "splitLine": {"lineStyle": {"color": RULE}},
            **({} if most is None else {"min": 0, "max": most}),
        },
        "series": [_series(states, name, colour) for name, colour in columns],
    }


def _series(states: PlainTable, name: str, colour: str) -> dict[str, Any]:
    """One column as a line with its name at its end."""
    places = {column.name: place for place, column in enumerate(states.columns)}
    dates = [middle_ms(Quarter.parse(row[places["quarter"]]), 0) for row in states.rows]
    values = [row[places[name]] for row in states.rows]
    label = {"formatter": "{a}", "color": colour, "lineHeight": 15, "width": 100, "overflow": "break"}
    return {
        "type": "line",
        "name": words(name),
        "symbol": "none",
        "lineStyle": {"color": colour, "width": 2},
        "itemStyle": {"color": colour},
        "endLabel": {"show": True, **label},
        "labelLayout": {"moveOverlap": "shiftY"},
        "data": [[at, None if v is None else short(float(v))] for at, v in zip(dates, values, strict=True)],
    }
