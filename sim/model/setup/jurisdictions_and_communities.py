"""Jurisdictions and communities of a scenario: cities, districts and communities, copied by count and ordered.

An entry with a `count` stands for that many places.  Governments are one list: the cities' first, then
the districts', so that a city's districts, and a district's communities, are adjacent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np

from sim.declarations.accounts import Party, account_number
from sim.declarations.state_codes import Level
from sim.engine.fields import Field, StructArray
from sim.engine.rng.philox import entity_id
from sim.engine.struct_arrays import Layout, fill
from sim.model.setup.parameter_copying import copy_parameters
from sim.model.state.government_fields import LEVERS
from sim.model.state.world import World
from sim.scenario.checks.name_checks import district_names
from sim.scenario.parameters.policy_levers import Purchaser
from sim.scenario.parameters.scenario_file import Communities, District, FieldOfService, Scenario

COMMUNITY_DRAWS = (
    Field("residents", "f8", "persons", "Median residents."),
    Field("spread", "f8", "log sd", "Spread of residents."),
    Field("need_spread", "f8", "log sd", "Spread of need."),
    Field("strength", "f8", "0-1", "Strength."),
)


_DRAWS = Layout(COMMUNITY_DRAWS)


@dataclass(frozen=True)
class Place:
    """One city or district.

    Attributes
    ----------
    name : str
        Name in tables.
    key : str
        Name that its id is made from: with its city's, however many cities there are, so that one city more or
        less leaves the draws of others unchanged.
    entry : tuple of str
        The scenario's entry: (city,) or (city, district).
    index : int
        Place among cities (for a city) or among governments (for a district).
    city : int
        City that it belongs to.
    """

    name: str
    key: str
    entry: tuple[str, ...]
    index: int
    city: int


@dataclass(frozen=True)
class Places:
    """All places in order.

    Attributes
    ----------
    cities, districts : tuple of Place
        Districts are numbered as governments, after the cities' own.
    communities : tuple of str
        Names of communities.
    known : dict of str to (city, district)
        Names by which a scenario may mean the districts of an entry.
    """

    cities: tuple[Place, ...]
    districts: tuple[Place, ...]
    communities: tuple[str, ...]
    known: dict[str, tuple[str, str]]

    @property
    def governments(self) -> list[str]:
        """Names of governments in order."""
        return [place.name for place in (*self.cities, *self.districts)]

    def cities_of(self, entry: str) -> list[Place]:
        """Cities made from an entry."""
        return [place for place in self.cities if place.entry == (entry,)]

    def districts_of(self, entry: tuple[str, str], city: int | None = None) -> list[Place]:
        """Districts made from an entry, of one city or of all."""
        return [p for p in self.districts if p.entry == entry and (city is None or p.city == city)]


def numbered_names(name: str, count: int) -> list[str]:
    """Names of the places that an entry stands for.

    >>> numbered_names("Xicheng", 1), numbered_names("County", 2)
    (['Xicheng'], ['County 1', 'County 2'])
    """
    return [name] if count == 1 else [f"{name} {n + 1}" for n in range(count)]


def list_places(scenario: Scenario) -> Places:
    """List the places of a scenario, with copies, in the order of their names."""
    cities: list[Place] = []
    for name, entry in sorted(scenario.cities.items()):
        for copy in numbered_names(name, entry.count):
            cities.append(Place(copy, copy, (name,), len(cities), len(cities)))
    several = len(cities) > 1
    districts: list[Place] = []
    communities: list[str] = []
    for city in cities:
        for name, district in sorted(scenario.cities[city.entry[0]].districts.items()):
            for copy in numbered_names(name, district.count):
                key = f"{city.name}/{copy}"
                label = key if several else copy
                index = len(cities) + len(districts)
                districts.append(Place(label, key, (city.entry[0], name), index, city.index))
                communities += [f"{label} {n + 1}" for n in range(district.communities.count)]
    known = district_names({"cities": {n: {"districts": c.districts} for n, c in scenario.cities.items()}})
    return Places(tuple(cities), tuple(districts), tuple(communities), known)


def write_places(world: World, scenario: Scenario, places: Places) -> StructArray:
    """Fill cities, governments, communities and fields of a world; return what is drawn about communities.

    Returns
    -------
    recarray, shape (communities,)
        Medians and spreads, `COMMUNITY_DRAWS`.
    """
    districts = [scenario.cities[place.entry[0]].districts[place.entry[1]] for place in places.districts]
    write_governments(world, scenario, places, districts)
    write_cities(world, scenario, places)
    write_fields(world, scenario.fields)
    return write_communities(world, places, districts)


def write_communities(world: World, places: Places, districts: list[District]) -> StructArray:
    """Fill the communities; return medians and spreads of what is drawn about them."""
    home: list[int] = []
    facts: list[Communities] = []
    for place, district in zip(places.districts, districts, strict=True):
        home += [place.index] * district.communities.count
        facts += [district.communities] * district.communities.count
    counted_out = zip(places.districts, districts, strict=True)
    keys = [f"{place.key} {n + 1}" for place, district in counted_out for n in range(district.communities.count)]
    fill(world.communities, {"id": [entity_id(f"community:{key}") for key in keys], "district": home})
    draws = _DRAWS.fresh(len(facts))
    fill(draws, {field.name: [getattr(one, field.name) for one in facts] for field in COMMUNITY_DRAWS})
    return draws


def write_governments(world: World, scenario: Scenario, places: Places, districts: list[District]) -> None:
    """Fill the governments: the cities' own, then the districts'."""
    levels = [Level.CITY] * len(places.cities) + [Level.DISTRICT] * len(districts)
    everywhere = (*places.cities, *places.districts)
    counts = [district.communities.count for district in districts]
    firsts = [0, *accumulate(counts)][: len(counts)]
    of_city: list[list[int]] = [[] for _ in places.cities]
    for n, place in enumerate(places.districts):
        of_city[place.city].append(n)
    columns = {
        "id": [entity_id(f"{level.label}:{place.key}") for level, place in zip(levels, everywhere, strict=True)],
        "account": [account_number(Party.GOVERNMENT, n) for n in range(len(everywhere))],
        "level": levels,
        "city": [place.city for place in everywhere],
        "first_community": [*(firsts[those[0]] for those in of_city), *firsts],
        "communities": [*(sum(counts[n] for n in those) for those in of_city), *counts],
        "commercial_groups": [*(0 for _ in of_city), *(district.commercial_groups for district in districts)],
        "wealth": [*(1.0 for _ in of_city), *(district.wealth for district in districts)],
    }
    fill(world.governments, columns)
    copy_levers(world.governments, scenario, places)


def copy_levers(governments: StructArray, scenario: Scenario, places: Places, base: Scenario | None = None) -> None:
    """Write the levers' values at the start into the rows of governments: of all, or where they are not the base's."""
    for entry, rows in rows_by_entry((*places.cities, *places.districts)).items():
        levers = levers_of(scenario, entry)
        if base is None or levers is not levers_of(base, entry):
            copy_parameters(governments, rows, levers)


def levers_of(scenario: Scenario, entry: tuple[str, ...]) -> Purchaser:
    """Levers of the government of a city's or district's entry."""
    city, *below = entry
    return scenario.cities[city].districts[below[0]].government if below else scenario.cities[city].government


def write_cities(world: World, scenario: Scenario, places: Places) -> None:
    """Fill the cities, their donors and their assessors."""
    entries = [scenario.cities[place.entry[0]] for place in places.cities]
    numbers = [place.index for place in places.cities]
    names = [place.name for place in places.cities]
    homes = [place.city for place in places.districts]
    licensed = [round(city.labour.pool * city.labour.pool_licensed) for city in entries]
    columns: dict[str, Any] = {
        "id": [entity_id(f"labour:{name}") for name in names],
        "index": numbers,
        "government": numbers,
        # A city's districts follow each other, in the order of cities.
        "first_district": len(names) + np.searchsorted(homes, numbers),
        "districts": np.bincount(homes, minlength=len(names)),
        "seekers": [(city.labour.pool - some, some) for city, some in zip(entries, licensed, strict=True)],
    }
    fill(world.cities, columns)
    bodies = {"id": [entity_id(f"assessor:{name}") for name in names], "city": numbers}
    fill(world.assessors, bodies | {"account": [account_number(Party.ASSESSOR, n) for n in numbers]})
    fill(world.donors, {"account": [account_number(Party.DONORS, n) for n in numbers], "city": numbers})
    for (name,), rows in rows_by_entry(places.cities).items():
        city = scenario.cities[name]
        copy_parameters(world.cities, rows, city.labour)
        copy_parameters(world.cities, rows, city.economy)
        copy_parameters(world.donors, rows, city.donors)


def rows_by_entry(places: Iterable[Place]) -> dict[tuple[str, ...], list[int]]:
    """Indices of the places made from each entry."""
    found: dict[tuple[str, ...], list[int]] = {}
    for place in places:
        found.setdefault(place.entry, []).append(place.index)
    return found


def write_fields(world: World, fields: dict[str, FieldOfService]) -> None:
    """Fill loads per resident, shares of paying clients, and the first split of every budget."""
    declared = [fields[name] for name in sorted(fields)]
    for f, entry in enumerate(declared):
        world.fields[f] = (entry.incidence * entry.hours, entry.paying)
    weights = np.array([entry.share for entry in declared])
    total = weights.sum()
    world.split[:] = weights / total if total > 0 else 1.0 / len(declared)


def lever_column(key: str) -> int:
    """Column of a lever, by its dotted name, in the table of lever values."""
    return _COLUMNS[key]


_COLUMNS = {leaf.key: n for n, leaf in enumerate(LEVERS)}
