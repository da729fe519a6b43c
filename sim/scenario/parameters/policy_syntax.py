"""Policy syntax: changes of levers at a date, over a time, or when an outcome crosses a level.

An entry is a step (`at`), a pulse (`from`, `to`, `set`), a ramp (`from`, `to`, `ramp`) or a trigger (`when`,
`after`, `until`); each kind has its own keys, and a key of another kind is an error.  Instead of `to`, a pulse or
a ramp may say how long it takes (`for`), so that its beginning can be moved without making it longer or shorter.

>>> policy = {"when": {"outcome": "unmet_need", "above": 0.6}, "after": "2 quarters", "set": {"contract.term": 8}}
>>> trigger_words(Policy.model_validate(policy))
'unmet_need above 0.6, after 2 quarters'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema, model_validator

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, IssueError, shown
from sim.scenario.parameters.name_types import Label
from sim.scenario.parameters.parameter_spec import Group

LONGEST_LAG = 400
"""Quarters that a trigger may wait: as long as the longest run."""

_LAG = re.compile(r"(?:1 quarter|(0|[1-9][0-9]*) quarters)")
_LAG_ALLOWED = f"a time such as '2 quarters', or a whole number of quarters from 0 to {LONGEST_LAG}"
_TIMES = "a policy has 'at', or 'from' with 'to' or 'for', or 'when'"
_END_OF_TIME = Quarter(9999, 4)


def read_lag(value: object) -> int:
    """Read a number of quarters, written as a number or as ``N quarters``.

    >>> read_lag("1 quarter"), read_lag("3 quarters"), read_lag(2)
    (1, 3, 2)
    """
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LONGEST_LAG:
        return value
    found = _LAG.fullmatch(value) if isinstance(value, str) else None
    number = int(found[1] or 1) if found else LONGEST_LAG + 1
    if number <= LONGEST_LAG:
        return number
    digits = re.match(r"\s*([0-9]{1,3})\s*q", value, re.IGNORECASE) if isinstance(value, str) else None
    meant = lag_words(int(digits[1])) if digits and int(digits[1]) <= LONGEST_LAG else None
    what = f"{shown(value)} is no number of quarters"
    raise IssueError(Issue((), what, f"expected {_LAG_ALLOWED}", suggestion=meant))


def lag_words(quarters: int) -> str:
    """A number of quarters in words.

    >>> lag_words(1), lag_words(4)
    ('1 quarter', '4 quarters')
    """
    return "1 quarter" if quarters == 1 else f"{quarters} quarters"


def _in_quarters(least: int) -> WithJsonSchema:
    """Schema of a time in quarters."""
    number = {"type": "integer", "minimum": least, "maximum": LONGEST_LAG}
    words = {"type": "string", "pattern": f"^{_LAG.pattern}$"}
    return WithJsonSchema({"anyOf": [number, words], "allowed": _LAG_ALLOWED.replace("from 0", f"from {least}")})


def _some(quarters: int) -> int:
    """Refuse no time at all."""
    if quarters < 1:
        raise IssueError(Issue((), "it takes no time", "expected 1 quarter or more"))
    return quarters


Lag = Annotated[int, PlainValidator(read_lag), _in_quarters(0)]
"""A time in quarters."""
Duration = Annotated[int, PlainValidator(read_lag), AfterValidator(_some), _in_quarters(1)]
"""A time of at least a quarter."""


class Condition(Group):
    """An outcome of the sector above or below a level; an outcome that is undefined is neither."""

    outcome: str = Field(description="Outcome of the sector, as in the columns of the table `sector`.")
    above: float | None = Field(None, description="Level that it must exceed, in its unit.")
    below: float | None = Field(None, description="Level that it must fall short of, in its unit.")

    @model_validator(mode="after")
    def _one_level(self) -> Condition:
        if self.above is not None and self.below is not None:
            what = "'above' and 'below' cannot stand together"
            raise IssueError(Issue(("below",), what, "keep one of them", at_key=True))
        if self.above is None and self.below is None:
            raise IssueError(Issue((), "no level is given", "add 'above: NUMBER' or 'below: NUMBER'"))
        return self

    @property
    def level(self) -> float:
        """The level."""
        return float(self.above if self.above is not None else self.below or 0.0)

    @property
    def words(self) -> str:
        """The condition in a few words."""
        number = int(self.level) if self.level.is_integer() else self.level
        return f"{self.outcome} {'above' if self.above is not None else 'below'} {number}"


class Policy(Group):
    """A change of levers, at a date, over a time, or when an outcome crosses a level."""

    name: Label | None = Field(None, description="Name by which an experiment refers to this entry.")
    at: Quarter | None = Field(None, description="Quarter from which it holds, for good.")
    from_: Quarter | None = Field(None, alias="from", description="First quarter of a pulse; start of a ramp.")
    to: Quarter | None = Field(None, description="Last quarter of a pulse; quarter in which a ramp is at its end.")
    for_: Duration | None = Field(
        None, alias="for", description="Quarters that a pulse lasts, or that a ramp takes to its end; instead of 'to'."
    )
    when: Condition | None = Field(None, description="What last quarter's outcomes must be for it to hold.")
    after: Lag | None = Field(None, description="Quarters that pass before it holds once the condition was met.")
    until: Condition | None = Field(None, description="What ends it again; without it, it stays for good.")
    in_: Annotated[list[str], Field(min_length=1)] | str | None = Field(
        None, alias="in", description="Cities and districts, or 'cities' or 'districts'; everywhere by default."
    )
    set: Annotated[dict[str, Any], Field(min_length=1)] | None = Field(None, description="Levers and their values.")
    ramp: Annotated[dict[str, Any], Field(min_length=1)] | None = Field(
        None, description="Levers and the values that they reach, in equal steps quarter by quarter."
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Policy:
        found = [*_wrong_times(self), *_wrong_levers(self)]
        if found:
            raise IssueError(*found)
        return self

    @property
    def last(self) -> Quarter | None:
        """Last quarter of a pulse; quarter in which a ramp is at its end."""
        if self.from_ is None or self.for_ is None:
            return self.to
        further = self.for_ if self.ramp is not None else self.for_ - 1
        return Quarter.from_ordinal(min(self.from_.ordinal + further, _END_OF_TIME.ordinal))

    @property
    def end_key(self) -> str:
        """Key that says when it ends."""
        return "to" if self.for_ is None else "for"

    @property
    def levers(self) -> dict[str, Any]:
        """Levers that it touches, with what they are set to or reach."""
        return self.ramp if self.ramp is not None else self.set or {}

    @property
    def key(self) -> str:
        """Key under which its levers stand."""
        return "ramp" if self.ramp is not None else "set"


def _wrong_times(policy: Policy) -> Iterator[Issue]:
    """Keys about time that do not go together, or are missing."""
    given = [key for key, value in (("at", policy.at), ("from", policy.from_), ("when", policy.when)) if value]
    if len(given) > 1:
        what = f"'{given[0]}' and '{given[1]}' cannot stand together"
        yield Issue((given[1],), what, f"{_TIMES}; keep one of them", at_key=True)
        return
    for key, value in (("after", policy.after), ("until", policy.until)):
        if value is not None and policy.when is None:
            yield Issue((key,), f"'{key}' needs 'when'", "add 'when: {outcome: NAME, above: NUMBER}'", at_key=True)
    if policy.to is not None and policy.for_ is not None:
        yield Issue(("for",), "'to' and 'for' cannot stand together", "keep one of them", at_key=True)
    if policy.for_ is not None and policy.from_ is None:
        yield Issue(("for",), "a time without a beginning", "add 'from: QUARTER', and take other dates away")
    elif policy.to is not None and policy.from_ is None:
        yield Issue(("to",), "an end without a beginning", "add 'from: QUARTER', and take other dates away")
    elif not given:
        yield Issue((), "nothing says when this policy holds", _TIMES)
    elif policy.from_ is not None:
        yield from _wrong_end(policy, policy.from_)


def _wrong_end(policy: Policy, first: Quarter) -> Iterator[Issue]:
    """An end that is missing or too early."""
    ramp = policy.ramp is not None
    if policy.last is None:
        allowed = "add 'to: QUARTER' or 'for: N quarters'" + ("" if ramp else ", or write 'at' for what lasts")
        yield Issue(("from",), f"a {'ramp' if ramp else 'pulse'} without an end", allowed, at_key=True)
    elif policy.to is None:
        return
    elif policy.to < first:
        yield Issue(("to",), f"the end {policy.to} is before the beginning {first}", f"expected {first} or later")
    elif ramp and policy.to == first:
        yield Issue(("to",), "a ramp needs time between its two ends", "choose a later end, or 'at' with 'set'")


def _wrong_levers(policy: Policy) -> Iterator[Issue]:
    """Both ways to change levers at once, none, or one that needs other dates."""
    if policy.set is not None and policy.ramp is not None:
        what = "'set' and 'ramp' cannot stand together"
        yield Issue(("ramp",), what, "write two policies", at_key=True)
    elif policy.set is None and policy.ramp is None:
        yield Issue((), "no lever is changed", "add 'set: {LEVER: VALUE}', or 'ramp' for a gradual change")
    elif policy.ramp is not None and policy.from_ is None and policy.to is None and policy.for_ is None:
        yield Issue(("ramp",), "a ramp needs a beginning and an end", "write 'from' with 'to' or 'for'", at_key=True)


def trigger_words(policy: Policy) -> str:
    """What a triggered policy waits for, in a few words; equal triggers have equal words."""
    if policy.when is None:
        return ""
    words = policy.when.words
    words += f", after {lag_words(policy.after)}" if policy.after else ""
    return words + (f", until {policy.until.words}" if policy.until else "")
