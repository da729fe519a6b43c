"""Hypothesis strategies for scenarios: small worlds, built as a file would write them.

`scenarios` makes plain values; `sim.scenario.make_scenario` makes a scenario of them.  Values of levers and
of behavioural parameters are drawn within the bounds of their declarations (`tests.support.value_strategies`), so a
parameter that is added is drawn at once.  A world has one or two cities of up to three districts, and
organisations of every kind.
"""

from __future__ import annotations

from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from sim.scenario.parameters.fundraising_parameters import Donors
from sim.scenario.parameters.labour_parameters import Economy, Labour
from sim.scenario.parameters.parameter_spec import Group, parameters_of
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.rule_parameters import Rules
from tests.support.policy_strategies import consistent, entries
from tests.support.value_strategies import (
    CITY_LEVERS,
    DISTRICT_LEVERS,
    LEVERS,
    Values,
    nested,
    parts_of,
    quarters_from,
    values_of,
)

FIELDS = ("elderly", "migrants", "women", "youth")
CITIES = ("Anping", "Beihe")
DISTRICTS = ("East", "Lower Town", "West")
ORIGINS = ("college", "spin-off", "converted", "corporate", "government", "commercial")


@st.composite
def governments(draw: st.DrawFn, group: type[Group]) -> Values:
    """A government: money or none, perhaps assessment, and a few other levers."""
    values = draw(parts_of(group))
    regime = draw(st.sampled_from(["none", "none", "internal", "third-party"]))
    if regime != "none":
        values.setdefault("assessment", {}).setdefault("regime", regime)
        values["assessment"].setdefault("coverage", 1.0)
    values.setdefault("procurement", {})["budget"] = draw(st.sampled_from([0, 150_000, 600_000, 2_500_000]))
    return values


@st.composite
def districts(draw: st.DrawFn) -> Values:
    """A district of one or two communities."""
    residents = draw(st.sampled_from([15_000, 40_000, 100_000]))
    return {
        "communities": {"count": draw(st.integers(1, 2)), "residents": residents},
        "government": draw(governments(DistrictGovernment)),
        "commercial_groups": draw(st.integers(0, 2)),
    }


@st.composite
def cities(draw: st.DrawFn) -> Values:
    """A city of up to three districts."""
    names = draw(st.lists(st.sampled_from(DISTRICTS), min_size=1, max_size=3, unique=True))
    labour = draw(parts_of(Labour, 2)) | {"pool": draw(st.sampled_from([0, 7, 60, 300]))}
    return {
        "government": draw(governments(CityGovernment)),
        "districts": {name: draw(districts()) for name in names},
        "labour": labour,
        "economy": draw(parts_of(Economy, 1)),
        "donors": draw(parts_of(Donors, 2)) | {"pool": draw(st.sampled_from([0, 200_000, 5_000_000]))},
    }


def sponsors(city: str) -> st.SearchStrategy[Values]:
    """A company of a city, or several alike."""
    some = {"count": st.integers(1, 3), "agencies": st.integers(0, 3), "patience": st.sampled_from([0.1, 1.0, 5.0])}
    some["drive"] = st.sampled_from([0, 0.5, 1])
    return st.fixed_dictionaries({"city": st.just(city), "budget": st.sampled_from([0, 30_000, 200_000])} | some)


@st.composite
def behaviour(draw: st.DrawFn) -> Values:
    """A few parameters of behaviour, and of strategy more often than by their number."""
    known = list(parameters_of(Rules))
    sources = [leaf for leaf in known if leaf.path[0] in ("strategy", "giving")]
    one = st.sampled_from(known) | st.sampled_from(sources)
    chosen = draw(st.lists(one, max_size=7, unique_by=lambda leaf: leaf.key))
    return nested((leaf.path, draw(values_of(leaf))) for leaf in chosen)


@st.composite
def associations(draw: st.DrawFn, start: Quarter, city: str, within: list[str]) -> Values:
    """An association of a city or of one of its districts, perhaps founded later."""
    values: Values = {
        "city": city,
        "rooms": draw(st.integers(0, 3)),
        "members": draw(st.sampled_from([0, 2, 100])),
        "cash": draw(st.sampled_from([0, 50_000])),
        "overlap": draw(st.sampled_from([0, 0.5, 1])),
    }
    district = draw(st.none() | st.sampled_from(within))
    if district is not None:
        values["district"] = f"{city}/{district}"
    if draw(st.booleans()):
        values["founded"] = draw(quarters_from(start, -4, 6))
    return values


def members(values: Values, association: str, guests: bool = False) -> list[str]:
    """Agencies drawn so far that belong to an association, or that it gives rooms."""
    return [
        name
        for name, facts in values["agencies"].items()
        if facts.get("association") == association and (facts["rooms"] == "association" or not guests)
    ]


def takes_members(values: Values, association: str, start: Quarter) -> bool:
    """Whether an association works at the start and is not full."""
    facts = values["associations"][association]
    return facts.get("founded", "") <= str(start) and len(members(values, association)) < facts["members"]


@st.composite
def agencies(draw: st.DrawFn, start: Quarter, values: Values, city: str) -> Values:
    """A named agency of a city, with organisations of that city behind it."""
    places = [f"{city}/{name}" for name in values["cities"][city]["districts"]]
    agency: Values = {
        "district": draw(st.sampled_from(places)),
        "origin": draw(st.sampled_from(ORIGINS)),
        "kind": draw(st.sampled_from(["nonprofit", "nonprofit", "nonprofit", "for-profit"])),
        "staff": draw(st.integers(0, 14)),
        "cash": draw(st.sampled_from([0, 5_000, 80_000, 400_000])),
        "licensed": draw(st.sampled_from([0.0, 0.4, 1.0])),
        "fields": draw(st.lists(st.sampled_from(sorted(values["fields"])), max_size=2, unique=True)),
        "founded": draw(quarters_from(start, -9, 0)),
        "branches": draw(st.lists(st.sampled_from(places), max_size=1)),
    }
    rooms = ["own"]
    for kind in ("college", "sponsor", "association"):
        there = [name for name, facts in values[f"{kind}s"].items() if facts["city"] == city]
        if kind == "association":
            there = [name for name in there if takes_members(values, name, start)]
        chosen = draw(st.none() | st.sampled_from(there)) if there else None
        if chosen is not None:
            agency[kind] = chosen
            if (
                kind != "association"
                or len(members(values, chosen, guests=True)) < values["associations"][chosen]["rooms"]
            ):
                rooms.append(kind)
    agency["rooms"] = draw(st.sampled_from(rooms))
    forms = ["registered", "registered", "commercial"]
    if "association" in agency:
        forms.append("attached")
        agency["officers_in_common"] = draw(st.booleans())
    agency["form"] = draw(st.sampled_from(forms))
    return agency


@st.composite
def groups(draw: st.DrawFn, names: list[str]) -> Values:
    """An entry of generated agencies."""
    return {
        "count": draw(st.integers(0, 4)),
        "cities": draw(st.lists(st.sampled_from(names), max_size=2, unique=True)),
        "origin": draw(st.sampled_from(ORIGINS)),
        "form": draw(st.sampled_from(["registered", "commercial"])),
        "kind": draw(st.sampled_from(["nonprofit", "for-profit"])),
        "staff": draw(st.integers(1, 12)),
        "cash": draw(st.sampled_from([0.0, 80_000.0])),
    }


@st.composite
def policies(
    draw: st.DrawFn, start: Quarter, quarters: int, names: list[str], first: int = 0, triggers: bool = True
) -> Values:
    """A change of one or two levers, everywhere, at a level, or in some cities; of any kind."""
    place = draw(st.sampled_from([None, "cities", "districts", *names]))
    known = LEVERS if place is None else DISTRICT_LEVERS if place == "districts" else CITY_LEVERS
    when = (start, min(first, quarters - 1), quarters - 1)
    policy = draw(entries(known, values_of, when, triggers))
    return policy if place is None else policy | {"in": place}


@st.composite
def scenarios(
    draw: st.DrawFn,
    quarters: tuple[int, int] = (1, 14),
    least_cities: int = 1,
    most_cities: int = 2,
    most_policies: int = 3,
    triggers: bool = True,
) -> Values:
    """A small world, as plain values.

    Parameters
    ----------
    quarters : tuple of int
        Shortest and longest run.
    least_cities, most_cities, most_policies : int
        How many there must or may be.
    triggers : bool
        Whether policies may wait for outcomes of the sector, through which cities influence each other.
    """
    start = Quarter(2010, draw(st.integers(1, 4)))
    length = draw(st.integers(*quarters))
    names = list(CITIES[: draw(st.integers(least_cities, most_cities))])
    fields = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=4, unique=True))
    values: Values = {
        "title": "A small world",
        "start": str(start),
        "quarters": length,
        "fields": {name: {} for name in fields},
        "cities": {name: draw(cities()) for name in names},
        "colleges": {},
        "sponsors": {},
        "associations": {},
        "agencies": {},
        "rules": draw(behaviour()),
    }
    some = st.integers(0, 2)
    beginnings = st.sampled_from([{}, {}, {"adopts": True}, {"begins": str(Quarter(start.year + 1, 1))}])
    for city in names:
        values["cities"][city] |= draw(beginnings)
        for n in range(draw(some)):
            college = {"city": city, "graduates": draw(st.sampled_from([0, 30]))}
            college["placements"] = draw(st.sampled_from([0, 1.5, 40]))
            values["colleges"][f"{city} College {n}"] = college
        for n in range(draw(some)):
            values["sponsors"][f"{city} Works {'AB'[n]}"] = draw(sponsors(city))
        for n in range(draw(some)):
            within = list(values["cities"][city]["districts"])
            values["associations"][f"{city} Association {n}"] = draw(associations(start, city, within))
        for n in range(draw(st.integers(0, 3))):
            values["agencies"][f"{city} Agency {n}"] = draw(agencies(start, values, city))
            if n > 0 and draw(st.booleans()):
                values["agencies"][f"{city} Agency {n}"]["sister"] = f"{city} Agency 0"
    values["generated"] = {f"Group {n}": draw(groups(names)) for n in range(draw(some))}
    # Everywhere, because any policy may give institutions money.
    values["institutions"] = {
        f"house {n}": {
            "field": draw(st.sampled_from(fields)),
            "count": draw(st.integers(1, 2)),
            "form": draw(st.sampled_from(["project", "post"])),
            "track_record": draw(st.sampled_from([0.0, 0.3, 0.6])),
        }
        for n in range(draw(st.integers(1, 2)))
    }
    drawn = draw(st.lists(policies(start, length, names, triggers=triggers), max_size=most_policies))
    values["policies"] = consistent(drawn, start, length)
    return values


seeds = st.integers(0, 2**63 - 1)
"""Seeds of runs."""
