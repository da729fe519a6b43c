"""Scenario size: how many places and organisations the counts of a scenario make together.

Counts multiply (cities × districts × communities), so each may be within its bounds and the whole beyond every
machine.  Everything here is a product of counts: nothing is listed, and nothing allocated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.declarations.input_issues import Issue, KeyPath
from sim.scenario.checks.name_checks import district_names
from sim.scenario.parameters.scenario_file import Scenario


class Totals(NamedTuple):
    """Numbers of places and organisations at the start, copies counted.

    Attributes
    ----------
    cities, districts, communities, colleges, sponsors, associations, agencies, branches, institutions : int
        How many of each.
    """

    cities: int
    districts: int
    communities: int
    colleges: int
    sponsors: int
    associations: int
    agencies: int
    branches: int
    institutions: int


MOST = Totals(
    cities=10_000,
    districts=100_000,
    communities=1_000_000,
    colleges=100_000,
    sponsors=100_000,
    associations=100_000,
    agencies=1_000_000,
    branches=1_000_000,
    institutions=1_000_000,
)
"""Most that a scenario may make; all of China has some 3 000 districts and counties and 100 000 urban communities."""


def totals(scenario: Scenario) -> Totals:
    """Count what a scenario makes; what names an unknown place, which is reported elsewhere, counts for nothing."""
    copies = {name: city.count for name, city in scenario.cities.items()}
    districts = {
        (name, below): facts.count for name, city in scenario.cities.items() for below, facts in city.districts.items()
    }
    known = district_names({"cities": {name: {"districts": city.districts} for name, city in scenario.cities.items()}})

    def places(district: str) -> int:
        """Copies of a district in each copy of its city."""
        return districts.get(known.get(district, ("", "")), 0)

    def everywhere(district: str) -> int:
        """Copies of a district over all copies of its city."""
        return copies.get(known.get(district, ("", ""))[0], 0) * places(district)

    return Totals(
        cities=sum(copies.values()),
        districts=sum(copies[city] * count for (city, _), count in districts.items()),
        communities=sum(number for _, number in communities_by_entry(scenario)),
        colleges=sum(copies.get(facts.city, 0) for facts in scenario.colleges.values()),
        sponsors=sum(facts.count * copies.get(facts.city, 0) for facts in scenario.sponsors.values()),
        associations=sum(
            everywhere(facts.district) if facts.district is not None else copies.get(facts.city, 0)
            for facts in scenario.associations.values()
        ),
        agencies=sum(everywhere(facts.district) for facts in scenario.agencies.values())
        + sum(group.count for group in scenario.generated.values()),
        branches=sum(
            everywhere(facts.district) * places(branch)
            for facts in scenario.agencies.values()
            for branch in facts.branches
        ),
        institutions=sum(
            facts.count * copies[city] * count
            for facts in scenario.institutions.values()
            for (city, _), count in districts.items()
            if not facts.cities or city in facts.cities
        ),
    )


def communities_by_entry(scenario: Scenario) -> Iterator[tuple[KeyPath, int]]:
    """Communities of every district entry, with the place of their count."""
    for name, city in scenario.cities.items():
        for below, facts in city.districts.items():
            path = ("cities", name, "districts", below, "communities", "count")
            yield path, city.count * facts.count * facts.communities.count


def too_large(scenario: Scenario) -> Iterator[Issue]:
    """Kinds of which the counts make more than `MOST` together."""
    made = totals(scenario)
    for kind, number, most in zip(Totals._fields, made, MOST, strict=True):
        if number > most:
            what = f"the counts of the scenario make {number:,} {kind} together"
            yield Issue(place_of(scenario, kind), what, f"expected {most:,} at most")


def place_of(scenario: Scenario, kind: str) -> KeyPath:
    """Where the counts of a kind stand: for places the entry that makes most of them."""
    if kind == "cities":
        return ("cities", max(scenario.cities, key=lambda name: scenario.cities[name].count), "count")
    if kind in ("districts", "communities"):
        path = max(communities_by_entry(scenario), key=lambda entry: entry[1])[0]
        return path if kind == "communities" else (*path[:-2], "count")
    section = {"agencies": "generated" if scenario.generated else "agencies", "branches": "agencies"}.get(kind, kind)
    return (section,)
