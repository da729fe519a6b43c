"""Small scenarios at the edges of the model: by hand, each for one edge, and at random, several at once.

>>> "branches and copies" in EDGES
True
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.support.oracle_town import EAST, TOWN, WEST, districts, everywhere
from tests.support.scenario_strategies import scenarios
from tests.support.value_strategies import Values

NORTH = "cities.Town.districts.North"

EDGES: dict[str, dict[str, Any]] = {
    "no noise": {"rules.chance.noise_scale": 0.0},
    "no learning": {
        "rules.people.learning": 0.0,
        "rules.people.skill_carry": 0.0,
        "rules.strategy.learning": 0.0,
        "rules.standing.skill_gain": 0.0,
        "rules.standing.peer_learning": 0.0,
    },
    "nobody employed": {
        **{f"agencies.{name}.staff": 0 for name in ("Alpha", "Beta", "Gamma", "Delta")},
        "agencies.Beta.cash": 500.0,
        "generated": {},
        "colleges.College.graduates": 0,
        "cities.Town.labour.pool": 0,
        "cities.Town.labour.graduates": 0,
        "quarters": 6,
    },
    "branches and copies": {
        "cities.Town.count": 2,
        "cities.Town.districts.East.count": 2,
        "cities.Town.districts.West.count": 3,
        "cities.Town.districts.East.communities.count": 1,
        "cities.Town.districts.West.communities.count": 1,
        "agencies.Alpha.branches": ["West"],
        "agencies.Gamma.branches": ["West", "Town/East"],
        "agencies.Delta.district": "Town/West",
        "agencies.Delta.sister": "Beta",
        "institutions": {"homes": {"field": "elderly", "count": 2}},
        "quarters": 6,
    },
    "attached agencies register": {
        # Officials with a budget, in a district without agencies, wish for one.  It has too little capital to register;
        # when none is asked for any more, no government unit agrees, and the wish of its founding does not count.
        f"{NORTH}.government.procurement.budget": 600_000.0,
        f"{NORTH}.government.registration.openness": 0.0,
        f"{NORTH}.government.registration.capital": 1_000_000.0,
        f"{NORTH}.government.promotion.push": 1.0,
        "policies": [{"at": "2011-Q1", "in": "North", "set": {"registration.capital": 0.0}}],
        **districts("registration.openness", 0.3),
        "rules.founding.official_rate": 3.0,
        "agencies.Beta.licensed": 0.8,
        "colleges.College.drive": 0.0,
        "generated": {},
        "quarters": 22,
    },
    "nothing promised, nothing free": {
        "rules.people.learning": 0.0,
        "rules.people.quit_rate": 0.6,
        "rules.delivery.own_work": 0.0,
        "rules.people.hiring_limit": 3.0,
        "cities.Town.labour.pool": 40,
        **everywhere("contract.term", 2),
    },
    "new staff gives no hours": {
        # The first quarter's work of new staff counts for nothing, so contracts are served with zero hours.
        "rules.people.learning": 0.0,
        "rules.people.quit_rate": 0.9,
        "rules.people.leave_field": 0.0,
        "rules.people.hiring_limit": 5.0,
        "rules.delivery.own_work": 1.0,
        "rules.need.grace": 0,
        **everywhere("contract.term", 6),
    },
    "companies without profit": {
        "agencies.Alpha.form": "commercial",
        "agencies.Gamma.form": "commercial",
        "agencies.Delta.founded": "2010-Q1",
        "agencies.Alpha.founded": "2009-Q4",
        **everywhere("procurement.shares.grants", 0.2),
        **everywhere("grants.incubation", 90_000.0),
        **everywhere("grants.core", 20_000.0),
    },
    "crowded calls": {
        "rules.bidding.attention": 2,
        "rules.bidding.search": 1.0,
        "rules.bidding.effort": 0.0,
        **districts("procurement.shares.institutions", 0.5),
        **everywhere("contract.value", 40_000.0),
        "institutions.homes.track_record": 0.9,
    },
    "sisters": {"rules.founding.spin_off_rate": 5.0, "rules.founding.spin_off_size": 1, "rules.people.skill_loss": 1.0},
    "few licences": {
        "rules.founding.licensed": 1.0,
        "cities.Town.labour.pool_licensed": 0.02,
        "cities.Town.labour.pool": 30,
        "colleges.College.drive": 1.0,
        "rules.founding.college_rate": 3.0,
        **districts("registration.regime", "direct"),
        **districts("registration.licensed_share", 0.4),
    },
    "gone within a quarter": {
        "rules.people.quit_rate": 1.0,
        "rules.people.leave_field": 1.0,
        "rules.people.hiring_minimum": 0,
        "rules.people.hiring_limit": 0.0,
        "rules.costs.fixed": 30_000.0,
        "quarters": 8,
    },
    "assessors overrun": {
        **everywhere("assessment.regime", "third-party"),
        **everywhere("assessment.coverage", 1.0),
        **everywhere("assessment.cost", 0.25),
        TOWN + "assessors.capacity": 1,
        EAST + "contract.form": "post",
        WEST + "contract.form": "centre",
        **everywhere("contract.handover", 1.0),
    },
}
"""Changes to the oracle's town, as dotted keys."""


def silence(draw: st.DrawFn, values: Values) -> None:
    """Every draw at its median."""
    values["rules"].setdefault("chance", {})["noise_scale"] = 0.0


def ignorance(draw: st.DrawFn, values: Values) -> None:
    """Nobody learns anything."""
    for group, name in (("people", "learning"), ("strategy", "learning"), ("standing", "skill_gain")):
        values["rules"].setdefault(group, {})[name] = 0.0


def emptiness(draw: st.DrawFn, values: Values) -> None:
    """Nobody is employed, and there may be nobody to employ."""
    for agency in values["agencies"].values():
        agency["staff"] = 0
    for city in values["cities"].values():
        city["labour"]["pool"] = draw(st.sampled_from([0, 3]))


def copies(draw: st.DrawFn, values: Values) -> None:
    """Cities and districts that stand for several."""
    for city in values["cities"].values():
        city["count"] = draw(st.integers(1, 2))
        for district in city["districts"].values():
            district["count"] = draw(st.integers(1, 3))
            district["communities"]["count"] = 1
    for association in values["associations"].values():
        # Copies of agencies are members too.
        association |= {"rooms": 100, "members": 100}


def branches(draw: st.DrawFn, values: Values) -> None:
    """Every agency has branches in every district of its city."""
    for agency in values["agencies"].values():
        city = agency["district"].split("/")[0]
        agency["branches"] = [f"{city}/{name}" for name in values["cities"][city]["districts"]]


def easy_registration(draw: st.DrawFn, values: Values) -> None:
    """What is attached can register, now or later, if a unit agrees."""
    for agency in values["agencies"].values():
        if agency.get("association"):
            agency["form"] = "attached"
    for city in values["cities"].values():
        for district in city["districts"].values():
            registration = district["government"].setdefault("registration", {})
            registration |= {"licensed": 0, "licensed_share": 0.0, "openness": draw(st.sampled_from([0.2, 0.5]))}
            registration |= {"regime": "dual", "capital": draw(st.sampled_from([0.0, 30_000.0]))}
    values["rules"].setdefault("founding", {})["official_rate"] = 3.0


def idle_hours(draw: st.DrawFn, values: Values) -> None:
    """New staff serve nothing in their first quarter, and nobody has projects of their own."""
    values["rules"].setdefault("people", {}).update({"learning": 0.0, "quit_rate": 0.7, "hiring_limit": 3.0})
    values["rules"].setdefault("delivery", {})["own_work"] = draw(st.sampled_from([0.0, 1.0]))


def grants_for_the_young(draw: st.DrawFn, values: Values) -> None:
    """Nonprofits of company form, and incubation grants."""
    for agency in values["agencies"].values():
        if agency["form"] == "registered":
            agency |= {"form": draw(st.sampled_from(["registered", "commercial"])), "kind": "nonprofit"}
        agency["founded"] = values["start"]
    for city in values["cities"].values():
        for place in (city, *city["districts"].values()):
            government = place["government"]
            government.setdefault("procurement", {}).setdefault("shares", {})["grants"] = 0.13
            government["grants"] = {"incubation": 60_000.0}


CHANGES: tuple[Callable[[st.DrawFn, Values], None], ...] = (
    silence,
    ignorance,
    emptiness,
    copies,
    branches,
    easy_registration,
    idle_hours,
    grants_for_the_young,
)


@st.composite
def extreme_scenarios(draw: st.DrawFn) -> Values:
    """A small world with up to three of these changes."""
    values = draw(scenarios(quarters=(2, 7)))
    for change in draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3, unique=True)):
        change(draw, values)
    return values
