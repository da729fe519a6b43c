"""Doubtful money: sources without a budget, what another lever or rule switches off, weights that are all 0.

Warnings like those of `doubtful_values`: a scenario with them runs; each says what will happen, and what would
change it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.declarations.input_issues import Issue, KeyPath, listed
from sim.scenario.checks.doubtful_values import (
    MOST_NAMED,
    SETTLEMENT_OFF,
    UNREACHABLE,
    WITHOUT_EFFECT,
    buys_by_itself,
    positive,
    values_over_time,
)
from sim.scenario.checks.lever_timeline import lever_timeline
from sim.scenario.checks.purchasing_channel_checks import Purchasing, purchasers
from sim.scenario.parameters.parameter_spec import value_at
from sim.scenario.parameters.rule_parameters import Rules
from sim.scenario.parameters.scenario_file import Scenario

WITHOUT_WEIGHTS = "without-weights"
"""Kind of the warning on weights that are all 0."""

WEIGHTS = tuple(f"scoring.{name}" for name in ("price", "quality", "relation", "experience"))
LOCAL_MATCH = "special_fund.local_match"

SWITCHED_OFF = {
    "credit.dues": ("credit.months", "credit.interest"),
    "credit.months": ("credit.dues", "credit.interest"),
    "closing.support_months": ("closing.support_gap", "closing.support_kept"),
}
"""Rules that 0 switches off, and the numbers that do nothing then."""
_YEAR = 4


def doubtful_money(scenario: Scenario) -> Iterator[Issue]:
    """Every such warning."""
    every = list(purchasers(scenario))
    for purchasing in every:
        if purchasing.general == "cities":
            yield from calls_without_money(scenario, purchasing)
            yield from incentives_without_givers(scenario, purchasing)
            yield from match_without_fund(scenario, purchasing)
    yield from bids_without_weights(scenario, every)
    yield from numbers_without_effect(scenario)
    yield from anticipation_without_settlement(scenario, every)


def calls_without_money(scenario: Scenario, purchasing: Purchasing) -> Iterator[Issue]:
    """Foundations that call for projects without a budget, or for one that the money of the whole run does not pay."""
    donors = scenario.cities[purchasing.name].donors
    path: KeyPath = ("cities", purchasing.name, "donors")
    if donors.calls <= 0:
        return
    if donors.pool <= 0:
        what = f"foundations of {purchasing.name} have no money to call for projects with"
        yield Issue((*path, "calls"), what, "set donors.pool above 0, or donors.calls to 0", kind=WITHOUT_EFFECT)
        return
    years = range(-(-scenario.quarters // _YEAR))
    money = donors.calls * donors.pool * sum((1.0 + donors.growth) ** year for year in years) / len(years)
    money *= scenario.quarters / _YEAR
    if donors.project > money:
        what = (
            f"a project costs more than all {money:,.0f} CNY that foundations of {purchasing.name} have for calls in "
            "the run, so none is granted and the money stays with them"
        )
        yield Issue((*path, "project"), what, "lower donors.project, or raise donors.calls", kind=UNREACHABLE)


def incentives_without_givers(scenario: Scenario, purchasing: Purchasing) -> Iterator[Issue]:
    """Tax relief where no donor has money, and an incentive for companies where there are none."""
    city = purchasing.name
    companies = any(one.city == city and one.budget > 0 and one.agencies > 0 for one in scenario.sponsors.values())
    checks = (
        ("giving.tax_relief", scenario.cities[city].donors.pool > 0, "donors have no money", "donors.pool above 0"),
        ("giving.csr_incentive", companies, "no company pays agencies", "a company with a budget under 'sponsors'"),
    )
    for key, there, why, wanted in checks:
        if not there and any(map(positive, values_over_time(scenario, purchasing, key))):
            what = f"{key} does nothing in {city}, because {why} there"
            allowed = f"give {wanted}, or leave {key} out"
            yield Issue((*purchasing.path, *key.split(".")), what, allowed, kind=WITHOUT_EFFECT)


def match_without_fund(scenario: Scenario, purchasing: Purchasing) -> Iterator[Issue]:
    """Districts that would add to what the city's fund pays, where the fund pays nothing or they have no budget."""
    if not any(map(positive, values_over_time(scenario, purchasing, LOCAL_MATCH))):
        return
    districts = [one for one in purchasers(scenario) if one.general != "cities" and _city(one) == purchasing.name]
    why = ""
    if not buys_by_itself(scenario, purchasing):
        why = "the city's fund has no money for contracts"
    elif not any(any(map(positive, values_over_time(scenario, one, "procurement.budget"))) for one in districts):
        why = "no district has a budget, and at most as much again is added"
    if why:
        what = f"{LOCAL_MATCH} adds nothing in {purchasing.name}: {why}"
        allowed = f"give a procurement.budget, or set {LOCAL_MATCH} to 0"
        yield Issue((*purchasing.path, *LOCAL_MATCH.split(".")), what, allowed, kind=WITHOUT_EFFECT)


def _city(purchasing: Purchasing) -> str:
    return str(purchasing.path[1])


def bids_without_weights(scenario: Scenario, every: list[Purchasing]) -> Iterator[Issue]:
    """Panels that weigh nothing in the bids that they rank: one warning for each place where that is written."""
    found: dict[tuple[KeyPath, str], list[str]] = {}
    for purchasing in every:
        if not buys_by_itself(scenario, purchasing):
            continue
        lines = [lever_timeline(scenario, purchasing, key, scenario.quarters) for key in WEIGHTS]
        sums = [sum(values) for values in zip(*(line.values for line in lines), strict=True)]
        if 0.0 in sums:
            quarter = sums.index(0.0)
            place = lines[0].paths[quarter]
            noise = lever_timeline(scenario, purchasing, "scoring.noise", scenario.quarters).values[quarter]
            how = "by noise alone" if noise > 0 else "by nothing"
            words = f"are 0 from {scenario.start + quarter} on, so bids are ranked {how}"
            found.setdefault((place, words), []).append(purchasing.name)
    for (place, words), names in found.items():
        what = f"all weights of bids of {listed(names, MOST_NAMED)} {words}"
        allowed = f"give one of {listed([key.removeprefix('scoring.') for key in WEIGHTS])} a weight above 0"
        yield Issue(place, what, allowed, at_key=place[0] == "policies", kind=WITHOUT_WEIGHTS)


def numbers_without_effect(scenario: Scenario) -> Iterator[Issue]:
    """Numbers of rules that were moved although another number switches their rule off."""
    for off, others in SWITCHED_OFF.items():
        if value_at(scenario.rules, tuple(off.split("."))) != 0:
            continue
        moved = [key for key in others if _is_moved(scenario, key)]
        if moved:
            what = f"rules.{off} is 0, which switches the rule off, so {listed(moved)} {_do(moved)} nothing"
            yield Issue(
                ("rules", *off.split(".")), what, f"set {off} above 0, or leave the rest out", kind=WITHOUT_EFFECT
            )


def _is_moved(scenario: Scenario, key: str) -> bool:
    path = tuple(key.split("."))
    value = value_at(scenario.rules, path)
    return bool(value != value_at(Rules(), path) and value != 0)


def _do(names: list[str]) -> str:
    return "does" if len(names) == 1 else "do"


def anticipation_without_settlement(scenario: Scenario, every: list[Purchasing]) -> Iterator[Issue]:
    """A wish to spend ahead of settlements, where nothing is ever settled."""
    key = "reserves.anticipation"
    if not _is_moved(scenario, key):
        return
    for purchasing in every:
        values = {lever: values_over_time(scenario, purchasing, lever) for lever in SETTLEMENT_OFF}
        if all(any(value != off for value in values[lever]) for lever, off in SETTLEMENT_OFF.items()):
            return
    what = f"rules.{key} does nothing, because no government ever settles a contract"
    allowed = "set settlement.audit above 0 somewhere, or leave it out"
    yield Issue(("rules", *key.split(".")), what, allowed, kind=WITHOUT_EFFECT)
