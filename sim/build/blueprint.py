"""A scenario as arrays, made once and shared by all its runs.

Entries are put in the order of their names, so the order in a file changes nothing.  `sim.opening` draws
for each seed what a scenario leaves to chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.agents.government import LEVERS
from sim.build.organisations import Organisations, list_organisations, write_organisations
from sim.build.places import Places, lever_column, list_places, write_numbers, write_places
from sim.declare import Records
from sim.money import OUTSIDE, account_number
from sim.records import fresh
from sim.scenario.behaviour import Rules
from sim.scenario.calendar import Quarter
from sim.scenario.levers import CityGovernment, DistrictGovernment
from sim.scenario.param import leaves
from sim.scenario.parameters import Policy, Scenario
from sim.scenario.references import district_names
from sim.world import CHANGE, World, empty_world


@dataclass(frozen=True)
class Blueprint:
    """Everything that all runs of a scenario share.

    Attributes
    ----------
    title : str
        Title of the scenario.
    start : Quarter
        First quarter.
    quarters : int
        Length of a run.
    world : World
        Template; never run itself.
    community_starts, agency_starts : recarray
        Medians and spreads of what is drawn at the start.
    branches : int array, shape (branches, 2)
        Agency and district government of every branch.
    names : dict of str to list of str
        Kind of organisation -> names in order.
    """

    title: str
    start: Quarter
    quarters: int
    world: World
    community_starts: Records
    agency_starts: Records
    branches: np.ndarray
    names: dict[str, list[str]]

    @classmethod
    def of(cls, scenario: Scenario, quarters: int | None = None) -> Blueprint:
        """Lay out a scenario, for its own number of quarters or for another."""
        length = scenario.quarters if quarters is None else quarters
        places = list_places(scenario)
        found = list_organisations(scenario, places)
        changes = list_changes(scenario, places, length)
        world = empty_world(
            cities=len(places.cities),
            governments=len(places.governments),
            associations=len(found.associations),
            colleges=len(found.colleges),
            sponsors=len(found.sponsors),
            institutions=len(found.institutions),
            communities=len(places.communities),
            fields=len(scenario.fields),
            agencies=len(found.agencies),
            changes=len(changes),
            quarters=length,
        )
        write_numbers(world.rules[0], scenario.rules, list(leaves(Rules)))
        world.clock[0].first_season = scenario.start.number - 1
        world.clock[0].variation = scenario.rules.chance.variation
        for party in range(OUTSIDE):
            world.externals[party].account = account_number(party, 0)
        world.changes[:] = changes
        community_starts = write_places(world, scenario, places)
        agency_starts = write_organisations(world, scenario, found)
        return cls(
            title=scenario.title,
            start=scenario.start,
            quarters=length,
            world=world,
            community_starts=community_starts,
            agency_starts=agency_starts,
            branches=list_branches(scenario, places, found),
            names=list_names(scenario, places, found),
        )


def list_names(scenario: Scenario, places: Places, found: Organisations) -> dict[str, list[str]]:
    """Names in order, by the kind that a field `refers` to."""
    return {
        "city": [place.name for place in places.cities],
        "government": places.governments,
        "donors": [f"Donors of {place.name}" for place in places.cities],
        "community": list(places.communities),
        "field": sorted(scenario.fields),
        "association": [one.name for one in found.associations],
        "college": [one.name for one in found.colleges],
        "sponsor": [one.name for one in found.sponsors],
        "assessor": [f"Assessors of {place.name}" for place in places.cities],
        "institution": [one.name for one in found.institutions],
        "agency": [one.name for one in found.agencies],
    }


def list_branches(scenario: Scenario, places: Places, found: Organisations) -> np.ndarray:
    """Agency and district of every branch; int array, shape (branches, 2)."""
    known = district_names({"cities": {n: {"districts": c.districts} for n, c in scenario.cities.items()}})
    rows = []
    for n, agency in enumerate(found.agencies):
        for name in sorted(getattr(agency.facts, "branches", ())):
            rows += [(n, place.index) for place in places.districts_of(known[name], agency.place.city)]
    return np.array(rows, dtype=np.int64).reshape(len(rows), 2)


def list_changes(scenario: Scenario, places: Places, quarters: int) -> Records:
    """Dated policies as changes of single levers, in order of quarter; the more general first.

    A policy without place holds wherever the lever exists; one that names `cities` or `districts`, in all of
    them; one that names places, there.  Where two meet in a quarter, the one that names the place wins.
    """
    rows = []
    for policy in scenario.policies:
        quarter = policy.at.index(scenario.start)
        for key, value in sorted(policy.set.items()):
            column = lever_column(key)
            for government, special in jurisdictions(scenario, places, policy, key):
                rows.append((quarter, special, government, column, LEVERS[column].number(value)))
    rows = sorted(row for row in rows if row[0] < quarters)
    changes = fresh(CHANGE, len(rows))
    for n, (quarter, _, government, column, number) in enumerate(rows):
        changes[n] = (quarter, government, column, number)
    return changes


def jurisdictions(scenario: Scenario, places: Places, policy: Policy, key: str) -> list[tuple[int, int]]:
    """Governments that a policy means, each with how specially it names them (0 all, 1 a level, 2 by name)."""
    of_city = key in {leaf.key for leaf in leaves(CityGovernment)}
    of_district = key in {leaf.key for leaf in leaves(DistrictGovernment)}
    cities = [place.index for place in places.cities] if of_city else []
    districts = [place.index for place in places.districts] if of_district else []
    if policy.in_ is None:
        return [(government, 0) for government in (*cities, *districts)]
    known = district_names({"cities": {n: {"districts": c.districts} for n, c in scenario.cities.items()}})
    meant = []
    for name in [policy.in_] if isinstance(policy.in_, str) else policy.in_:
        if name == "cities":
            meant += [(government, 1) for government in cities]
        elif name == "districts":
            meant += [(government, 1) for government in districts]
        elif name in known:
            meant += [(place.index, 2) for place in places.districts_of(known[name])]
        else:
            meant += [(place.index, 2) for place in places.cities_of(name)]
    return meant
