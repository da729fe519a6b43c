"""Pattern file: everything that a file of observed patterns may say, as checked values.

Only the form is checked here.  What needs scenarios and statistics is checked in `pattern_checks` and `world_loading`.

>>> text = '{"says": "agencies", "world": "base", "statistic": "growth-ratio", "band": [8, null]}'
>>> CheckFile.model_validate_json(text).band
(8.0, None)
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from sim.declarations.input_issues import Issue, IssueError, shown
from sim.scenario.parameters.name_types import Name
from sim.scenario.parameters.parameter_spec import Group

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_REPLICATIONS = 100_000

ArgumentValue = bool | int | float | str | list[str]
"""What an argument of a statistic may be in a file."""


def _calendar_date(text: str) -> str:
    """Refuse what is no day of the calendar, written as in 2026-11-29.

    Raises
    ------
    IssueError
        If it is none.
    """
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise IssueError(Issue((), f"{shown(text)} is no date", "expected a date such as '2026-11-29'"))


CalendarDate = Annotated[str, AfterValidator(_calendar_date)]
Words = Annotated[str, Field(min_length=1, max_length=400)]
PatternId = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
"""Name of a pattern on the command line: letters, digits, dots, hyphens and underscores."""


class WorldFile(Group):
    """A world: a scenario with changes, and how often it is run."""

    scenario: str | list[str] = Field(
        min_length=1, description="Shipped scenario, or file beside this one; of a list each is laid over those before."
    )
    changes: dict[str, Any] = Field({}, description="Changes in the language of scenarios, laid over it.")
    quarters: int | None = Field(None, ge=1, le=400, description="Length of a run; by default the scenario's.")
    replications: int = Field(ge=1, le=MOST_REPLICATIONS, description="Runs; run r has the same seed in every world.")


class CheckFile(Group):
    """What is measured, and between which limits it must lie."""

    says: Words = Field(description="What is measured, in a few words.")
    world: str = Field(description="World that is measured, one of 'worlds'.")
    versus: str | None = Field(None, description="World that it is compared with, where the statistic compares.")
    statistic: str = Field(description="Name of the statistic.")
    with_: dict[str, ArgumentValue] = Field({}, alias="with", description="Its arguments.")
    band: tuple[float | None, float | None] = Field(
        description="Lower and upper limit; null: none on that side. Without any the value is only reported."
    )

    @model_validator(mode="after")
    def _order(self) -> CheckFile:
        low, high = self.band
        if low is not None and high is not None and low > high:
            what = f"the lower limit {low:g} is above the upper limit {high:g}"
            raise IssueError(Issue(("band",), what, "expected [lower, upper], null for no limit on that side"))
        return self

    @property
    def judged(self) -> bool:
        """Whether it has a limit."""
        return self.band != (None, None)


class PatternEntry(Group):
    """An observed pattern: what was observed, by whom, and how it is looked for in runs."""

    id: PatternId = Field(description="Its name in tables and for '--only'.")
    statement: Words = Field(description="The pattern in one sentence.")
    source: Words = Field(description="Who observed it, in short.")
    mark: Literal["A", "B", "C"] = Field(
        description="How good the source is: official or peer-reviewed (A), press (B), weak (C)."
    )
    calibration: bool = Field(description="Whether its band was looked at when default values were set.")
    written: CalendarDate = Field(description="Day on which statistic and bands were fixed.")
    checks: list[CheckFile] = Field(min_length=1, description="What is measured; all must hold.")

    @model_validator(mode="after")
    def _judged(self) -> PatternEntry:
        if not any(check.judged for check in self.checks):
            raise IssueError(
                Issue(("checks",), "no check of it has a limit, so nothing can hold or fail", "give one a band")
            )
        return self


class PatternFile(Group):
    """A whole file of patterns."""

    worlds: dict[Name, WorldFile] = Field({}, description="Worlds that patterns are looked for in, by name.")
    patterns: list[PatternEntry] = Field(min_length=1, description="Observed patterns.")
