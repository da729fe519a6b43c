"""Organisations of a scenario: colleges, sponsors, associations and agencies, named and generated.

An organisation of a city (or district) entry that stands for several places is made once in each.  Copies
belong together as their places do: what an agency names (college, sponsor, association, sister) is the copy in
its own district or city; where there are several that are not, its copies take them in turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.agents.agency import Host, Stage
from sim.build.places import Place, Places, counted
from sim.chance import entity_id
from sim.declare import Field, Records
from sim.money import Party, account_number
from sim.records import fresh
from sim.scenario.choices import ContractForm, Form, Kind, Origin
from sim.scenario.parameters import Agency, AgencyGroup, Association, Institutions, Scenario
from sim.scenario.references import district_names
from sim.world import World

AGENCY_START = (
    Field("staff", "f8", "persons", "Median staff."),
    Field("staff_spread", "f8", "log sd", "Spread of staff."),
    Field("licensed", "f8", "share", "Staff with a licence."),
    Field("cash", "f8", "fen", "Median money."),
    Field("cash_spread", "f8", "log sd", "Spread of money."),
    Field("reputation", "f8", "0-1", "Mean reputation."),
    Field("skill", "f8", "0-1", "Mean skill in its fields."),
    Field("mission", "f8", "0-1", "Mean leaning to development."),
    Field("trait_spread", "f8", "sd", "Spread of reputation, skill and mission."),
    Field("fields", "u8", "", "Fields of service, a bit for each."),
)


@dataclass(frozen=True)
class Named:
    """One organisation in one place.

    Attributes
    ----------
    name : str
        Name in tables.
    key : str
        Name that its id is made from.
    entry : str
        The scenario's entry.
    place : Place
        City, or district for associations of a district and for agencies.
    facts : object
        What the scenario says.
    """

    name: str
    key: str
    entry: str
    place: Place
    facts: Any


@dataclass(frozen=True)
class Organisations:
    """All organisations at the start, in order."""

    colleges: tuple[Named, ...]
    sponsors: tuple[Named, ...]
    associations: tuple[Named, ...]
    agencies: tuple[Named, ...]
    institutions: tuple[Named, ...]


def list_organisations(scenario: Scenario, places: Places) -> Organisations:
    """Place every organisation; in the order of names and places."""
    return Organisations(
        colleges=tuple(sorted(of_cities(scenario.colleges, places), key=lambda one: one.place.city)),
        sponsors=tuple(list_sponsors(scenario, places)),
        associations=tuple(list_associations(scenario, places)),
        agencies=(*list_agencies(scenario, places), *list_generated(scenario, places)),
        institutions=tuple(list_institutions(scenario, places)),
    )


def spread_out(name: str, entry: str, where: list[Place], facts: object) -> Iterator[Named]:
    """One organisation in each of several places; the place in brackets where there is more than one."""
    for place in where:
        if len(where) == 1:
            yield Named(name, name, entry, place, facts)
        else:
            yield Named(f"{name} ({place.name})", f"{name} ({place.key})", entry, place, facts)


def of_cities(entries: dict[str, Any], places: Places) -> Iterator[Named]:
    """Organisations of a city."""
    for name, facts in sorted(entries.items()):
        yield from spread_out(name, name, places.cities_of(facts.city), facts)


def list_sponsors(scenario: Scenario, places: Places) -> list[Named]:
    """Companies, as many of each entry as its count says, city by city."""
    found: list[Named] = []
    for name, facts in sorted(scenario.sponsors.items()):
        for copy in counted(name, facts.count):
            found += spread_out(copy, name, places.cities_of(facts.city), facts)
    return sorted(found, key=lambda one: one.place.city)


def list_associations(scenario: Scenario, places: Places) -> Iterator[Named]:
    """Associations, of a district or of a whole city."""
    districts = district_names({"cities": {n: {"districts": c.districts} for n, c in scenario.cities.items()}})
    for name, facts in sorted(scenario.associations.items()):
        where = places.cities_of(facts.city)
        if facts.district is not None:
            where = places.districts_of(districts[facts.district])
        yield from spread_out(name, name, where, facts)


def list_agencies(scenario: Scenario, places: Places) -> Iterator[Named]:
    """Agencies that the scenario names."""
    districts = district_names({"cities": {n: {"districts": c.districts} for n, c in scenario.cities.items()}})
    for name, facts in sorted(scenario.agencies.items()):
        yield from spread_out(name, name, places.districts_of(districts[facts.district]), facts)


def list_generated(scenario: Scenario, places: Places) -> Iterator[Named]:
    """Agencies made from a count: dealt out to the districts in turn."""
    for name, facts in sorted(scenario.generated.items()):
        chosen = facts.cities or sorted(scenario.cities)
        where = [place for place in places.districts if place.entry[0] in chosen]
        for n in range(facts.count):
            yield Named(f"{name} {n + 1}", f"{name} {n + 1}", name, where[n % len(where)], facts)


def list_institutions(scenario: Scenario, places: Places) -> Iterator[Named]:
    """Institutions, district by district: so many of each entry."""
    for place in places.districts:
        for name, facts in sorted(scenario.institutions.items()):
            if not facts.cities or place.entry[0] in facts.cities:
                for n in range(facts.count):
                    one = f"{name} {n + 1}"
                    yield Named(f"{place.name} {one}", f"{place.key} {one}", name, place, facts)


def write_organisations(world: World, scenario: Scenario, found: Organisations) -> Records:
    """Fill the records of all organisations; return what is to be drawn about agencies.

    Returns
    -------
    recarray, shape (agencies at the start,)
        Medians and spreads, `AGENCY_START`.
    """
    for n, college in enumerate(found.colleges):
        record = world.colleges[n]
        record.id = entity_id(f"college:{college.key}")
        record.account = account_number(Party.COLLEGE, n)
        record.city = college.place.city
        for name in ("graduates", "supervision", "drive", "hosts", "assessors", "placements"):
            record[name] = getattr(college.facts, name)
        count_in_city(world, "college", n, college.place.city)
        record.grant = round(college.facts.grant * 100)
        record.emergency = round(college.facts.emergency * 100)
    for n, sponsor in enumerate(found.sponsors):
        record = world.sponsors[n]
        record.id = entity_id(f"sponsor:{sponsor.key}")
        record.account = account_number(Party.SPONSOR, n)
        record.city = sponsor.place.city
        record.budget = sponsor.facts.budget * 100
        record.cycle = sponsor.facts.cycle
        record.patience = sponsor.facts.patience
        record.most = sponsor.facts.agencies
        count_in_city(world, "sponsor", n, sponsor.place.city)
        record.drive = sponsor.facts.drive
    for n, association in enumerate(found.associations):
        write_association(world.associations[n], n, association, scenario)
    fields = sorted(scenario.fields)
    copies = {kind: copies_of(getattr(found, kind)) for kind in ("associations", "colleges", "sponsors", "agencies")}
    write_institutions(world, found.institutions, fields)
    starts = fresh(AGENCY_START, len(found.agencies))
    for n, agency in enumerate(found.agencies):
        world.agencies[n] = world.blank_agency[0]
        write_agency(world.agencies[n], n, found, copies)
        write_dates_and_fields(world.agencies[n], starts[n], agency.facts, scenario, fields)
    world.clock[0].agencies = len(found.agencies)
    return starts


def count_in_city(world: World, kind: str, n: int, city: int) -> None:
    """Tell a city that the `n`-th organisation of a kind is one of its own; they follow each other."""
    record = world.cities[city]
    if record[f"{kind}s"] == 0:
        record[f"first_{kind}"] = n
    record[f"{kind}s"] += 1


def write_institutions(world: World, institutions: tuple[Named, ...], fields: list[str]) -> None:
    """Fill the records of institutions, and tell districts and cities which are theirs."""
    for n, institution in enumerate(institutions):
        facts: Institutions = institution.facts
        record = world.institutions[n]
        record.id = entity_id(f"institution:{institution.key}")
        record.account = account_number(Party.INSTITUTION, n)
        record.index = n
        record.district = institution.place.index
        record.city = institution.place.city
        record.field = fields.index(facts.field)
        record.form = ContractForm[facts.form.upper()]
        for name in ("weight", "administrative_pressure", "track_record"):
            record[name] = getattr(facts, name)
        for g in (record.district, record.city):
            government = world.governments[g]
            if government.institutions == 0:
                government.first_institution = n
            government.institutions += 1


def write_association(record: Records, n: int, association: Named, scenario: Scenario) -> None:
    """Fill the record of one association."""
    facts: Association = association.facts
    record.id = entity_id(f"association:{association.key}")
    record.account = account_number(Party.ASSOCIATION, n)
    record.city = association.place.city
    record.district = -1 if facts.district is None else association.place.index
    record.founded = (facts.founded or scenario.start).index(scenario.start)
    record.rooms = facts.rooms
    record.members_limit = facts.members
    record.cash = round(facts.cash * 100)
    record.overlap = facts.overlap


Copies = dict[tuple[str | None, int], list[int]]
"""Indices of the organisations of one kind, by entry and city, in the order of their places."""


def copies_of(organisations: tuple[Named, ...]) -> Copies:
    """Organisations of one kind by entry and city."""
    copies: Copies = defaultdict(list)
    for n, one in enumerate(organisations):
        copies[one.entry, one.place.city].append(n)
    return dict(copies)


def partner(found: Organisations, copies: dict[str, Copies], kind: str, n: int) -> int:
    """Index of the organisation of a kind that agency `n` names; -1 for none.

    The copy in the agency's own district goes first; else its copies take what there is in turn.
    """
    agency = found.agencies[n]
    city = agency.place.city
    choice = copies[kind].get((getattr(agency.facts, "sister" if kind == "agencies" else kind[:-1]), city), [])
    if not choice:
        return -1
    # Copies of an entry stand in places that follow each other, so a place tells which copy is there.  What
    # stands in a city is nobody's neighbour more than another's.
    first = getattr(found, kind)[choice[0]].place
    home = agency.place.index - first.index if len(first.entry) == 2 else -1
    turn = agency.place.index - found.agencies[copies["agencies"][agency.entry, city][0]].place.index
    return choice[home if 0 <= home < len(choice) else turn % len(choice)]


def write_agency(record: Records, n: int, found: Organisations, copies: dict[str, Copies]) -> None:
    """Fill who an agency is and whom it belongs to."""
    agency = found.agencies[n]
    facts: Agency | AgencyGroup = agency.facts
    record.index = n
    record.id = entity_id(f"agency:{agency.key}")
    record.account = account_number(Party.AGENCY, n)
    record.stage = Stage.ACTIVE
    record.name = n
    record.origin = Origin[facts.origin.upper().replace("-", "_")]
    record.form = Form[facts.form.upper()]
    record.kind = Kind[facts.kind.upper().replace("-", "_")]
    record.city = agency.place.city
    record.district = agency.place.index
    record.founder_kind = Party.HOUSEHOLDS
    if isinstance(facts, Agency):
        record.association = partner(found, copies, "associations", n)
        record.college = partner(found, copies, "colleges", n)
        record.sponsor = partner(found, copies, "sponsors", n)
        record.sister = partner(found, copies, "agencies", n)
        record.host = Host[facts.rooms.upper()]
        record.officers = facts.officers_in_common


def write_dates_and_fields(
    record: Records, start: Records, facts: Agency | AgencyGroup, scenario: Scenario, fields: list[str]
) -> None:
    """Fill when an agency was founded, what it works on, and the distributions of the rest."""
    for name in ("staff", "licensed", "reputation", "skill", "mission"):
        start[name] = getattr(facts, name)
    start.cash = facts.cash * 100
    record.field = -1
    if isinstance(facts, AgencyGroup):
        record.founded = -4
        for name in ("staff_spread", "cash_spread", "trait_spread"):
            start[name] = getattr(facts, name)
        return
    record.founded = (facts.founded or scenario.start).index(scenario.start)
    for name in facts.fields:
        start.fields |= 1 << fields.index(name)
    if facts.fields:
        record.field = fields.index(facts.fields[0])
