"""Scenario warnings: what a valid scenario file probably does not mean, with its places in the files.

Beside `doubtful_values`, which reads values alone, amounts in prices of another year than the first of the run:
defaults, and what an extended file wrote for a start of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Issue, IssueError, KeyPath, Problem, key_path, listed
from sim.scenario.checks.adoption_checks import doubtful_adoption
from sim.scenario.checks.doubtful_money import doubtful_money
from sim.scenario.checks.doubtful_values import doubtful_values
from sim.scenario.checks.hidden_policies import hidden_policies
from sim.scenario.parameters.parameter_spec import Group, ParameterSpec, parameters_of, value_at
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.rule_parameters import Rules
from sim.scenario.parameters.scenario_file import (
    Agency,
    AgencyGroup,
    Association,
    City,
    College,
    District,
    Scenario,
    Sponsor,
)
from sim.scenario.reading.extends_chain import read_file
from sim.scenario.reading.file_loading import Loaded
from sim.scenario.reading.layering import each
from sim.scenario.reading.located_values import located

PRICE_YEAR = "price-year"
"""Kind of these warnings."""

DEFAULT_YEARS = (2008, 2012)
"""First and last year of the sources that the defaults of amounts are from."""

MOST_NAMED = 4


def scenario_warnings(loaded: Loaded[Scenario]) -> list[Problem]:
    """Every warning about a scenario, each with its place, in the order of the places."""
    scenario = loaded.scenario
    issues = [
        *doubtful_values(scenario),
        *doubtful_adoption(scenario),
        *doubtful_money(scenario),
        *hidden_policies(scenario),
        *default_prices(loaded),
        *inherited_prices(loaded),
    ]
    return [loaded.problem(issue) for issue in issues]


def default_prices(loaded: Loaded[Scenario]) -> Iterator[Issue]:
    """Wages, prices and costs that are left at their defaults although the run starts long before or after them."""
    first, last = DEFAULT_YEARS
    start = loaded.scenario.start
    if first <= start.year <= last:
        return
    left = [key_path(path) for path in amounts_of(loaded.scenario) if not written(loaded.values, path)]
    if left:
        what = (
            f"the run starts in {start.year}, and {len(left)} amounts are left at their defaults, which are in prices "
            f"of {first} to {last}: {listed(left, MOST_NAMED)}"
        )
        yield Issue(("start",), what, "give them in prices of the first year", kind=PRICE_YEAR)


def inherited_prices(loaded: Loaded[Scenario]) -> Iterator[Issue]:
    """Amounts that an extended file gives for a start in another year."""
    years = file_years(loaded)
    start = loaded.scenario.start
    found: dict[tuple[str, int], list[str]] = {}
    for path in written_amounts(loaded.values):
        file = located(loaded.tree, path)[0].file
        year = years.get(file, start.year)
        if year != start.year:
            found.setdefault((file, year), []).append(key_path(path))
    for (file, year), paths in found.items():
        what = (
            f"the run starts in {start.year}, and amounts of {file} are in prices of {year}, where it starts: "
            f"{listed(paths, MOST_NAMED)}"
        )
        yield Issue(("start",), what, "give them in prices of the first year", kind=PRICE_YEAR)


def written_amounts(values: Any) -> Iterator[KeyPath]:
    """Paths of the amounts of money that the files write, zeros left out."""
    for pattern in amount_patterns():
        yield from (path for path, value in each(values, *pattern) if value)
    levers = {spec.key for group in (CityGovernment, DistrictGovernment) for spec in amount_specs(group)}
    for how in ("set", "ramp"):
        for path, value in each(values, "policies", "*", how, "*"):
            if value and path[-1] in levers:
                yield path


@cache
def amount_patterns() -> tuple[tuple[str, ...], ...]:
    """Paths of all amounts that a scenario file may write outside policies, with ``*`` for names."""
    groups: dict[tuple[str, ...], type[Group]] = {
        ("cities", "*"): City,
        ("cities", "*", "districts", "*"): District,
        ("colleges", "*"): College,
        ("sponsors", "*"): Sponsor,
        ("associations", "*"): Association,
        ("agencies", "*"): Agency,
        ("generated", "*"): AgencyGroup,
        ("rules",): Rules,
    }
    return tuple((*where, *spec.path) for where, group in groups.items() for spec in amount_specs(group))


def amounts_of(scenario: Scenario) -> Iterator[KeyPath]:
    """Paths of wages, prices and costs that a run uses, whether the files write them or not."""
    places: list[tuple[KeyPath, Group]] = []
    for name, city in scenario.cities.items():
        places.append((("cities", name), city))
        places += [(("cities", name, "districts", below), district) for below, district in city.districts.items()]
    for path, group in (*places, (("rules",), scenario.rules)):
        yield from ((*path, *spec.path) for spec in amount_specs(type(group)) if value_at(group, spec.path))


def amount_specs(group: type[Group]) -> list[ParameterSpec]:
    """Parameters of a group that are money."""
    return [spec for spec in parameters_of(group) if spec.unit.startswith("CNY")]


def written(values: Any, path: KeyPath) -> bool:
    """Whether the files say something at a path."""
    for part in path:
        if not isinstance(values, dict) or part not in values:
            return False
        values = values[part]
    return True


def file_years(loaded: Loaded[Scenario]) -> dict[str, int]:
    """The year in which a run of each file that was read would start, by the name of the file in messages."""
    years: dict[str, int] = {}
    year: int | None = None
    for file in loaded.files:
        node, _ = read_file(file)
        start = node.value.get("start") if node is not None and isinstance(node.value, dict) else None
        try:
            year = year if start is None else Quarter.parse(start.value).year
        except IssueError:
            continue
        if node is not None and year is not None:
            years[node.at.file] = year
    return years
