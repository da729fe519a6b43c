"""Hypothesis strategies for single values: levers and behavioural parameters, within what is declared.

>>> sane(LEVERS["procurement.carry_over"]), sane(LEVERS["contract.term"])
((0, 1), (1, 16.0))
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, get_args

from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.scenario.parameters.parameter_spec import Group, ParameterSpec, parameters_of
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment

Values = dict[str, Any]

CITY_LEVERS = {leaf.key: leaf for leaf in parameters_of(CityGovernment)}
DISTRICT_LEVERS = {leaf.key: leaf for leaf in parameters_of(DistrictGovernment)}
LEVERS = DISTRICT_LEVERS | CITY_LEVERS

NARROWED = {
    # Cut-offs stand in this order.
    "assessment.full": (0.85, 1.0),
    "assessment.renewable": (0.7, 0.85),
    "assessment.passing": (0.3, 0.7),
    # Somebody must be there to assess.
    "assessors.capacity": (1, 20),
    # Worlds here are small: half a lot, or one post, must fit into what the other channels leave.
    "contract.value": (1_000.0, 150_000.0),
    "contract.post_price": (20_000.0, 70_000.0),
    "procurement.shares.institutions": (0.0, 0.13),
    "procurement.shares.commissions": (0.0, 0.13),
    "procurement.shares.grants": (0.0, 0.13),
    "procurement.shares.direct_hiring": (0.0, 0.13),
    # Who enters a source does not leave it at once.
    "strategy.first_effort": (0.1, 0.5),
    "strategy.give_up": (0.0, 0.1),
}
"""Ranges narrower than the declared bounds, and why."""


def bounds(leaf: ParameterSpec) -> tuple[float, float]:
    """Least and greatest value that a declaration allows; infinite where it does not say."""
    low, high = -math.inf, math.inf
    for mark in leaf.info.metadata:
        if hasattr(mark, "gt") or hasattr(mark, "ge"):
            low = mark.ge if hasattr(mark, "ge") else math.nextafter(mark.gt, math.inf)
        if hasattr(mark, "lt") or hasattr(mark, "le"):
            high = mark.le if hasattr(mark, "le") else math.nextafter(mark.lt, -math.inf)
    return low, high


def sane(leaf: ParameterSpec) -> tuple[float, float]:
    """Range to draw from: the bounds, but within a factor of four of the default where they are wide."""
    low, high = bounds(leaf)
    default = float(leaf.info.default)
    reach = 4.0 * abs(default) if default else 1.0
    if high - low > 2.0:
        low, high = max(low, default / 4.0 if default > 0 else -reach), min(high, reach)
    narrow = NARROWED.get(leaf.key, (low, high))
    return max(low, narrow[0]), min(high, narrow[1])


def values_of(leaf: ParameterSpec) -> st.SearchStrategy[Any]:
    """Values that a file may give a parameter."""
    if leaf.codes is not None:
        return st.sampled_from(get_args(leaf.info.annotation))
    if leaf.info.annotation is bool:
        return st.booleans()
    low, high = sane(leaf)
    if leaf.info.annotation is int:
        return st.integers(math.ceil(low), math.floor(high))
    return st.floats(low, high, allow_subnormal=False)


def nested(pairs: Iterable[tuple[tuple[str, ...], Any]]) -> Values:
    """Values by path as nested mappings.

    >>> nested([(("need", "grace"), 2), (("need", "self_help"), 0.1)])
    {'need': {'grace': 2, 'self_help': 0.1}}
    """
    values: Values = {}
    for path, value in pairs:
        inner = values
        for name in path[:-1]:
            inner = inner.setdefault(name, {})
        inner[path[-1]] = value
    return values


@st.composite
def parts_of(draw: st.DrawFn, group: type[Group], most: int = 3) -> Values:
    """A few parameters of a group of parameters, with values."""
    chosen = draw(st.lists(st.sampled_from(list(parameters_of(group))), max_size=most, unique_by=lambda leaf: leaf.key))
    return nested((leaf.path, draw(values_of(leaf))) for leaf in chosen)


def quarters_from(start: Quarter, first: int, last: int) -> st.SearchStrategy[str]:
    """Calendar quarters around the start of a run."""
    return st.integers(first, last).map(lambda n: str(start + n))
