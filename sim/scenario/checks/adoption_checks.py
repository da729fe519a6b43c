"""Adoption checks: when cities begin to buy services, and what of it does nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sim.declarations.input_issues import Issue, KeyPath
from sim.scenario.checks.doubtful_values import WITHOUT_EFFECT, positive, values_over_time
from sim.scenario.checks.purchasing_channel_checks import Purchasing, purchasers
from sim.scenario.parameters.adoption_parameters import Adoption
from sim.scenario.parameters.parameter_spec import parameters_of, value_at
from sim.scenario.parameters.scenario_file import City, Scenario

PRESSURE = "adoption.pressure"
CEILING = "procurement.ceiling"


def wrong_adoption(scenario: Scenario) -> Iterator[Issue]:
    """Dates beside the rule, and dates within a year: budgets are set at its start."""
    for name, city in scenario.cities.items():
        path: KeyPath = ("cities", name, "begins")
        if city.begins is None:
            continue
        if city.adopts:
            what = "'begins' and 'adopts' cannot stand together: the one is a date, the other leaves it to the rule"
            yield Issue(path, what, "keep one of them", at_key=True)
        elif city.begins > scenario.start and city.begins.number != 1:
            following = city.begins + (5 - city.begins.number)
            what = f"{city.begins} is within a year: budgets are set at its start"
            yield Issue(path, what, "expected a first quarter", suggestion=str(following))


def doubtful_adoption(scenario: Scenario) -> Iterator[Issue]:
    """Dates that the run does not reach, and what only adopting cities read where there are none."""
    end = scenario.start + scenario.quarters
    for name, city in scenario.cities.items():
        if city.begins is not None and city.begins >= end:
            what = f"{name} buys nothing in this run, which ends before {city.begins}"
            yield Issue(("cities", name, "begins"), what, "expected an earlier date", kind=WITHOUT_EFFECT)
        if city.region is not None and not any(has_adopting(city.region, other) for other in scenario.cities.values()):
            what = f"no city of the region '{city.region}' adopts, so nobody looks at {name}"
            yield Issue(("cities", name, "region"), what, "set 'adopts' of one, or take it away", kind=WITHOUT_EFFECT)
    yield from pressure_on_nobody(scenario)
    yield from rules_for_nobody(scenario)
    for purchasing in purchasers(scenario):
        yield from ceiling_below_budget(scenario, purchasing)


def has_adopting(region: str, city: City) -> bool:
    """Whether a city is of a region and adopts by the rule."""
    return city.adopts and city.region == region


def pressure_on_nobody(scenario: Scenario) -> Iterator[Issue]:
    """Pressure to begin on a city that buys from the start, or from a date."""
    for purchasing in purchasers(scenario):
        if purchasing.general != "cities" or scenario.cities[purchasing.name].adopts:
            continue
        if value_at(purchasing.levers, tuple(PRESSURE.split("."))):
            what = f"{purchasing.name} does not adopt by the rule, so pressure does nothing"
            path = (*purchasing.path, *PRESSURE.split("."))
            yield Issue(path, what, "set 'adopts' of the city, or take it away", kind=WITHOUT_EFFECT)
    if any(city.adopts for city in scenario.cities.values()):
        return
    for n, policy in enumerate(scenario.policies):
        if PRESSURE in policy.levers:
            what = "no city adopts by the rule, so pressure does nothing"
            path = ("policies", n, policy.key, PRESSURE)
            yield Issue(path, what, "set 'adopts' of a city, or take it away", at_key=True, kind=WITHOUT_EFFECT)


def rules_for_nobody(scenario: Scenario) -> Iterator[Issue]:
    """Numbers of the rule of adoption that were moved where no city adopts by it."""
    if any(city.adopts for city in scenario.cities.values()):
        return
    usual = Adoption()
    for leaf in parameters_of(Adoption):
        if value_at(scenario.rules.adoption, leaf.path) != value_at(usual, leaf.path):
            what = f"no city adopts by the rule, so {leaf.key} does nothing"
            path = ("rules", "adoption", *leaf.path)
            yield Issue(path, what, "set 'adopts' of a city, or take it away", kind=WITHOUT_EFFECT)


def ceiling_below_budget(scenario: Scenario, purchasing: Purchasing) -> Iterator[Issue]:
    """A ceiling below the budget of the start, which then grows with prices from the first year on."""
    ceiling = purchasing.levers.procurement.ceiling
    if ceiling <= 0 or not all(map(positive, values_over_time(scenario, purchasing, CEILING))):
        return
    budget, people = purchasing.levers.procurement.budget, residents(scenario, purchasing)
    if budget > ceiling * people:
        what = (
            f"{purchasing.name} begins with {budget / people:,.2f} CNY per resident, above its ceiling of {ceiling:g}: "
            "its budget grows with prices only"
        )
        path = (*purchasing.path, *CEILING.split("."))
        yield Issue(path, what, "expected a higher ceiling, or 0 for none", kind=WITHOUT_EFFECT)


def residents(scenario: Scenario, purchasing: Purchasing) -> float:
    """Residents of one copy of a place, at the median of its communities."""
    city = scenario.cities[str(purchasing.path[1])]
    if purchasing.general == "districts":
        communities = city.districts[str(purchasing.path[3])].communities
        return communities.count * communities.residents
    return sum(d.count * d.communities.count * d.communities.residents for d in city.districts.values())
