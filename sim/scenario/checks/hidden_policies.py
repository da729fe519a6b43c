"""Hidden policies: entries that never hold in some place, because more special ones have set the lever there before.

That is how policies meet, and no error; but who writes an entry for everywhere may not know of one by name in a file
that is extended, so it is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, KeyPath
from sim.scenario.checks.name_checks import lever_keys
from sim.scenario.checks.purchasing_channel_checks import Purchasing, meant, purchasers
from sim.scenario.parameters.policy_syntax import Policy
from sim.scenario.parameters.scenario_file import Scenario

HIDDEN_POLICY = "hidden-policy"
"""Kind of these warnings."""

MOST_NAMED = 3
"""Places that a line names; of more it says how many."""


def hidden_policies(scenario: Scenario) -> Iterator[Issue]:
    """Levers of entries that never hold in some places, with the entry that goes before, in the order of the file."""
    found: dict[KeyPath, tuple[KeyPath, list[str]]] = {}
    for purchasing in purchasers(scenario) if scenario.policies else ():
        for path, other in _hidden_in(scenario, purchasing):
            found.setdefault(path, (other, []))[1].append(purchasing.name)
    for path in sorted(found, key=str):
        other, places = found[path]
        more = f" and {len(places) - MOST_NAMED} more" if len(places) > MOST_NAMED else ""
        what = f"never holds in {', '.join(places[:MOST_NAMED])}{more}: another entry is more special there"
        yield Issue(path, what, "name the place here too if it should", at_key=True, other=other, kind=HIDDEN_POLICY)


def _hidden_in(scenario: Scenario, purchasing: Purchasing) -> Iterator[tuple[KeyPath, KeyPath]]:
    """Levers of entries that never hold for one government, each with the entry that goes before."""
    ranks = [meant(policy, purchasing) for policy in scenario.policies]
    known = lever_keys(type(purchasing.levers))
    for n, policy in enumerate(scenario.policies):
        for key in policy.levers if 0 <= ranks[n] < max(ranks) else ():
            for m, other in enumerate(scenario.policies):
                lasts = other.at is not None or other.ramp is not None
                more_special = lasts and ranks[m] > ranks[n] and key in other.levers and key in known
                if more_special and first_quarter(other, scenario) <= first_quarter(policy, scenario):
                    yield ("policies", n, policy.key, key), ("policies", m, other.key, key)
                    break


def first_quarter(policy: Policy, scenario: Scenario) -> Quarter:
    """First quarter in which a policy may be in force."""
    if policy.at is not None:
        return policy.at
    first = scenario.start if policy.from_ is None else policy.from_
    return first if policy.from_ is not None and policy.ramp is None else first + 1
