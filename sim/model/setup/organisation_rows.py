"""Organisation rows: the fields of organisations, filled from the scenario."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.declarations.accounts import Party, account_number
from sim.declarations.choices import ContractForm, Form, Kind, Origin
from sim.declarations.state_codes import Host, Stage
from sim.engine.fields import StructArray
from sim.engine.rng.philox import entity_id
from sim.engine.struct_arrays import Layout, as_bytes, fill
from sim.model.setup.organisation_lists import PARTNERS, Organisations, PlacedOrganisation, copies_of, partner_index
from sim.model.state.agency_draws_fields import AGENCY_DRAWS
from sim.model.state.world import World
from sim.scenario.parameters.parameter_spec import FEN_PER_CNY
from sim.scenario.parameters.scenario_file import Agency, AgencyGroup, Scenario

_DRAWS = Layout(AGENCY_DRAWS)


QUARTERS_OF_A_YEAR = 4


def write_organisations(world: World, scenario: Scenario, found: Organisations) -> StructArray:
    """Fill the rows of all organisations; return what is drawn about agencies.

    Returns
    -------
    recarray, shape (agencies at the start,)
        Medians and spreads, `AGENCY_DRAWS`.
    """
    for kind, write in WRITERS.items():
        write(world, scenario, getattr(found, kind))
    link_to_cities(world, "college", found.colleges)
    link_to_cities(world, "sponsor", found.sponsors)
    link_institutions(world, found.institutions)
    write_agencies(world, scenario, found)
    return agency_draws(scenario, found.agencies)


def identity_columns(kind: Party, organisations: tuple[PlacedOrganisation, ...]) -> dict[str, list[int]]:
    """Ids, accounts and cities of the organisations of a kind."""
    return {
        "id": [entity_id(f"{kind.label}:{one.key}") for one in organisations],
        "account": [account_number(kind, n) for n in range(len(organisations))],
        "city": [one.place.city for one in organisations],
    }


def scenario_columns(organisations: tuple[PlacedOrganisation, ...], *names: str) -> dict[str, list[Any]]:
    """Values of organisations in the scenario, for fields of the same name."""
    return {name: [getattr(one.facts, name) for one in organisations] for name in names}


def money_columns(organisations: tuple[PlacedOrganisation, ...], *names: str) -> dict[str, list[int]]:
    """Amounts of money in whole fen, for fields of the same name."""
    return {name: [round(getattr(one.facts, name) * FEN_PER_CNY) for one in organisations] for name in names}


def write_colleges(world: World, _scenario: Scenario, colleges: tuple[PlacedOrganisation, ...]) -> None:
    """Fill the rows of colleges."""
    values = scenario_columns(colleges, "graduates", "supervision", "drive", "hosts", "assessors", "placements")
    fill(
        world.colleges,
        identity_columns(Party.COLLEGE, colleges) | values | money_columns(colleges, "grant", "emergency"),
    )


def write_sponsors(world: World, _scenario: Scenario, sponsors: tuple[PlacedOrganisation, ...]) -> None:
    """Fill the rows of companies."""
    values = scenario_columns(sponsors, "cycle", "patience", "drive")
    values["agencies_limit"] = [one.facts.agencies for one in sponsors]
    values["budget"] = [one.facts.budget * FEN_PER_CNY for one in sponsors]
    fill(world.sponsors, identity_columns(Party.SPONSOR, sponsors) | values)


def link_to_cities(world: World, kind: str, organisations: tuple[PlacedOrganisation, ...]) -> None:
    """Set the range of the organisations of a kind in the row of each city; those of a city are adjacent."""
    homes = [one.place.city for one in organisations]
    for city in dict.fromkeys(homes):
        world.cities[f"first_{kind}"][city] = homes.index(city)
        world.cities[f"{kind}s"][city] = homes.count(city)


def write_institutions(world: World, scenario: Scenario, institutions: tuple[PlacedOrganisation, ...]) -> None:
    """Fill the rows of institutions."""
    fields = sorted(scenario.fields)
    columns = {
        "index": list(range(len(institutions))),
        "district": [one.place.index for one in institutions],
        "field": [fields.index(one.facts.field) for one in institutions],
        "form": [ContractForm[one.facts.form.upper()] for one in institutions],
    }
    values = scenario_columns(institutions, "weight", "administrative_pressure", "track_record")
    values |= money_columns(institutions, "own_money")
    fill(world.institutions, identity_columns(Party.INSTITUTION, institutions) | columns | values)


def link_institutions(world: World, institutions: tuple[PlacedOrganisation, ...]) -> None:
    """Set the range of institutions in the rows of districts and cities."""
    # Governments of cities and of districts are numbered through, so that no number means both.
    for homes in ([one.place.index for one in institutions], [one.place.city for one in institutions]):
        for government, first in _first_positions(homes).items():
            world.governments["first_institution"][government] = first
        different, counts = np.unique(np.array(homes, dtype=np.intp), return_counts=True)
        world.governments["institutions"][different] = counts


def _first_positions(homes: list[int]) -> dict[int, int]:
    """Position of the first occurrence of each number."""
    return {home: n for n, home in reversed(list(enumerate(homes)))}


def write_associations(world: World, scenario: Scenario, associations: tuple[PlacedOrganisation, ...]) -> None:
    """Fill the rows of associations."""
    columns = {
        "district": [-1 if one.facts.district is None else one.place.index for one in associations],
        "founded": [(one.facts.founded or scenario.start).index(scenario.start) for one in associations],
        "members_limit": [one.facts.members for one in associations],
    }
    values = scenario_columns(associations, "rooms", "overlap") | money_columns(associations, "cash")
    fill(world.associations, identity_columns(Party.ASSOCIATION, associations) | columns | values)


WRITERS = {
    "colleges": write_colleges,
    "sponsors": write_sponsors,
    "associations": write_associations,
    "institutions": write_institutions,
}
"""What fills the rows of a section of the scenario, which the array has the name of."""


def write_agencies(world: World, scenario: Scenario, found: Organisations) -> None:
    """Fill identity and affiliations of agencies."""
    agencies = found.agencies
    fields = sorted(scenario.fields)
    count = len(agencies)
    as_bytes(world.agencies)[:count] = as_bytes(world.blank_agency)
    columns: dict[str, list[Any]] = {
        "index": list(range(count)),
        "stage": [Stage.PLANNED if begins_later(one.facts, scenario) else Stage.ACTIVE for one in agencies],
        "name": list(range(count)),
        "district": [one.place.index for one in agencies],
        "founder_kind": [Party.HOUSEHOLDS] * count,
        "field": [fields.index(of[0]) if (of := getattr(one.facts, "fields", ())) else -1 for one in agencies],
        "founded": [_founding_quarter(one.facts, scenario) for one in agencies],
    }
    for name, words in (("origin", Origin), ("form", Form), ("kind", Kind)):
        numbers = {member.label: int(member) for member in words}
        columns[name] = [numbers[getattr(one.facts, name)] for one in agencies]
    fill(world.agencies, identity_columns(Party.AGENCY, agencies) | columns)
    np.add.at(world.cities["planned"], [one.place.city for one in agencies if begins_later(one.facts, scenario)], 1)
    # Named ones come first; of those that are generated, nothing else is known.
    named = named_agencies(agencies)
    copies = {kind: copies_of(getattr(found, kind)) for kind in PARTNERS}
    ties: dict[str, list[Any]] = {
        field: [partner_index(found, copies, kind, n) for n in range(len(named))] for kind, field in PARTNERS.items()
    }
    ties["host"] = [Host[one.facts.rooms.upper()] for one in named]
    ties["officers_in_common"] = [one.facts.officers_in_common for one in named]
    fill(world.agencies, ties)
    world.clock[0].agencies = count


def named_agencies(agencies: tuple[PlacedOrganisation, ...]) -> tuple[PlacedOrganisation, ...]:
    """Agencies that are not generated."""
    return tuple(one for one in agencies if isinstance(one.facts, Agency))


def _founding_quarter(facts: Agency | AgencyGroup, scenario: Scenario) -> int:
    """Quarter of founding, past or to come; generated agencies are a year old."""
    if isinstance(facts, AgencyGroup):
        return -QUARTERS_OF_A_YEAR
    return (facts.begins or facts.founded or scenario.start).index(scenario.start)


def begins_later(facts: Agency | AgencyGroup, scenario: Scenario) -> bool:
    """Whether an agency is not there at the start."""
    return isinstance(facts, Agency) and facts.begins is not None and facts.begins > scenario.start


def agency_draws(scenario: Scenario, agencies: tuple[PlacedOrganisation, ...]) -> StructArray:
    """Medians of what is drawn about agencies and, for generated ones, spreads.

    Returns
    -------
    recarray, shape (agencies,)
        `AGENCY_DRAWS`.
    """
    named = len(named_agencies(agencies))
    fields = sorted(scenario.fields)
    draws = _DRAWS.fresh(len(agencies))
    values = scenario_columns(agencies, "staff", "licensed", "reputation", "skill", "mission")
    fill(draws, values | {"cash": [one.facts.cash * FEN_PER_CNY for one in agencies]})
    fill(draws, scenario_columns(agencies[named:], "staff_spread", "cash_spread", "trait_spread"), named)
    # A field that is named twice is one bit all the same.
    masks = [sum(1 << fields.index(name) for name in {*one.facts.fields}) for one in agencies[:named]]
    fill(draws, {"fields": masks, "advisers": [one.facts.advisers for one in agencies[:named]]})
    return draws
