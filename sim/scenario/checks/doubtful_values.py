"""Doubtful values: what a valid scenario probably does not mean, as warnings.

A scenario with warnings runs; each says what will happen in the run, and what would change it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, listed
from sim.scenario.checks.purchasing_channel_checks import SHARES, Purchasing, in_full, meant, purchasers, share_of
from sim.scenario.parameters.parameter_spec import parameters_of, value_at
from sim.scenario.parameters.payment_parameters import Settlement
from sim.scenario.parameters.policy_levers import Purchaser
from sim.scenario.parameters.scenario_file import Scenario

UNREACHABLE, NO_MEMBERS, CHANGED_MEANING = "unreachable-money", "no-members", "changed-meaning"
WITHOUT_EFFECT = "without-effect"
"""Kinds of warnings."""

MOST_NAMED = 4

APPLICANTS = "special_fund.applicants"
GRANTS = tuple(f"grants.{name}" for name in ("core", "incubation", "matching"))
"""Levers that pay grants out."""

SETTLEMENT = tuple(f"settlement.{leaf.key}" for leaf in parameters_of(Settlement))
SETTLEMENT_OFF = {"settlement.audit": 0.0, "settlement.returned": 0.0, "settlement.allowed_surplus": 1.0}
"""Values that leave nothing to settle."""


def doubtful_values(scenario: Scenario) -> Iterator[Issue]:
    """Every warning that follows from the values of a scenario."""
    for purchasing in purchasers(scenario):
        yield from fund_without_association(scenario, purchasing)
        yield from grants_without_receivers(scenario, purchasing)
        yield from matching_without_money(scenario, purchasing)
        yield from settlement_without_effect(scenario, purchasing)
    yield from companies_without_agencies(scenario)
    yield from without_members(scenario)
    yield from strength_gain_of_older_rules(scenario)


def strength_gain_of_older_rules(scenario: Scenario) -> Iterator[Issue]:
    """A gain in strength as it was written when it was no odds."""
    gain = scenario.rules.need.strength_gain
    if 0 < gain < 1:
        what = f"strength_gain {gain:g} is odds since 0.2, by which communities hardly become stronger"
        yield Issue(("rules", "need", "strength_gain"), what, "expected 4 to 8, or 0 for no gain", kind=CHANGED_MEANING)


def fund_without_association(scenario: Scenario, purchasing: Purchasing) -> Iterator[Issue]:
    """A city's fund that only members of associations may apply to, in a city without one."""
    if purchasing.general != "cities" or not buys_by_itself(scenario, purchasing):
        return
    if value_at(purchasing.levers, ("special_fund", "applicants")) != "associations":
        return
    founded = [facts.founded for facts in scenario.associations.values() if facts.city == purchasing.name]
    if any(date is None or date <= scenario.start for date in founded):
        return
    opened = first_date(scenario, purchasing, APPLICANTS, lambda value: value == "registered")
    dates = [date for date in (*founded, opened) if date is not None]
    until = min(dates, default=None)
    if until is not None and until <= scenario.start:
        return
    how_long = "for the whole run" if until is None else f"until {until}"
    what = (
        f"nobody can apply to the fund of {purchasing.name} {how_long}: it is for members of associations, "
        "and the city has none; its money lapses"
    )
    allowed = f"add an association, set {APPLICANTS} to 'registered', or the budget to 0"
    yield Issue((*purchasing.path, "procurement", "budget"), what, allowed, kind=UNREACHABLE)


def buys_by_itself(scenario: Scenario, purchasing: Purchasing) -> bool:
    """Whether a government has money for contracts of its own at any time."""
    budgets = values_over_time(scenario, purchasing, "procurement.budget")
    given = sum(
        min(share_of({key: value}, key) for value in values_over_time(scenario, purchasing, key)) for key in SHARES
    )
    return any(map(positive, budgets)) and given < 1.0


def grants_without_receivers(scenario: Scenario, purchasing: Purchasing) -> Iterator[Issue]:
    """A share of the budget for grants, and no lever that would pay one out."""
    key = "procurement.shares.grants"
    shares = values_over_time(scenario, purchasing, key)
    paid = [value for lever in GRANTS for value in values_over_time(scenario, purchasing, lever)]
    if not any(map(positive, shares)) or any(map(positive, paid)):
        return
    what = f"{purchasing.name} sets money aside for grants and pays none: it lapses"
    allowed = f"set {', '.join(GRANTS[:-1])} or {GRANTS[-1]}"
    yield Issue((*purchasing.path, *key.split(".")), what, allowed, kind=UNREACHABLE)


def matching_without_money(scenario: Scenario, purchasing: Purchasing) -> Iterator[Issue]:
    """Grants that match what agencies raise, or other grants, without a share of the budget for them."""
    if any(map(positive, values_over_time(scenario, purchasing, "procurement.shares.grants"))):
        return
    for key in GRANTS:
        if any(map(positive, values_over_time(scenario, purchasing, key))):
            what = f"{purchasing.name} sets no money aside for grants, so it pays none"
            allowed = f"set procurement.shares.grants above 0, or {key} to 0"
            yield Issue((*purchasing.path, *key.split(".")), what, allowed, kind=WITHOUT_EFFECT)


def settlement_without_effect(scenario: Scenario, purchasing: Purchasing) -> Iterator[Issue]:
    """Settlement levers that were moved, where another one switches settlement off for the whole run."""
    moved = [key for key in SETTLEMENT if is_moved(scenario, purchasing, key)]
    for key, off in SETTLEMENT_OFF.items():
        values = values_over_time(scenario, purchasing, key)
        others = [other for other in moved if other != key]
        if others and all(value == off for value in values):
            what = f"nothing is ever settled in {purchasing.name}, because {key} is {off:g}"
            allowed = (
                f"set {key} {'above 0' if off == 0 else 'below 1'}, or leave {listed(others)} out: it does nothing"
            )
            yield Issue((*purchasing.path, *key.split(".")), what, allowed, kind=WITHOUT_EFFECT)


def is_moved(scenario: Scenario, purchasing: Purchasing, key: str) -> bool:
    """Whether a lever ever has another value than its default."""
    default = value_at(Purchaser(), tuple(key.split(".")))
    return any(value != default for value in values_over_time(scenario, purchasing, key))


def companies_without_agencies(scenario: Scenario) -> Iterator[Issue]:
    """Companies with a budget that would pay no agency."""
    for name, sponsor in scenario.sponsors.items():
        if sponsor.budget > 0 and sponsor.agencies == 0:
            what = f"'{name}' would pay no agency, so nobody gets its budget"
            yield Issue(("sponsors", name, "agencies"), what, "expected 1 or more", kind=UNREACHABLE)


def without_members(scenario: Scenario) -> Iterator[Issue]:
    """Colleges and associations that no agency of the scenario belongs to: one warning for each kind."""
    later = {"colleges": "founds agencies of its own", "associations": "is joined"}
    for section, key in (("colleges", "college"), ("associations", "association")):
        named = {getattr(agency, key) for agency in scenario.agencies.values()}
        without = [name for name in getattr(scenario, section) if name not in named]
        if without:
            those = f"these {len(without)} {section}" if len(without) > 1 else f"this {key}"
            what = f"no agency belongs to {those} until it {later[section]}: {listed(without, MOST_NAMED)}"
            allowed = f"name it as '{key}' of an agency, if one should belong to it from the start"
            yield Issue((section, without[0]), what, allowed, at_key=True, kind=NO_MEMBERS)


def values_over_time(scenario: Scenario, purchasing: Purchasing, key: str) -> list[object]:
    """Values that a lever of a government has at the start, or gets from policies."""
    changed = [
        policy.levers[key] for policy in scenario.policies if key in policy.levers and meant(policy, purchasing) >= 0
    ]
    return [value_at(purchasing.levers, tuple(key.split("."))), *changed]


def first_date(
    scenario: Scenario, purchasing: Purchasing, key: str, wanted: Callable[[object], bool]
) -> Quarter | None:
    """First date at which a policy gives a lever of a government a value that is wanted; None for never."""
    dates = [
        in_full(policy) or scenario.start
        for policy in scenario.policies
        if key in policy.levers and wanted(policy.levers[key]) and meant(policy, purchasing) >= 0
    ]
    return min(dates, default=None)


def positive(value: object) -> bool:
    """Whether a value of a lever is a number above 0."""
    return isinstance(value, int | float) and value > 0
