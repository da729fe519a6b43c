"""Expected names and ids of everything in a scenario, made from its entries alone (sections 3.4 and 9.2 of the model).

Nothing is shared with the code that compiles scenarios.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sim.scenario.parameters.policy_syntax import Condition, Policy
from sim.scenario.parameters.scenario_file import Scenario
from tests.oracle.random_draws import entity_id

PARTNERS = {"association": "association", "college": "college", "sponsor": "sponsor", "sister": "agency"}
"""Kinds of what an agency names, by the field that names it."""


@dataclass(frozen=True)
class Spot:
    """A city or a district, as the places of organisations.

    `label` is its name in tables, `key` the one in ids; `number` counts cities, or districts over all cities.
    """

    entry: str
    label: str
    key: str
    city: int
    number: int


@dataclass
class Listed:
    """An organisation, with the entry that it is a copy of."""

    name: str
    key: str
    entry: str
    spot: Spot
    facts: Any


@dataclass
class Names:
    """Everything that has a name, in order.

    `names` and `ids` are by kind; `partners` says for every named agency which association, college, sponsor and
    sister it has (-1 for none), `homes` the district of every agency, counted among governments, `branches` the
    agency and district of every branch.
    """

    names: dict[str, list[str]] = field(default_factory=dict)
    ids: dict[str, list[int]] = field(default_factory=dict)
    partners: dict[str, list[int]] = field(default_factory=dict)
    homes: list[int] = field(default_factory=list)
    branches: list[tuple[int, int]] = field(default_factory=list)


def copies(name: str, count: int) -> list[str]:
    """`NAME` for one, `NAME 1`, `NAME 2`, ... for several."""
    return [name] if count == 1 else [f"{name} {n}" for n in range(1, count + 1)]


def names_of(scenario: Scenario) -> Names:
    """All names of a scenario."""
    found = Names()
    cities = [
        Spot(entry, name, name, 0, 0)
        for entry in sorted(scenario.cities)
        for name in copies(entry, scenario.cities[entry].count)
    ]
    cities = [Spot(one.entry, one.label, one.key, n, n) for n, one in enumerate(cities)]
    districts = list_districts(scenario, cities)
    name_places(found, scenario, cities, districts)
    kinds = {
        "college": by_city(of_cities(scenario.colleges, cities)),
        "sponsor": by_city(of_cities(scenario.sponsors, cities)),
        "association": list(associations(scenario, cities, districts)),
        "agency": [*named_agencies(scenario, districts), *generated_agencies(scenario, districts)],
        "institution": list(institutions(scenario, districts)),
    }
    for kind, listed in kinds.items():
        found.names[kind] = [one.name for one in listed]
        found.ids[kind] = [entity_id(f"{kind}:{one.key}") for one in listed]
    found.homes = [len(cities) + one.spot.number for one in kinds["agency"]]
    link_agencies(found, scenario, kinds, districts, len(cities))
    return found


def list_districts(scenario: Scenario, cities: list[Spot]) -> list[Spot]:
    """Districts by city, then by name; called by their city's name too where there is more than one city."""
    found: list[Spot] = []
    for city in cities:
        entries = scenario.cities[city.entry].districts
        for entry in sorted(entries):
            for name in copies(entry, entries[entry].count):
                key = f"{city.key}/{name}"
                label = key if len(cities) > 1 else name
                found.append(Spot(f"{city.entry}/{entry}", label, key, city.number, len(found)))
    return found


def name_places(found: Names, scenario: Scenario, cities: list[Spot], districts: list[Spot]) -> None:
    """Cities, governments, bodies of a city, and communities."""
    labels = [city.label for city in cities]
    found.names["city"] = labels
    found.ids["city"] = [entity_id(f"labour:{city.key}") for city in cities]
    found.names["government"] = labels + [district.label for district in districts]
    found.ids["government"] = [entity_id(f"city:{city.key}") for city in cities]
    found.ids["government"] += [entity_id(f"district:{district.key}") for district in districts]
    found.names["donors"] = [f"Donors of {name}" for name in labels]
    found.names["assessor"] = [f"Assessors of {name}" for name in labels]
    found.ids["assessor"] = [entity_id(f"assessor:{city.key}") for city in cities]
    found.names["community"], found.ids["community"] = [], []
    for district in districts:
        city, entry = district.entry.split("/")
        for n in range(1, scenario.cities[city].districts[entry].communities.count + 1):
            found.names["community"].append(f"{district.label} {n}")
            found.ids["community"].append(entity_id(f"community:{district.key} {n}"))
    found.names["field"] = sorted(scenario.fields)
    found.names["trigger"] = sorted({waits_for(policy) for policy in scenario.policies if policy.when is not None})


def waits_for(policy: Policy) -> str:
    """A trigger in words: its condition, the time after it, and the condition that ends it."""
    assert policy.when is not None
    words = condition(policy.when)
    if policy.after:
        words += f", after {policy.after} quarter{'s' if policy.after > 1 else ''}"
    return words + (f", until {condition(policy.until)}" if policy.until is not None else "")


def condition(one: Condition) -> str:
    """An outcome above or below a level."""
    level = one.above if one.above is not None else one.below
    assert level is not None
    return f"{one.outcome} {'below' if one.above is None else 'above'} {int(level) if level == int(level) else level}"


def placed(name: str, entry: str, spots: list[Spot], facts: Any) -> Iterable[Listed]:
    """One organisation in each place, with the place in brackets where there are several."""
    for spot in spots:
        several = len(spots) > 1
        yield Listed(
            f"{name} ({spot.label})" if several else name,
            f"{name} ({spot.key})" if several else name,
            entry,
            spot,
            facts,
        )


def of_cities(entries: dict[str, Any], cities: list[Spot]) -> Iterable[Listed]:
    """Organisations of cities, as many of each entry as its count says."""
    for entry, facts in sorted(entries.items()):
        for name in copies(entry, getattr(facts, "count", 1)):
            yield from placed(name, entry, [city for city in cities if city.entry == facts.city], facts)


def by_city(listed: Iterable[Listed]) -> list[Listed]:
    return sorted(listed, key=lambda one: one.spot.city)


def districts_called(reference: str, districts: list[Spot]) -> list[Spot]:
    """Districts that a file means: by `CITY/DISTRICT`, or by `DISTRICT` where one entry only has that name."""
    return [one for one in districts if reference in (one.entry, one.entry.split("/")[1])]


def associations(scenario: Scenario, cities: list[Spot], districts: list[Spot]) -> Iterable[Listed]:
    """Associations of a city, or of a district."""
    for entry, facts in sorted(scenario.associations.items()):
        spots = [city for city in cities if city.entry == facts.city]
        if facts.district is not None:
            spots = districts_called(facts.district, districts)
        yield from placed(entry, entry, spots, facts)


def named_agencies(scenario: Scenario, districts: list[Spot]) -> Iterable[Listed]:
    """Agencies that have an entry of their own."""
    for entry, facts in sorted(scenario.agencies.items()):
        yield from placed(entry, entry, districts_called(facts.district, districts), facts)


def generated_agencies(scenario: Scenario, districts: list[Spot]) -> Iterable[Listed]:
    """Agencies of a group, numbered from 1, dealt out to the districts of its cities."""
    for entry, facts in sorted(scenario.generated.items()):
        spots = [one for one in districts if not facts.cities or one.entry.split("/")[0] in facts.cities]
        for n in range(facts.count):
            yield Listed(f"{entry} {n + 1}", f"{entry} {n + 1}", entry, spots[n % len(spots)], facts)


def institutions(scenario: Scenario, districts: list[Spot]) -> Iterable[Listed]:
    """Institutions, district by district, always numbered."""
    for spot in districts:
        for entry, facts in sorted(scenario.institutions.items()):
            if not facts.cities or spot.entry.split("/")[0] in facts.cities:
                for n in range(1, facts.count + 1):
                    yield Listed(f"{spot.label} {entry} {n}", f"{spot.key} {entry} {n}", entry, spot, facts)


def link_agencies(
    found: Names, scenario: Scenario, kinds: dict[str, list[Listed]], districts: list[Spot], cities: int
) -> None:
    """Which copy of what an agency names it belongs to, and where it has branches."""
    agencies = kinds["agency"]
    named = [one for one in agencies if one.entry in scenario.agencies and one.facts is scenario.agencies[one.entry]]
    for column, kind in {
        "association": "association",
        "college": "college",
        "sponsor": "sponsor",
        "sister": "agency",
    }.items():
        found.partners[column] = [partner(one, getattr(one.facts, column), kinds[kind], named) for one in named]
    for n, one in enumerate(named):
        for reference in sorted(one.facts.branches):
            there = [spot for spot in districts_called(reference, districts) if spot.city == one.spot.city]
            found.branches += [(n, cities + spot.number) for spot in there]


def partner(agency: Listed, entry: str | None, listed: list[Listed], named: list[Listed]) -> int:
    """The copy in the agency's own district, else the copies of its city in turn; -1 for none."""
    choice = [n for n, one in enumerate(listed) if one.entry == entry and one.spot.city == agency.spot.city]
    if not choice:
        return -1
    first = listed[choice[0]].spot
    if "/" in first.entry and 0 <= agency.spot.number - first.number < len(choice):
        return choice[agency.spot.number - first.number]
    alike = [one for one in named if one.entry == agency.entry and one.spot.city == agency.spot.city]
    return choice[(agency.spot.number - alike[0].spot.number) % len(choice)]
