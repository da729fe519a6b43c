"""Name types: what every name and title of a file may hold, in one place."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from sim.declarations.input_issues import Issue, IssueError, shown
from sim.scenario.reading.text_forms import name_fault

LONGEST_TITLE = 120
"""Characters of a title."""


def _readable(text: str) -> str:
    """Refuse what cannot be read, turns the text around it, or is a formula to a spreadsheet.

    Raises
    ------
    IssueError
        For the first such sign.
    """
    fault = name_fault(text)
    if fault is not None:
        raise IssueError(Issue((), f"{shown(text)} {fault[0]}", fault[1]))
    return text


_Readable = AfterValidator(_readable)

Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\s/#](.*[^\s/#])?$"), _Readable]
"""Name of an organisation, place, field, axis or variant."""

Label = Annotated[str, Field(min_length=1, max_length=80), _Readable]
"""Name of a policy."""

Title = Annotated[str, Field(min_length=1, max_length=LONGEST_TITLE), _Readable]
"""Title of a scenario or experiment."""

AxisTitle = Annotated[str, Field(max_length=LONGEST_TITLE), _Readable]
"""Title of an axis; empty for the axis's name."""
