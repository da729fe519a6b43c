"""Story figure: the chart of one life or two, made from what was read, with alternative text and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.events_and_causes import Event
from sim.plots.counted_values import Numbers
from sim.plots.figure_style import house_style
from sim.plots.font_advice import font_advice, order_advice
from sim.plots.font_choice import choose_fonts
from sim.plots.house_figure import HouseFigure
from sim.plots.life_chart import LifeBar, LifeChart, LifeGroup, LifeLane, LifeLine, LifePanel
from sim.plots.life_figures import life_figure
from sim.story.agency_life import AgencyLife
from sim.story.contract_sentences import purchaser_of
from sim.story.declared_sentences import column, column_title
from sim.story.last_quarters import story_event
from sim.story.parted_lives import find_parting
from sim.story.run_tables import Row
from sim.story.story_making import MadeStory

_RANKED = (
    (Event.FOUNDED, Event.CLOSED, Event.DORMANT, Event.REVIVED),
    (Event.REGISTERED, Event.DIRECTOR_LEFT, Event.SCANDAL, Event.REVEALED, Event.BARRED),
    (Event.SUPPORTED, Event.ARREARS, Event.SPONSOR_CAME, Event.SPONSOR_LEFT, Event.JOINED),
    (Event.LAID_OFF, Event.SHADING_NOTICED, Event.ENTERED, Event.PROJECT_GRANTED, Event.CHANGED_ROOMS, Event.INVESTED),
)
"""Events that are numbered, as many ranks as there is room for."""
_KINDS = tuple(kind for rank in _RANKED for kind in rank)
_MOST_MARKS = 14
_AROUND = 2
"""Quarters that are shown before and after a life."""
_MOST_LANES = 14
_ONE = (("staff",), ("cash", "overdue_income"), ("resource_independence", "operational_autonomy"))
"""Panels of one life: columns that share axes."""
_TWO = ("staff", "cash", "resource_independence", "operational_autonomy")
"""Panels of two lives, a line for each."""
_TITLES: dict[tuple[str, ...], str] = {("cash", "overdue_income"): "Cash, and what purchasers owed it late",
           ("resource_independence", "operational_autonomy"): "Independence and autonomy"}  # fmt: skip
NUMBERS = ("staff", "hired", "quits", "laid_off", "wage", "contracts", "income", "cost", "cash", "overdue_income",
           "overdue_wages", "reserve_months", "resource_independence", "operational_autonomy")  # fmt: skip
"""Columns that a figure carries as numbers."""


def story_figure(made: MadeStory, for_page: bool = False) -> tuple[HouseFigure, tuple[str, ...]]:
    """Draw the lives of a story.

    Parameters
    ----------
    made : MadeStory
        The story.
    for_page : bool
        Whether it stands in a page, which says whose life it is and where it comes from.

    Returns
    -------
    HouseFigure
        With alternative text, numbers and facts.
    tuple of str
        Fonts that are lacking, a sentence each.
    """
    chart = life_chart(made, for_page)
    fonts = choose_fonts(chart.texts())
    with house_style(fonts.families):
        figure = life_figure(chart)
    figure.alternative = " ".join((f"Timeline of {made.story.title}.", *made.story.lead))
    figure.numbers = _numbers(made.lives)
    figure.facts = {**made.story.facts, "title": made.story.title}
    advice = (font_advice(fonts.missing), order_advice(chart.texts()))
    return figure, tuple(filter(None, advice))


def life_chart(made: MadeStory, for_page: bool = False) -> LifeChart:
    """What the figure shows."""
    lives = made.lives
    start, quarters = _calendar(lives)
    groups: list[LifeGroup] = []
    key: list[tuple[str, str]] = []
    for life in lives:
        marks = _marked(life, _MOST_MARKS // len(lives))
        numbered = [(max(row["quarter"], start), len(key) + n) for n, row in enumerate(marks, start=1)]
        key += [
            (str(number), _mark_words(row, life, len(lives))) for (_, number), row in zip(numbered, marks, strict=True)
        ]
        whose = "" if len(lives) == 1 else f" of {life.where}"
        groups.append(LifeGroup(f"Contracts and numbered events{whose}", _lanes(life), numbered))
    panels = _one_panels(lives[0], start, quarters) if len(lives) == 1 else _two_panels(lives, start, quarters)
    notes = [_reading(lives)] if for_page else [made.story.source, _reading(lives)]
    title = "Timeline" if for_page else made.story.title
    return LifeChart(title, notes, start, quarters, groups, panels, key, _lines_at(lives))


def _calendar(lives: Sequence[AgencyLife]) -> tuple[Quarter, int]:
    """First quarter and length of the calendar: a little longer than the lives, as far as the runs go."""
    first = min(max(life.start, life.founded - _AROUND) for life in lives)
    last = max(min(life.last, life.end + _AROUND) for life in lives)
    return first, last - first + 1


def _reading(lives: Sequence[AgencyLife]) -> str:
    left = [max(len(_work_of(life)) - _MOST_LANES, 0) for life in lives]
    others = (
        f" Of purchasers and fields, the {_MOST_LANES} with most contracts have a row of their own."
        if any(left)
        else ""
    )
    cut = " Dashed: ended early because it stopped work."
    money = " In bars, where there is room: thousand CNY a year."
    where = " Dotted: where the two lives part." if len(lives) == 2 else ""
    unnumbered = sum(len(life.of_kind(*_KINDS)) - len(_marked(life, _MOST_MARKS // len(lives))) for life in lives)
    events = f" {unnumbered} more events are in the text." if unnumbered else ""
    return f"A bar is a contract.{money}{cut}{where}{others}{events}"


def _marked(life: AgencyLife, most: int) -> list[Row]:
    """Events that are numbered: whole ranks, as many as there is room for, and of the next one the first."""
    chosen: list[Row] = []
    for rank in _RANKED:
        found = life.of_kind(*rank)
        chosen += found[: max(most - len(chosen), 0)]
    order = {id(row): place for place, row in enumerate(life.own_events)}
    return sorted(chosen, key=lambda row: order[id(row)])


def _mark_words(row: Row, life: AgencyLife, lives: int) -> str:
    where = f"{life.where}, " if lives > 1 else ""
    return f"{where}{row['quarter']}: {story_event(row, life)}"


def _work_of(life: AgencyLife) -> dict[str, list[Row]]:
    """Contracts by purchaser and field, those with most of them first."""
    found: dict[str, list[Row]] = {}
    for row in life.contracts:
        found.setdefault(f"{purchaser_of(row)}: {row['field']}", []).append(row)
    return dict(sorted(found.items(), key=lambda each: (-len(each[1]), each[0])))


def _lanes(life: AgencyLife) -> list[LifeLane]:
    work = _work_of(life)
    lanes = [LifeLane(label, [_bar(row, life) for row in rows]) for label, rows in list(work.items())[:_MOST_LANES]]
    others = [row for rows in list(work.values())[_MOST_LANES:] for row in rows]
    if others:
        lanes.append(LifeLane("all others", [_bar(row, life) for row in others]))
    return lanes


def _bar(row: Row, life: AgencyLife) -> LifeBar:
    end = min(life.contract_end(row), life.last + 1)
    is_cut = row["status"] == "broken"
    return LifeBar(row["quarter"], max(end, row["quarter"] + 1), f"{row['price'] / 1000:,.0f}", is_cut)


def _series(life: AgencyLife, name: str, start: Quarter, quarters: int) -> Numbers:
    values = np.full(quarters, np.nan)
    for row in life.states:
        value = row.get(name)
        values[row["quarter"] - start] = np.nan if value is None else value
    return values


def _one_panels(life: AgencyLife, start: Quarter, quarters: int) -> list[LifePanel]:
    panels = []
    for names in _ONE:
        unit = column("agencies", names[0]).unit
        lines = [LifeLine(_line_label(name), _series(life, name, start, quarters)) for name in names]
        panels.append(LifePanel(_TITLES.get(names, column_title(names[0])), _unit(unit), lines, unit))
    return panels


def _two_panels(lives: Sequence[AgencyLife], start: Quarter, quarters: int) -> list[LifePanel]:
    panels = []
    for name in _TWO:
        unit = column("agencies", name).unit
        lines = [LifeLine(life.where, _series(life, name, start, quarters)) for life in lives]
        panels.append(LifePanel(column_title(name), _unit(unit), lines, unit))
    return panels


def _line_label(name: str) -> str:
    return column_title(name)


def _unit(unit: str) -> str:
    return "from 0 to 1" if unit == "0-1" else unit


def _lines_at(lives: Sequence[AgencyLife]) -> list[tuple[Quarter, str]]:
    """Where two lives part; where one ends is seen from its lines and numbered events."""
    if len(lives) != 2:
        return []
    parting = find_parting(lives[0], lives[1])
    return [] if parting is None else [(parting.quarter, "part")]


def _numbers(lives: Iterable[AgencyLife]) -> dict[str, list[object]]:
    """What is drawn, and some more, a row per life and quarter."""
    table: dict[str, list[object]] = {name: [] for name in ("life", "quarter", *NUMBERS)}
    for life in lives:
        for row in life.states:
            table["life"].append(life.where)
            table["quarter"].append(str(row["quarter"]))
            for name in NUMBERS:
                table[name].append(row.get(name))
    return table
