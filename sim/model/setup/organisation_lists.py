"""Organisation lists of a scenario: colleges, sponsors, associations, institutions and agencies, with their copies.

An organisation of a city (or district) entry that stands for several places is made once in each.  Copies
belong together as their places do: the college, sponsor, association or sister that an agency names is the copy in
its own district or city; where several copies are elsewhere, the copies of the agency take them in turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sim.model.setup.jurisdictions_and_communities import Place, Places, numbered_names
from sim.scenario.parameters.scenario_file import Scenario

PARTNERS = {"associations": "association", "colleges": "college", "sponsors": "sponsor", "agencies": "sister"}
"""Kinds of organisation that an agency may belong to, and the fields that say to which."""


@dataclass(frozen=True)
class PlacedOrganisation:
    """One organisation in one place.

    Attributes
    ----------
    name : str
        Name in tables.
    key : str
        Name that its id is made from.
    entry : str
        Name of the scenario's entry.
    place : Place
        City, or district for associations of a district and for agencies.
    facts : object
        The scenario's entry.
    """

    name: str
    key: str
    entry: str
    place: Place
    facts: Any


@dataclass(frozen=True)
class Organisations:
    """All organisations at the start, in order."""

    colleges: tuple[PlacedOrganisation, ...]
    sponsors: tuple[PlacedOrganisation, ...]
    associations: tuple[PlacedOrganisation, ...]
    agencies: tuple[PlacedOrganisation, ...]
    institutions: tuple[PlacedOrganisation, ...]


def list_organisations(scenario: Scenario, places: Places) -> Organisations:
    """List every organisation in the order of names and places."""
    return Organisations(**{kind: tuple(list_kind(scenario, places)) for kind, list_kind in LISTS.items()})


def place_copies(name: str, entry: str, where: list[Place], facts: object) -> Iterator[PlacedOrganisation]:
    """One organisation in each of several places; the place in brackets where there is more than one.

    Parameters
    ----------
    name, entry : str
        Name of the organisation, and of its entry.
    where : list of Place
        Places, one organisation in each.
    facts : object
        The scenario's entry.
    """
    for place in where:
        if len(where) == 1:
            yield PlacedOrganisation(name, name, entry, place, facts)
        else:
            yield PlacedOrganisation(f"{name} ({place.name})", f"{name} ({place.key})", entry, place, facts)


def list_colleges(scenario: Scenario, places: Places) -> list[PlacedOrganisation]:
    """Colleges, city by city."""
    found: list[PlacedOrganisation] = []
    for name, facts in sorted(scenario.colleges.items()):
        found += place_copies(name, name, places.cities_of(facts.city), facts)
    return sorted(found, key=lambda one: one.place.city)


def list_sponsors(scenario: Scenario, places: Places) -> list[PlacedOrganisation]:
    """Companies, as many of each entry as its count says, city by city."""
    found: list[PlacedOrganisation] = []
    for name, facts in sorted(scenario.sponsors.items()):
        for copy in numbered_names(name, facts.count):
            found += place_copies(copy, name, places.cities_of(facts.city), facts)
    return sorted(found, key=lambda one: one.place.city)


def list_associations(scenario: Scenario, places: Places) -> Iterator[PlacedOrganisation]:
    """Associations, of a district or of a whole city."""
    for name, facts in sorted(scenario.associations.items()):
        where = places.cities_of(facts.city)
        if facts.district is not None:
            where = places.districts_of(places.known[facts.district])
        yield from place_copies(name, name, where, facts)


def list_agencies(scenario: Scenario, places: Places) -> Iterator[PlacedOrganisation]:
    """Agencies that the scenario names, then those made from a count, which are assigned to the districts in turn."""
    for name, facts in sorted(scenario.agencies.items()):
        yield from place_copies(name, name, places.districts_of(places.known[facts.district]), facts)
    for name, group in sorted(scenario.generated.items()):
        chosen = group.cities or sorted(scenario.cities)
        where = [place for place in places.districts if place.entry[0] in chosen]
        for n in range(group.count):
            yield PlacedOrganisation(f"{name} {n + 1}", f"{name} {n + 1}", name, where[n % len(where)], group)


def list_institutions(scenario: Scenario, places: Places) -> Iterator[PlacedOrganisation]:
    """Institutions, district by district, as many of each entry as its count says."""
    for place in places.districts:
        for name, facts in sorted(scenario.institutions.items()):
            if not facts.cities or place.entry[0] in facts.cities:
                for n in range(facts.count):
                    one = f"{name} {n + 1}"
                    yield PlacedOrganisation(f"{place.name} {one}", f"{place.key} {one}", name, place, facts)


LISTS: dict[str, Callable[[Scenario, Places], Iterable[PlacedOrganisation]]] = {
    "colleges": list_colleges,
    "sponsors": list_sponsors,
    "associations": list_associations,
    "agencies": list_agencies,
    "institutions": list_institutions,
}
"""What lists the organisations of a kind in their order."""


Copies = dict[tuple[str | None, int], list[int]]
"""Indices of the organisations of one kind, by entry and city, in the order of their places."""


def copies_of(organisations: tuple[PlacedOrganisation, ...]) -> Copies:
    """Organisations of one kind by entry and city."""
    copies: Copies = defaultdict(list)
    for n, one in enumerate(organisations):
        copies[one.entry, one.place.city].append(n)
    return dict(copies)


def partner_index(found: Organisations, copies: dict[str, Copies], kind: str, n: int) -> int:
    """Index of the organisation of a kind that agency `n` names; -1 for none.

    The copy in the agency's own district goes first; otherwise the agency's copies take the copies in turn.
    """
    agency = found.agencies[n]
    city = agency.place.city
    choice = copies[kind].get((getattr(agency.facts, PARTNERS[kind]), city), [])
    if not choice:
        return -1
    # Copies of an entry are in consecutive places, so the place gives the copy.  A copy in a city is equally near
    # to all of the city's districts.
    first = getattr(found, kind)[choice[0]].place
    home = agency.place.index - first.index if len(first.entry) == 2 else -1
    turn = agency.place.index - found.agencies[copies["agencies"][agency.entry, city][0]].place.index
    return choice[home if 0 <= home < len(choice) else turn % len(choice)]
