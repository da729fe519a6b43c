"""Amount checks: amounts of money that grow, in the years of the run, to more than the model can count to the fen.

Each amount alone has its maximum (`sim.scenario.parameters`); here it is followed with its yearly growth, with steps,
ramps and pulses of either, to the end of the run.  What triggers and the economy add is not known before;
there the run stops if an amount becomes too large (`sim.engine.arithmetic`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import annotated_types

from sim.declarations.input_issues import Issue, KeyPath, Problem, ScenarioError
from sim.scenario.checks.budget_timeline import BUDGET, begins_later, grown_budgets
from sim.scenario.checks.grown_amount import GrownAmount, growth_index, year_starts
from sim.scenario.checks.lever_timeline import LeverTimeline, lever_timeline, number_at
from sim.scenario.checks.money_total import copies, too_much_money
from sim.scenario.checks.purchasing_channel_checks import Purchasing, purchasers
from sim.scenario.parameters.parameter_spec import Group, ParameterSpec, parameters_of
from sim.scenario.parameters.policy_levers import Purchaser
from sim.scenario.parameters.rule_parameters import Rules
from sim.scenario.parameters.scenario_file import Scenario

POOLS = ("pool",)
"""Amounts of a city that flow into the model every year."""
COMMISSION = ("rules", "commissions", "value")
READS = (
    "length",
    "dates",
    "procurement",
    "contract",
    "rules",
    "cities.outside_wage",
    "cities.outside_growth",
    "cities.pool",
    "cities.growth",
    "cities.adopts",
    "sponsors",
    "colleges",
    "associations.cash",
    "agencies.cash",
    "generated.cash",
)
"""Keys on which the checks depend."""


def check_length(scenario: Scenario, quarters: int) -> None:
    """Refuse to run a valid scenario for a number of quarters for which its amounts grow too large.

    Raises
    ------
    ScenarioError
        With every amount that does.
    """
    problems = [Problem("", 0, 0, one.path, one.what, one.allowed) for one in unsafe_amounts(scenario, quarters)]
    if problems:
        raise ScenarioError(problems)


def unsafe_amounts(scenario: Scenario, quarters: int | None = None) -> Iterator[Issue]:
    """Amounts that grow too large, or a price or wage that falls to nothing.

    Parameters
    ----------
    scenario : Scenario
        A valid scenario.
    quarters : int, optional
        Length of the run; the scenario's by default.
    """
    length = quarters or scenario.quarters
    budgets: list[GrownAmount] = []
    others = [*rule_amounts(scenario, length), *city_amounts(scenario, length)]
    others += institution_amounts(scenario, length)
    for purchasing in purchasers(scenario):
        budgets.append(planned_budget(scenario, purchasing, length))
        others += price_amounts(scenario, purchasing, length)
    found: dict[KeyPath, Issue] = {}
    # Of several amounts that one growth makes too large, the first says how long a run may be.
    for amount in sorted((*budgets, *others), key=lambda amount: amount.fails_at):
        if amount.fails_at >= 0:
            issue = amount.issue(scenario.start)
            found.setdefault(issue.path, issue)
    yield from found.values()
    if not found:
        yield from too_much_money(scenario, length, budgets, [one for one in others if one.count])


def planned_budget(scenario: Scenario, purchasing: Purchasing, length: int) -> GrownAmount:
    """Yearly budgets of a government, before the economy and pressure: level x factor x growth of the level.

    Where a city's fund draws money of districts (`special_fund.local_match`), theirs count twice: the plan, and at
    most as much again.
    """
    level, factor, growth = (
        lever_timeline(scenario, purchasing, key, length)
        for key in (BUDGET, "procurement.budget_factor", "procurement.growth")
    )
    rates = growth.values
    if begins_later(scenario.cities[str(purchasing.path[1])], scenario.start):
        # Until then it follows prices; the faster of both is never too low.
        prices = lever_timeline(scenario, purchasing, "contract.price_growth", length)
        rates = [max(pair) for pair in zip(growth.values, prices.values, strict=True)]
    years = year_starts(scenario.start, length)
    grown = grown_budgets(scenario, purchasing, rates, years)
    index = [one / level.values[n] if level.values[n] > 0.0 else 1.0 for one, n in zip(grown, years, strict=True)]
    # What is set in a year holds to its end, whatever the levers do meanwhile.
    year = [bisect_right(years, quarter) - 1 for quarter in range(length)]
    values = [level.values[years[n]] * factor.values[years[n]] for n in year]
    paths = [factor.paths[n] if factor.values[n] > 1.0 else level.paths[n] for n in years]
    return GrownAmount(
        f"the yearly budget of {purchasing.name}",
        values,
        [index[n] for n in year],
        [paths[n] for n in year],
        [growth.paths[years[n]] for n in year],
        count=copies(scenario, purchasing.path) * (2 if may_match(scenario, purchasing) else 1),
    )


def may_match(scenario: Scenario, purchasing: Purchasing) -> bool:
    """Whether a district may ever add to its budget for what its city's fund pays."""
    key = "special_fund.local_match"
    city = scenario.cities[str(purchasing.path[1])]
    changed = any(policy.levers.get(key) for policy in scenario.policies)
    return purchasing.levers is not city.government and (city.government.special_fund.local_match > 0 or changed)


def price_amounts(scenario: Scenario, purchasing: Purchasing, length: int) -> Iterator[GrownAmount]:
    """Values and prices that a government's own growth of prices raises, commissions of institutions included."""
    growths: dict[str, LeverTimeline] = {}
    for leaf in growing(Purchaser):
        if leaf.key != BUDGET:
            growth = growths.setdefault(leaf.grows_with, lever_timeline(scenario, purchasing, leaf.grows_with, length))
            amount = lever_timeline(scenario, purchasing, leaf.key, length)
            words = f"'{leaf.key}' of {purchasing.name}"
            index = growth_index(scenario.start, growth.values)
            yield GrownAmount(words, amount.values, index, amount.paths, growth.paths, minimum_of(leaf) > 0)
    if purchasing.institutions:
        growth = lever_timeline(scenario, purchasing, "contract.price_growth", length)
        index = growth_index(scenario.start, growth.values)
        values = [scenario.rules.commissions.value] * length
        words = f"the value of a commission in {purchasing.name}"
        yield GrownAmount(words, values, index, [COMMISSION] * length, growth.paths, True)


def rule_amounts(scenario: Scenario, length: int) -> Iterator[GrownAmount]:
    """Costs and fees of the rules, which inflation raises."""
    for leaf in growing(Rules):
        if leaf.grows_with.startswith("rules."):
            yield constant_growth(scenario, scenario, ("rules", *leaf.path), leaf, length, (), f"'rules.{leaf.key}'")


def city_amounts(scenario: Scenario, length: int) -> Iterator[GrownAmount]:
    """Outside wages and donors' pools of cities."""
    for name, city in scenario.cities.items():
        for section, group in (("labour", city.labour), ("donors", city.donors)):
            for leaf in growing(type(group)):
                words = f"'{section}.{leaf.key}' of {name}"
                yield constant_growth(scenario, city, (section, *leaf.path), leaf, length, ("cities", name), words)


def institution_amounts(scenario: Scenario, length: int) -> Iterator[GrownAmount]:
    """Institutions' own money, which inflation raises."""
    for name, facts in scenario.institutions.items():
        for leaf in growing(type(facts)):
            words = f"'{leaf.key}' of {name}"
            yield constant_growth(scenario, facts, leaf.path, leaf, length, ("institutions", name), words)


def constant_growth(
    scenario: Scenario,
    root: Group,
    path: tuple[str, ...],
    leaf: ParameterSpec,
    length: int,
    prefix: KeyPath,
    words: str,
) -> GrownAmount:
    """An amount that no policy changes, and whose growth none does.

    Parameters
    ----------
    scenario : Scenario
        The scenario.
    root : Group
        Group in which `path` and the key of the growth begin.
    path : tuple of str
        Where the amount stands in it.
    leaf : ParameterSpec
        Its declaration.
    length : int
        Quarters of the run.
    prefix : KeyPath
        Where the root stands.
    words : str
        What it is, for messages.
    """
    growth = tuple(leaf.grows_with.split("."))
    values = [number_at(root, path)] * length
    # Inflation is a number of the rules, whatever it raises.
    by_rules = growth[0] == "rules"
    rates = [number_at(scenario if by_rules else root, growth)] * length
    places = [(*prefix, *path)] * length, [growth if by_rules else (*prefix, *growth)] * length
    index = growth_index(scenario.start, rates)
    pools = copies(scenario, prefix) if leaf.key in POOLS else 0
    return GrownAmount(words, values, index, *places, is_price=minimum_of(leaf) > 0, count=pools)


def growing(group: type[Group]) -> list[ParameterSpec]:
    """Amounts of a group that grow from year to year."""
    return [leaf for leaf in parameters_of(group) if leaf.grows_with]


def minimum_of(leaf: ParameterSpec) -> float:
    """Least value that is allowed."""
    return next((float(str(bound.ge)) for bound in leaf.info.metadata if isinstance(bound, annotated_types.Ge)), 0.0)
