"""Panel declarations: one panel a subject, with the outcomes and the colours of its lines."""

from __future__ import annotations

from dataclasses import dataclass

# Okabe and Ito's colours: distinguishable with every common kind of colour blindness, and in grey.
BLUE = "#0072B2"
VERMILION = "#D55E00"
GREEN = "#00805F"  # their bluish green, a little darker so that text in it can be read


@dataclass(frozen=True)
class Line:
    """One outcome in a panel.

    Attributes
    ----------
    outcome : str
        Its name.
    label : str
        Words beside its line.
    colour : str
        Of line and words.
    undefined_when : str
        When it has no value, in words that follow "undefined where"; empty where it always has one.
    """

    outcome: str
    label: str
    colour: str
    undefined_when: str = ""


@dataclass(frozen=True)
class Panel:
    """A set of lines on common axes.

    Attributes
    ----------
    name : str
        File name without its ending.
    title : str
        What it shows.
    unit : str
        Words on the vertical axis.
    lines : tuple of Line
        What is drawn; the first in front.
    unit_interval : bool
        Whether the axis is 0 to 1 by meaning.
    """

    name: str
    title: str
    unit: str
    lines: tuple[Line, ...]
    unit_interval: bool = False


PANELS = (
    Panel(
        "agencies",
        "Agencies by kind",
        "active agencies",
        (Line("agencies_nonprofit", "Nonprofit", BLUE), Line("agencies_for_profit", "For-profit", VERMILION)),
    ),
    Panel(
        "government-share-and-independence",
        "Government share; median independence and autonomy",
        "share of income; index from 0 to 1",
        (
            Line("government_share", "Government share\nof income", VERMILION, "no active agency has income"),
            Line(
                "resource_independence_p50",
                "Resource\nindependence",
                BLUE,
                "no operating agency has income",
            ),
            Line(
                "operational_autonomy_p50",
                "Operational\nautonomy",
                GREEN,
                "no operating agency serves",
            ),
        ),
        unit_interval=True,
    ),
    Panel(
        "sustainability",
        "Sustainability of agencies",
        "index from 0 to 1",
        (Line("sustainability_median", "Median agency", GREEN, "no agency is operating"),),
        unit_interval=True,
    ),
    Panel(
        "need-and-strength",
        "Unmet need and community strength",
        "index from 0 to 1",
        (
            Line("unmet_need", "Unmet need", VERMILION, "no community has a need"),
            Line("strength", "Community\nstrength", GREEN),
        ),
        unit_interval=True,
    ),
)

LINES = tuple(line for panel in PANELS for line in panel.lines)
"""All lines of all panels."""

OUTCOMES = tuple(line.outcome for line in LINES)
"""Outcomes that the panels need."""
