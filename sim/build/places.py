"""Cities, districts and communities of a scenario, counted out and put in order.

An entry with a `count` stands for so many places.  Governments come in one list: the cities' first, then
the districts', so that a city's districts, and a district's communities, lie side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.agents.government import LEVERS, Level
from sim.chance import entity_id
from sim.declare import Field, Records
from sim.money import Party, account_number
from sim.records import fresh
from sim.scenario.funding import Donors
from sim.scenario.levers import Purchaser
from sim.scenario.param import Group, Leaf, leaves, value_at
from sim.scenario.parameters import City, District, Economy, FieldOfService, Labour, Scenario
from sim.world import World

COMMUNITY_START = (
    Field("residents", "f8", "persons", "Median residents."),
    Field("spread", "f8", "log sd", "Spread of residents."),
    Field("need_spread", "f8", "log sd", "Spread of need."),
    Field("strength", "f8", "0-1", "Strength."),
)


@dataclass(frozen=True)
class Place:
    """One city or district.

    Attributes
    ----------
    name : str
        Name in tables.
    key : str
        Name that its id is made from: with its city's, however many cities there are, so that a city more or
        less leaves the chance of others as it was.
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
    """

    cities: tuple[Place, ...]
    districts: tuple[Place, ...]
    communities: tuple[str, ...]

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


def counted(name: str, count: int) -> list[str]:
    """Names of the places that an entry stands for.

    >>> counted("Xicheng", 1), counted("County", 2)
    (['Xicheng'], ['County 1', 'County 2'])
    """
    return [name] if count == 1 else [f"{name} {n + 1}" for n in range(count)]


def list_places(scenario: Scenario) -> Places:
    """Count out the places of a scenario, in the order of their names."""
    cities: list[Place] = []
    for name, entry in sorted(scenario.cities.items()):
        for copy in counted(name, entry.count):
            cities.append(Place(copy, copy, (name,), len(cities), len(cities)))
    several = len(cities) > 1
    districts: list[Place] = []
    communities: list[str] = []
    for city in cities:
        for name, district in sorted(scenario.cities[city.entry[0]].districts.items()):
            for copy in counted(name, district.count):
                key = f"{city.name}/{copy}"
                label = key if several else copy
                index = len(cities) + len(districts)
                districts.append(Place(label, key, (city.entry[0], name), index, city.index))
                communities += [f"{label} {n + 1}" for n in range(district.communities.count)]
    return Places(tuple(cities), tuple(districts), tuple(communities))


def write_numbers(record: Records, group: Group, declared: list[Leaf], prefix: str = "") -> None:
    """Write every parameter of a group into the fields of the same name of a record."""
    for leaf in declared:
        record[prefix + leaf.name] = leaf.number(value_at(group, leaf.path))


def write_places(world: World, scenario: Scenario, places: Places) -> Records:
    """Fill cities, governments, communities and fields of a world; return what is to be drawn about communities.

    Returns
    -------
    recarray, shape (communities,)
        Medians and spreads, `COMMUNITY_START`.
    """
    starts = fresh(COMMUNITY_START, len(places.communities))
    first = 0
    for place in places.districts:
        district = scenario.cities[place.entry[0]].districts[place.entry[1]]
        write_district(world, place, district, first)
        for c in range(first, first + district.communities.count):
            world.communities[c].id = entity_id(f"community:{place.key} {c - first + 1}")
            world.communities[c].district = place.index
            for name in ("residents", "spread", "need_spread", "strength"):
                starts[c][name] = getattr(district.communities, name)
        first += district.communities.count
    for place in places.cities:
        write_city(world, place, scenario.cities[place.entry[0]], places)
    write_fields(world, scenario.fields)
    return starts


def write_district(world: World, place: Place, district: District, first: int) -> None:
    """Fill the record of one district government."""
    government = world.governments[place.index]
    write_government(government, district.government, place, Level.DISTRICT)
    government.first_community = first
    government.communities = district.communities.count
    government.commercial_groups = district.commercial_groups
    government.wealth = district.wealth


def write_government(government: Records, levers: Purchaser, place: Place, level: Level) -> None:
    """Fill what both levels of government have."""
    write_numbers(government, levers, list(leaves(type(levers))))
    government.id = entity_id(f"{level.label}:{place.key}")
    government.account = account_number(Party.GOVERNMENT, place.index)
    government.level = level
    government.city = place.city


def write_city(world: World, place: Place, city: City, places: Places) -> None:
    """Fill the record of one city and of its government."""
    record = world.cities[place.index]
    assessor = world.assessors[place.index]
    assessor.id = entity_id(f"assessor:{place.name}")
    assessor.account = account_number(Party.ASSESSOR, place.index)
    assessor.city = place.index
    write_numbers(record, city.labour, list(leaves(Labour)))
    write_numbers(record, city.economy, list(leaves(Economy)))
    districts = [district.index for district in places.districts if district.city == place.index]
    donors = world.donors[place.index]
    write_numbers(donors, city.donors, list(leaves(Donors)))
    donors.account = account_number(Party.DONORS, place.index)
    donors.city = place.index
    record.id = entity_id(f"labour:{place.name}")
    record.index = place.index
    record.government = place.index
    record.first_district = districts[0]
    record.districts = len(districts)
    licensed = round(city.labour.pool * city.labour.pool_licensed)
    record.seekers = (city.labour.pool - licensed, licensed)
    government = world.governments[place.index]
    write_government(government, city.government, place, Level.CITY)
    government.first_community = world.governments[districts[0]].first_community
    government.communities = sum(int(world.governments[g].communities) for g in districts)
    government.wealth = 1.0


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
    return next(n for n, leaf in enumerate(LEVERS) if leaf.key == key)
