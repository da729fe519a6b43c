"""Policy conflicts: two policies that set one lever of one place at the same time.

An entry that names a place goes before one that names its level, and that before one for everywhere, so only
entries that are equally specific can contradict.  They do so only at the same time: a step counts
for its quarter, a pulse for all of its quarters, a ramp for those in which it moves, and a trigger for any
time after the start, because it is unknown when it fires.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, KeyPath
from sim.scenario.parameters.policy_syntax import Policy
from sim.scenario.parameters.scenario_file import Scenario

District = tuple[str, str]


class Span(NamedTuple):
    """Quarters in which an entry changes a lever, counted from the start, both included."""

    first: int
    last: int


class LeverChange(NamedTuple):
    """An entry that changes a lever of a place."""

    path: KeyPath
    span: Span
    triggered: bool


def span_of(policy: Policy, start: Quarter, quarters: int) -> Span:
    """Quarters in which a policy may write a value."""
    if policy.at is not None:
        return Span(policy.at.index(start), policy.at.index(start))
    if policy.from_ is not None and policy.last is not None:
        return Span(policy.from_.index(start) + (policy.ramp is not None), policy.last.index(start))
    return Span(1, quarters)


def dates_of(policy: Policy) -> list[tuple[str, Quarter]]:
    """Dates of a policy, each with the key that says it."""
    dates = (("at", policy.at), ("from", policy.from_), (policy.end_key, policy.last))
    return [(key, date) for key, date in dates if date is not None]


def outside_the_run(scenario: Scenario) -> Iterator[Issue]:
    """Dates of policies, and of agencies that begin later, before the start or after the end.

    Such a policy is understood: a step or a ramp of before holds from the start on, an agency of before is there,
    and what comes after the end does not come.  It is an error of the file that gives the date, not of one that starts
    later or ends earlier than it.
    """
    end = scenario.start + scenario.quarters
    for n, policy in enumerate(scenario.policies):
        for key, date in dates_of(policy):
            if not scenario.start <= date < end:
                what = f"{date} is outside the run"
                yield Issue(("policies", n, key), what, f"expected {scenario.start} to {end - 1}")
    for name, agency in scenario.agencies.items():
        if agency.begins is not None and not scenario.start < agency.begins < end:
            path = ("agencies", name, "begins")
            if agency.begins <= scenario.start:
                what = f"{agency.begins} is not after the start, {scenario.start}"
                yield Issue(path, what, "leave it out, or give 'founded', for an agency that is there at the start")
            else:
                what = f"{agency.begins} is after the end, {end - 1}"
                yield Issue(path, what, f"expected {scenario.start + 1} to {end - 1}")


def same_lever_twice(scenario: Scenario, known: dict[str, District]) -> Iterator[Issue]:
    """Two policies that set one lever of one place at the same time, under whatever name.

    Parameters
    ----------
    scenario : Scenario
        A valid scenario.
    known : dict of str to (city, district)
        Names by which a district may be meant.
    """
    seen: dict[tuple[str | District, str], list[LeverChange]] = {}
    for n, policy in enumerate(scenario.policies):
        span = span_of(policy, scenario.start, scenario.quarters)
        for place in policy.in_ if isinstance(policy.in_, list) else [policy.in_ or "everywhere"]:
            for key in policy.levers:
                change = LeverChange(("policies", n, policy.key, key), span, policy.when is not None)
                earlier = seen.setdefault((known.get(place, place), key), [])
                for other in earlier:
                    if meet(change.span, other.span):
                        yield contradiction(place, change, other, scenario.start)
                        break
                earlier.append(change)


def meet(one: Span, other: Span) -> bool:
    """Whether two spans share a quarter.

    >>> meet(Span(0, 3), Span(3, 5)), meet(Span(0, 3), Span(4, 5))
    (True, False)
    """
    return one.first <= other.last and other.first <= one.last


def contradiction(place: str, one: LeverChange, other: LeverChange, start: Quarter) -> Issue:
    """Two entries that change a lever at the same time, reported at the later one with the place of the other."""
    first, last = max(one.span.first, other.span.first), min(one.span.last, other.span.last)
    allowed = "keep one of them"
    if one.triggered or other.triggered:
        when = "after the start, once by a trigger"
        allowed = "a trigger shares its lever only with what is set at the start, or for other places"
    else:
        when = f"at {start + first}" if first == last else f"from {start + first} to {start + last}"
    what = f"set twice in {place} {when}, also by policies[{other.path[1]}]"
    return Issue(one.path, what, allowed, at_key=True, other=other.path)
