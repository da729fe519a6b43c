"""Story page: a story with its figure as one HTML file, which asks nothing of the network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.declarations.input_issues import printable
from sim.pages.page_figure import page_figure
from sim.pages.page_rendering import add_templates, render_page
from sim.pages.page_table import Head, PageTable
from sim.plots.house_figure import HouseFigure
from sim.story.story_document import Story, StoryTable

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
    add_templates("sim.story")
    tables = _tables(shown)
    values = {"story": shown, "tables": tables, "shown": made, "facts": list(_facts(story.facts))}
    return render_page("story/story.html", title=shown.title, **values)


class _ExplainedTable(NamedTuple):
    """A table, and what its columns mean: title and sentence."""

    page: PageTable
    meanings: list[tuple[str, str]]


def _tables(story: Story) -> list[list[_ExplainedTable]]:
    """Tables of each section, numbered through the page."""
    found: list[list[_ExplainedTable]] = []
    for section in story.sections:
        number = sum(map(len, found))
        found.append([_explained(table, number + n) for n, table in enumerate(section.tables, start=1)])
    return found


def _explained(table: StoryTable, number: int) -> _ExplainedTable:
    heads = [Head(head.title, head.unit, head.is_number) for head in table.heads]
    page = PageTable(f"table-{number}", table.caption, heads, [list(row) for row in table.rows])
    return _ExplainedTable(page, [(head.title, head.meaning) for head in table.heads if head.meaning])


def _facts(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, title in _SHOWN.items():
        value = facts.get(name)
        if isinstance(value, dict):
            value = ", ".join(f"{key} {each}" for key, each in value.items())
        elif isinstance(value, list):
            value = "; ".join(map(str, value))
        if value not in (None, ""):
            yield title, printable(str(value))
