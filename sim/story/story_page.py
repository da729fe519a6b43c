"""Story page: a story with its figure as one HTML file, which asks nothing of the network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.declarations.input_issues import printable
from sim.pages.page_figure import page_figure
from sim.pages.page_rendering import render_page
from sim.plots.house_figure import HouseFigure
from sim.story.story_document import Story

_SHOWN = {
    "results_title": "Results",
    "scenario_files": "Scenario files",
    "results_made_by": "Made by",
    "seed": "Seed of the experiment",
    "replication": "Run (replication)",
    "versions": "Versions",
    "commit": "Commit",
    "computed": "Computed",
    "made_by": "This page by",
}
"""Facts that a page shows, and their headings; the figure carries all."""


def story_page(story: Story, figure: HouseFigure) -> str:
    """Write a story as an HTML file.

    Parameters
    ----------
    story : Story
        What is said.
    figure : HouseFigure
        Its figure, with alternative text and numbers.

    Returns
    -------
    str
        The file; words of users are escaped, and what cannot be shown is an escape.
    """
    shown = story.cleaned()
    figure.alternative = printable(figure.alternative)
    made = page_figure(figure, "life")
    return render_page("story.html", title=shown.title, story=shown, shown=made, facts=list(_facts(story.facts)))


def _facts(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, title in _SHOWN.items():
        value = facts.get(name)
        if isinstance(value, dict):
            value = ", ".join(f"{key} {each}" for key, each in value.items())
        elif isinstance(value, list):
            value = "; ".join(map(str, value))
        if value not in (None, ""):
            yield title, printable(str(value))
