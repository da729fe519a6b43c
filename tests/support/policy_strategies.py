"""Hypothesis strategies for policies of every kind, and whether several contradict each other.

>>> step = {"at": "2010-Q2", "set": {"contract.term": 4}}
>>> contradictory([step, step], Quarter(2010, 1), 8)
True
>>> contradictory([step, step | {"in": "cities"}], Quarter(2010, 1), 8)
False
"""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.sector_outcomes import SECTOR
from sim.scenario.checks.name_checks import can_ramp
from sim.scenario.checks.policy_conflicts import same_lever_twice
from sim.scenario.parameters.parameter_spec import ParameterSpec
from sim.scenario.parameters.policy_syntax import Policy

Values = dict[str, Any]
ValuesOf = Callable[[ParameterSpec], st.SearchStrategy[Any]]

OUTCOMES = [outcome.name for outcome in SECTOR]
LEVELS = (0.0, 0.2, 0.5, 0.8, 1.0, 3.0, 20.0, 2_500.0, 1_000_000.0)
"""Levels that some outcome or other crosses."""


@st.composite
def conditions(draw: st.DrawFn, outcomes: list[str] = OUTCOMES) -> Values:
    """An outcome above or below a level."""
    side = draw(st.sampled_from(["above", "below"]))
    return {"outcome": draw(st.sampled_from(outcomes)), side: draw(st.sampled_from(LEVELS))}


@st.composite
def times(draw: st.DrawFn, start: Quarter, first: int, last: int, kind: str, outcomes: list[str] = OUTCOMES) -> Values:
    """When a policy of a kind holds, between two quarters of the run."""
    if kind == "trigger":
        when: Values = {"when": draw(conditions(outcomes))}
        if draw(st.booleans()):
            when["after"] = draw(st.sampled_from([1, 3, "1 quarter", "2 quarters"]))
        if draw(st.booleans()):
            when["until"] = draw(conditions(outcomes))
        return when
    begin = draw(st.integers(first, last))
    if kind == "step":
        return {"at": str(start + begin)}
    end = draw(st.integers(begin, last))
    return {"from": str(start + begin), "to": str(start + end)}


@st.composite
def entries(
    draw: st.DrawFn,
    known: dict[str, ParameterSpec],
    values_of: ValuesOf,
    when: tuple[Quarter, int, int],
    triggers: bool = True,
    outcomes: list[str] = OUTCOMES,
) -> Values:
    """A policy of any kind on one or two levers, without a place.

    Parameters
    ----------
    known : dict of str to Leaf
        Levers that may be touched.
    values_of : callable
        Strategy for the values of a lever.
    when : tuple
        Start of the run, first and last quarter that may be named.
    triggers : bool
        Whether it may be a trigger.
    outcomes : list of str
        Outcomes that a trigger may read.
    """
    start, first, last = when
    ramp = ["ramp"] if any(map(can_ramp, known)) else []
    kind = draw(st.sampled_from(["step", "pulse", *ramp, *(["trigger"] if triggers else [])]))
    dated = draw(times(start, first, last, kind, outcomes))
    if kind == "ramp" and dated["from"] == dated["to"]:
        kind = "pulse"
    chosen = sorted(key for key in known if kind != "ramp" or can_ramp(key))
    keys = draw(st.lists(st.sampled_from(chosen), min_size=1, max_size=min(2, len(chosen)), unique=True))
    how = "ramp" if kind == "ramp" else "set"
    if "to" in dated and draw(st.booleans()):
        first, last = Quarter.parse(dated["from"]), Quarter.parse(dated.pop("to"))
        dated["for"] = last - first + (how == "set")
    return dated | {how: {key: draw(values_of(known[key])) for key in keys}}


def touched(policy: Values) -> Values:
    """Levers of a policy with their values."""
    levers: Values = policy["ramp"] if "ramp" in policy else policy["set"]
    return levers


def earliest(policy: Values, start: Quarter) -> float:
    """First quarter in which a dated policy may change anything; infinite for a trigger."""
    if "when" in policy:
        return math.inf
    quarter = Quarter.parse(policy.get("at") or policy["from"])
    return quarter - start + ("ramp" in policy)


def contradictory(policies: list[Values], start: Quarter, quarters: int) -> bool:
    """Whether two of the policies set one lever of one place at the same time."""
    parsed = [Policy.model_validate(policy) for policy in policies]
    scenario: Any = SimpleNamespace(policies=parsed, start=start, quarters=quarters)
    return next(same_lever_twice(scenario, {}), None) is not None


def consistent(policies: list[Values], start: Quarter, quarters: int) -> list[Values]:
    """Of the policies, in order, those that contradict none before them."""
    kept: list[Values] = []
    for policy in policies:
        if not contradictory([*kept, policy], start, quarters):
            kept.append(policy)
    return kept
