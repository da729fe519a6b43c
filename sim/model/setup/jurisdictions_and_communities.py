"""Jurisdictions and communities of a scenario: cities, districts and communities, copied by count and ordered.

An entry with a `count` stands for that many places.  Governments are one list: the cities' first, then
the districts', so that a city's districts, and a district's communities, are adjacent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.declarations.accounts import Party, account_number
from sim.declarations.state_codes import Level
from sim.engine.fields import Field, StructArray
from sim.engine.rng.philox import entity_id
from sim.engine.struct_arrays import Layout, fill
from sim.model.setup.parameter_copying import copy_parameters
from sim.model.state.government_fields import LEVERS
from sim.model.state.world import World
from sim.scenario.checks.name_checks import district_names
from sim.scenario.parameters.scenario_file import City, District, FieldOfService, Scenario

COMMUNITY_DRAWS = (
    Field("residents", "f8", "persons", "Median residents."),
    Field("spread", "f8", "log sd", "Spread of residents."),
    Field("need_spread", "f8", "log sd", "Spread of need."),
    Field("strength", "f8", "0-1", "Strength."),
)


_DRAWS = Layout(COMMUNITY_DRAWS)

Rows = npt.NDArray[np.intp]
"""Indices of places."""


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

    @cached_property
    def city_rows(self) -> dict[tuple[str, ...], Rows]:
        """Indices of the cities made from each entry."""
        return rows_by_entry(self.cities)

    @cached_property
    def district_rows(self) -> dict[tuple[str, ...], Rows]:
        """Indices of the governments of the districts made from each entry."""
        return rows_by_entry(self.districts)

    def cities_of(self, entry: str) -> list[Place]:
        """Cities made from an entry."""
        return [place for place in self.cities if place.entry == (entry,)]

    def districts_of(self, entry: tuple[str, str], city: int | None = None) -> list[Place]:
        """Districts made from an entry, of one city or of all."""
        return [p for p in self.districts if p.entry == entry and (city is None or p.city == city)]


def rows_by_entry(places: Iterable[Place]) -> dict[tuple[str, ...], Rows]:
    """Indices of the places made from each entry."""
    found: dict[tuple[str, ...], list[int]] = {}
    for place in places:
        found.setdefault(place.entry, []).append(place.index)
    return {entry: np.array(rows) for entry, rows in found.items()}


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
    counts = [scenario.cities[place.entry[0]].districts[place.entry[1]].communities.count for place in places.districts]
    write_governments(world, places, counts)
    write_cities(world, places)
    write_fields(world, scenario.fields)
    write_communities(world, places, counts)
    draws = _DRAWS.fresh(len(world.communities))
    write_place_parameters(world, draws, scenario, places)
    return draws


def write_communities(world: World, places: Places, counts: list[int]) -> None:
    """Fill ids and districts of the communities, so many in each district."""
    counted_out = [(place, n) for place, count in zip(places.districts, counts, strict=True) for n in range(count)]
    ids = [entity_id(f"community:{place.key} {n + 1}") for place, n in counted_out]
    fill(world.communities, {"id": ids, "district": [place.index for place, _ in counted_out]})


def write_governments(world: World, places: Places, counts: list[int]) -> None:
    """Fill identity and communities of the governments: the cities' own, then the districts'."""
    levels = [Level.CITY] * len(places.cities) + [Level.DISTRICT] * len(places.districts)
    everywhere = (*places.cities, *places.districts)
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
        "wealth": [1.0] * len(everywhere),
    }
    fill(world.governments, columns)


def write_cities(world: World, places: Places) -> None:
    """Fill identity and districts of the cities, their donors and their assessors."""
    numbers = [place.index for place in places.cities]
    names = [place.name for place in places.cities]
    homes = [place.city for place in places.districts]
    columns: dict[str, Any] = {
        "id": [entity_id(f"labour:{name}") for name in names],
        "index": numbers,
        "government": numbers,
        # A city's districts follow each other, in the order of cities.
        "first_district": len(names) + np.searchsorted(homes, numbers),
        "districts": np.bincount(homes, minlength=len(names)),
    }
    fill(world.cities, columns)
    bodies = {"id": [entity_id(f"assessor:{name}") for name in names], "city": numbers}
    fill(world.assessors, bodies | {"account": [account_number(Party.ASSESSOR, n) for n in numbers]})
    fill(world.donors, {"account": [account_number(Party.DONORS, n) for n in numbers], "city": numbers})


def write_place_parameters(
    world: World, draws: StructArray, scenario: Scenario, places: Places, base: Scenario | None = None
) -> None:
    """Write what the scenario says of its cities and districts in numbers.

    Parameters
    ----------
    world : World
        Its governments, cities and donors are written.
    draws : recarray, shape (communities,)
        `COMMUNITY_DRAWS`; written.
    scenario : Scenario
        The scenario.
    places : Places
        Its places.
    base : Scenario, optional
        What has been written already: groups of parameters that are the same objects in it are left out.
    """
    regions = sorted({city.region or "" for city in scenario.cities.values()})
    for (name,), rows in places.city_rows.items():
        world.cities["region"][rows] = regions.index(scenario.cities[name].region or "")
        world.cities["adopts"][rows] = scenario.cities[name].adopts
        world.cities["begins"][rows] = first_purchasing_quarter(scenario, scenario.cities[name])
        old = None if base is None else base.cities[name]
        write_city_parameters(world, rows, scenario.cities[name], old)
    for (name, below), rows in places.district_rows.items():
        before = None if base is None else base.cities[name].districts[below]
        write_district_parameters(world, draws, rows, scenario.cities[name].districts[below], before)


def first_purchasing_quarter(scenario: Scenario, city: City) -> int:
    """Quarter from which a city buys, 0 for from the start; -1 where the rule of adoption decides."""
    if city.adopts:
        return -1
    return 0 if city.begins is None else max(city.begins.index(scenario.start), 0)


def write_city_parameters(world: World, rows: Rows, city: City, old: City | None) -> None:
    """Write levers, labour market, economy and donors of the cities made from an entry, where they are not the old."""
    if old is None or city.labour is not old.labour:
        licensed = round(city.labour.pool * city.labour.pool_licensed)
        world.cities["seekers"][rows] = (city.labour.pool - licensed, licensed)
        world.cities["other_holders"][rows] = city.labour.other_licensed
    kinds = {"labour": world.cities, "economy": world.cities, "donors": world.donors, "government": world.governments}
    for group, records in kinds.items():
        if old is None or getattr(city, group) is not getattr(old, group):
            copy_parameters(records, rows, getattr(city, group))


def write_district_parameters(
    world: World, draws: StructArray, rows: Rows, district: District, old: District | None
) -> None:
    """Write levers, residents and communities' draws of the districts made from an entry, where not the old."""
    if old is None or district.government is not old.government:
        copy_parameters(world.governments, rows, district.government)
    for key in ("commercial_groups", "wealth"):
        if old is None or getattr(district, key) != getattr(old, key):
            world.governments[key][rows] = getattr(district, key)
    if old is None or district.communities is not old.communities:
        firsts = world.governments["first_community"][rows]
        communities = (firsts[:, None] + np.arange(district.communities.count)).ravel()
        for field in COMMUNITY_DRAWS:
            draws[field.name][communities] = getattr(district.communities, field.name)


def write_fields(world: World, fields: dict[str, FieldOfService]) -> None:
    """Fill loads per resident, shares of paying clients, and the planned and first split of every budget."""
    declared = [fields[name] for name in sorted(fields)]
    for f, entry in enumerate(declared):
        world.fields[f] = (entry.incidence * entry.hours, entry.paying)
    weights = np.array([entry.share for entry in declared])
    total = weights.sum()
    world.plan[:] = weights / total if total > 0 else 1.0 / len(declared)
    world.split[:] = world.plan


def lever_column(key: str) -> int:
    """Column of a lever, by its dotted name, in the table of lever values."""
    return _COLUMNS[key]


_COLUMNS = {leaf.key: n for n, leaf in enumerate(LEVERS)}
