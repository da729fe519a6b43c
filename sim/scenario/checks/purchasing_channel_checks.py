"""Purchasing channel checks: shares above 1, shares without a receiver, lots above the budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, KeyPath
from sim.scenario.parameters.parameter_spec import parameters_of, value_at
from sim.scenario.parameters.policy_levers import ChannelShares, Purchaser
from sim.scenario.parameters.policy_syntax import Policy
from sim.scenario.parameters.scenario_file import Scenario

SHARES = tuple(f"procurement.shares.{leaf.key}" for leaf in parameters_of(ChannelShares))
SHARE_PATHS = {key: tuple(key.split(".")) for key in SHARES}
FOR_INSTITUTIONS = ("procurement.shares.institutions", "procurement.shares.commissions")
ROUNDING = 1e-9
"""Shares such as 0.1, 0.2 and 0.7 need not add up to 1 to the last bit."""


@dataclass(frozen=True)
class Purchasing:
    """A government entry of a scenario, with what stands there and how policies mean it.

    Attributes
    ----------
    name : str
        City, or City/District.
    path : KeyPath
        Where its levers stand.
    levers : Purchaser
        Their values at the start.
    general, named : set of str
        Word for all of its level; names by which policies may mean it alone.
    institutions : bool
        Whether there are institutions in its area.
    """

    name: str
    path: KeyPath
    levers: Purchaser
    general: str
    named: frozenset[str]
    institutions: bool


def wrong_channels(scenario: Scenario) -> Iterator[Issue]:
    """All checks over the channels of every government entry."""
    changing = share_changes(scenario)
    for purchasing in purchasers(scenario):
        values = {key: value_at(purchasing.levers, path) for key, path in SHARE_PATHS.items()}
        origins: dict[str, KeyPath] = {key: (*purchasing.path, *SHARE_PATHS[key]) for key in SHARES}
        yield from too_little_money(purchasing, values)
        seen = set()
        for issue in shares_over_time(scenario, changing, purchasing, values, origins):
            if issue.path not in seen:
                seen.add(issue.path)
                yield issue


def purchasers(scenario: Scenario) -> Iterator[Purchasing]:
    """Every government entry, cities before their districts."""
    short = [name for city in scenario.cities.values() for name in city.districts]
    for name, city in scenario.cities.items():
        near = any(not facts.cities or name in facts.cities for facts in scenario.institutions.values())
        path: KeyPath = ("cities", name)
        yield Purchasing(name, (*path, "government"), city.government, "cities", frozenset([name]), near)
        for district, facts in city.districts.items():
            named = {f"{name}/{district}"} | ({district} if short.count(district) == 1 else set())
            where = (*path, "districts", district, "government")
            yield Purchasing(f"{name}/{district}", where, facts.government, "districts", frozenset(named), near)


def meant(policy: Policy, purchasing: Purchasing) -> int:
    """How specifically a policy names a government: 0 everywhere, 1 its level, 2 by name; -1 not at all."""
    if policy.in_ is None:
        return 0
    places = {policy.in_} if isinstance(policy.in_, str) else set(policy.in_)
    if places & purchasing.named:
        return 2
    return 1 if purchasing.general in places else -1


def share_changes(scenario: Scenario) -> list[tuple[Quarter, Quarter | None, int]]:
    """When policies that change shares are in force in full: from, to (None for good), with their numbers."""
    end = scenario.start + scenario.quarters
    return [
        (date, policy.last if policy.from_ and not policy.ramp else None, n)
        for n, policy in enumerate(scenario.policies)
        if not policy.levers.keys().isdisjoint(SHARES) and (date := in_full(policy)) and date < end
    ]


def shares_over_time(
    scenario: Scenario,
    changing: list[tuple[Quarter, Quarter | None, int]],
    purchasing: Purchasing,
    values: dict[str, object],
    origins: dict[str, KeyPath],
) -> Iterator[Issue]:
    """Check the shares at the start, and again at every date at which policies change them.

    A ramp counts when it is at its end, if the run gets that far.  What a trigger would do depends on the run: the
    rules cut shares that sum to more than the whole, in proportion.
    """
    start, end = scenario.start, scenario.start + scenario.quarters
    yield from wrong_shares(purchasing, values, origins, str(start))
    due = [
        (specificity, first, last, n)
        for first, last, n in changing
        if (specificity := meant(scenario.policies[n], purchasing)) >= 0 and (last is None or last >= start)
    ]
    after = [last + 1 for _, _, last, _ in due if last is not None and last + 1 < end]
    for date in sorted({*(max(first, start) for _, first, _, _ in due), *after}):
        for_now, from_now = dict(values), dict(origins)
        # The most specific one holds, of equals the later one.
        for _, first, last, n in sorted(due, key=lambda one: (one[0], one[1], one[3])):
            policy = scenario.policies[n]
            if first <= date and (last is None or date <= last):
                given = {key: value for key, value in policy.levers.items() if key in SHARES}
                for_now |= given
                from_now |= {key: ("policies", n, policy.key, key) for key in given}
        yield from wrong_shares(purchasing, for_now, from_now, str(date))


def in_full(policy: Policy) -> Quarter | None:
    """Quarter at which a dated policy is first in force in full; none for a trigger."""
    return policy.last if policy.ramp else policy.at or policy.from_


def wrong_shares(
    purchasing: Purchasing, values: dict[str, object], origins: dict[str, KeyPath], date: str
) -> Iterator[Issue]:
    """Shares that sum to more than 1, reported at each line that adds to them; shares without a receiver."""
    given = {key: share_of(values, key) for key in SHARES}
    whole = sum(given.values())
    for key, share in given.items():
        at_key = origins[key][0] == "policies"
        if share > 0 and whole > 1 + ROUNDING:
            what = f"the channel shares of {purchasing.name} sum to {whole:g} from {date} on"
            yield Issue(origins[key], what, "expected 1 at most, together", at_key=at_key)
        if share > 0 and key in FOR_INSTITUTIONS and not purchasing.institutions:
            what = f"{purchasing.name} has no institutions that could spend it"
            yield Issue(origins[key], what, "add some under 'institutions'", at_key=at_key)


def share_of(values: dict[str, object], key: str) -> float:
    """Value of a share."""
    value = values[key]
    return float(value) if isinstance(value, int | float) else 0.0


def too_little_money(purchasing: Purchasing, values: dict[str, object]) -> Iterator[Issue]:
    """A first budget for contracts of its own that could never pay for one of them."""
    levers = purchasing.levers
    rest = 1.0 - sum(share_of(values, key) for key in SHARES)
    own = levers.procurement.budget * rest
    if own <= 0:
        return
    if levers.contract.form == "post" and levers.contract.post_price > own:
        what = f"a post costs more than the {own:,.0f} CNY a year that {purchasing.name} has for contracts"
        yield Issue((*purchasing.path, "contract", "post_price"), what, "lower the price or raise the budget")
    if levers.contract.form != "post" and rest < 1 and 0.5 * levers.contract.value > own:
        what = f"even half a lot is more than the {own:,.0f} CNY a year that {purchasing.name} has for contracts"
        yield Issue((*purchasing.path, "contract", "value"), what, "lower the value, or leave more of the budget")
