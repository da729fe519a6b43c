"""Comparison of the oracle with the compiled rules, quarter by quarter.

What is compared follows the declarations of the compiled records: every declared field must be an attribute of
the oracle's agent under the same name and agree with it, but for the few named here with the reason.  Whole
numbers must be equal, real ones within a billionth.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np

from sim.declarations.accounts import account_number
from sim.declarations.events_and_causes import EVENT
from sim.declarations.state_codes import Stage, Stand, Status
from sim.engine.fields import Field, StructArray
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.agency_fields import AGENCY
from sim.model.state.assessor_fields import ASSESSOR
from sim.model.state.community_fields import COMMUNITY
from sim.model.state.contract_fields import CONTRACT
from sim.model.state.government_fields import GOVERNMENT
from sim.model.state.institution_fields import INSTITUTION
from sim.model.state.other_organisation_fields import ASSOCIATION, CITY, COLLEGE, DONORS, SPONSOR
from sim.model.state.world import World
from sim.run import RunResult, initialise
from tests.oracle.agency import Agency
from tests.oracle.oracle_model import Sector
from tests.oracle.other_organisations import City

RELATIVE = 1e-9
ABSOLUTE = 1e-9

BOOKKEEPING = {
    # How records are found and named, which plain objects have no need of.
    "account", "stage", "name", "serial", "founder_kind", "founder", "founded_agencies", "level", "government",
    "communities", "districts", "members", "first_community", "first_agency", "first_district", "first_member",
    "first_sponsor", "sponsors", "first_college", "colleges",
    "first_tie", "first_presence", "first_contract", "first_expired", "first_lot", "first_bid", "next_in_district",
    "next_of_agency", "next_expired", "next_waiting", "first_waiting", "last_waiting", "first_institution",
    "institutions", "first_dormant", "next_dormant", "first_refused", "lender_kind",
    # Declared, and never written by a rule.
    "association",
}  # fmt: skip
"""Fields that are not compared by name."""

COMPARED_ALL_THE_SAME = {
    ("agency", "association"),
    ("association", "members"),
    ("contract", "association"),
    ("contract", "government"),
    ("event", "government"),
}
"""Names above that mean something else in these kinds, and are compared there."""


def compared(kind: str, fields: Iterable[Field]) -> list[Field]:
    return [field for field in fields if field.name not in BOOKKEEPING or (kind, field.name) in COMPARED_ALL_THE_SAME]


KINDS = {
    "cities": compared("city", CITY),
    "governments": compared("government", GOVERNMENT),
    "associations": [field for field in compared("association", ASSOCIATION) if field.name != "id"],
    "colleges": compared("college", COLLEGE),
    "sponsors": compared("sponsor", SPONSOR),
    "donors": compared("donors", DONORS),
    "assessors": [field for field in compared("assessor", ASSESSOR) if field.name != "id"],
    "institutions": compared("institution", INSTITUTION),
    "communities": compared("community", COMMUNITY),
    "agencies": compared("agency", AGENCY),
    "contracts": compared("contract", CONTRACT),
    "events": compared("event", EVENT),
}
"""The world's array, and the oracle's list, of each kind, and the fields compared."""


AROUND = (
    "cities",
    "governments",
    "institutions",
    "associations",
    "colleges",
    "sponsors",
    "donors",
    "assessors",
    "communities",
)
"""Kinds of which all are compared every quarter."""


class DifferenceError(AssertionError):
    """The oracle and the compiled rules differ."""


def as_number(value: Any) -> Any:
    """An attribute of the oracle as a record holds it: an agent as its index, none as -1."""
    if value is None:
        return -1
    return value.index if hasattr(value, "index") and hasattr(value, "model") else value


def agree(where: str, expected: Any, found: Any, kind: str) -> None:
    """Raise where two numbers, or lists of them, differ."""
    if kind.startswith("f"):
        same = np.allclose(expected, found, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)
    else:
        same = np.array_equal(expected, found)
    if not same:
        raise DifferenceError(f"{where}: the rules have {expected!r}, the oracle {found!r}")


def agree_on_records(where: str, fields: list[Field], records: StructArray, twins: list[Any]) -> None:
    """Compare the records of a kind with the oracle's agents, field by field."""
    if len(records) != len(twins):
        raise DifferenceError(f"{where}: the rules have {len(records)}, the oracle {len(twins)}")
    if not twins:
        return
    for field in fields:
        found = [as_number(getattr(twin, field.name)) for twin in twins]
        expected = records[field.name]
        if field.type.startswith("f"):
            same = np.isclose(expected, found, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)
        else:
            same = expected == np.array(found, dtype=expected.dtype)
        if not same.all():
            n = int(np.argwhere(~same)[0][0])
            raise DifferenceError(f"{where} {n}, {field.name}: the rules have {expected[n]!r}, the oracle {found[n]!r}")


def linked(records: StructArray, first: int) -> Iterable[StructArray]:
    """Records of a list that hangs on another record."""
    while first >= 0:
        yield records[first]
        first = records[first].next


def agree_on_ties(when: str, world: World, agency: Agency, record: StructArray) -> None:
    """Compare relations and income by purchaser, presence by community, skills and income by source."""
    who = f"{when}, agency {agency.index}"
    ties = {tie.purchaser: tie for tie in linked(world.ties, record.first_tie)}
    agree(f"{who}, purchasers", sorted(ties), sorted(one.number for one in agency.ties), "i8")
    for purchaser, tie in agency.ties.items():
        twin = ties[purchaser.number]
        agree(f"{who}, relation with {purchaser.number}", twin.relation, tie.relation, "f8")
        agree(f"{who}, income from {purchaser.number}", twin.income.tolist(), tie.income, "i8")
        agree(f"{who}, bar of {purchaser.number}", twin.barred_until, tie.barred_until, "i8")
        agree(f"{who}, year's income from {purchaser.number}", twin.income_year, tie.income_year, "i8")
    places = {one.community: one for one in linked(world.presences, record.first_presence)}
    agree(f"{who}, communities", sorted(places), sorted(one.index for one in agency.presences), "i8")
    for community, presence in agency.presences.items():
        twin = places[community.index]
        agree(f"{who}, roots in {community.index}", twin.quarters, presence.quarters, "f8")
        agree(f"{who}, came to {community.index}", twin.since, presence.since, "i8")
        agree(f"{who}, last in {community.index}", twin.last, presence.last, "i8")
        agree(f"{who}, known in {community.index}", twin.known, presence.known, "f8")
        agree(f"{who}, past hours in {community.index}", twin.past, presence.past, "f8")
    agree(f"{who}, skills", world.skills[agency.index], agency.skills, "f8")
    agree(f"{who}, practice", world.practice[agency.index], agency.practice, "f8")
    incomes = [list(quarter.values()) for quarter in agency.incomes]
    agree(f"{who}, income by source", world.incomes[agency.index].tolist(), incomes, "i8")


def agree_on_dormant(where: str, world: World, city: City) -> None:
    """Compare who is dormant in a city, and what they still have: money, reputation, ties, skills."""
    asleep = [agency.index for agency in city.asleep]
    here = (world.agencies.stage == Stage.DORMANT) & (world.agencies.city == city.index)
    agree(where, np.flatnonzero(here[: int(world.clock[0].agencies)]), sorted(asleep), "i8")
    names = ("cash", "receivable", "overdue_income", "reputation", "dormant_since", "officers_in_common")
    kept = [field for field in KINDS["agencies"] if field.name in names]
    agree_on_records(where, kept, world.agencies[asleep], city.asleep)
    for agency in city.asleep:
        agree_on_ties(where, world, agency, world.agencies[agency.index])


def agree_on_needs(when: str, world: World, sector: Sector) -> None:
    """Compare need by community and field, and the split of budgets over fields."""
    needs = [community.needs for community in sector.communities]
    agree(f"{when}, unmet need", world.needs.unmet, [[need.unmet for need in row] for row in needs], "f8")
    agree(f"{when}, load", world.needs.load, [[need.load for need in row] for row in needs], "f8")
    agree(f"{when}, served", world.needs.served.tolist(), [[need.served for need in row] for row in needs], "i8")
    agree(f"{when}, split", world.split, [government.split for government in sector.governments], "f8")
    agree(f"{when}, active", world.active, [government.active for government in sector.governments], "f8")


def flow_counts(world: World) -> Counter[tuple[int, ...]]:
    """How often each flow was written: quarter, payer, payee, purpose, contract, fen."""
    return Counter(map(tuple, world.flows[: int(world.clock[0].flows)].view(np.ndarray).tolist()))


def twin_counts(sector: Sector) -> Counter[tuple[int, ...]]:
    """The same of the oracle, whose holders of money have no accounts but a party and a place in it."""
    return Counter(
        (
            flow.quarter,
            account_number(flow.payer.party, flow.payer.index),
            account_number(flow.payee.party, flow.payee.index),
            int(flow.purpose),
            flow.contract,
            flow.amount,
        )
        for flow in sector.flows
    )


def agree_on_money(when: str, world: World, sector: Sector) -> None:
    """Compare the flows since the last comparison, and the accounts of parties outside."""
    expected, found = flow_counts(world), twin_counts(sector)
    for key in sorted({*expected, *found}):
        agree(f"{when}, flow (quarter, payer, payee, purpose, contract, fen) {key}", expected[key], found[key], "i8")
    outside = [party.cash for party in sector.outside.values()]
    agree(f"{when}, accounts outside", world.externals.cash.tolist(), outside, "i8")
    sector.flows.clear()
    world.clock[0].flows = 0


def agree_on_quarter(world: World, sector: Sector, last: bool) -> None:
    """Compare everything that stands at the end of a quarter."""
    when = f"quarter {sector.quarter - 1}"
    clock = world.clock[0]
    for kind in AROUND:
        agree_on_records(f"{when}, {kind}", KINDS[kind], getattr(world, kind), getattr(sector, kind))
    agree_on_needs(when, world, sector)
    stands = [trigger.in_force(sector.quarter - 1) for trigger in sector.triggers]
    agree(f"{when}, triggers in force", world.trigger_panel[sector.quarter - 1] == Stand.IN_FORCE, stands, "i8")
    agree(f"{when}, agencies", int(clock.agencies), len(sector.agencies), "i8")
    active = [agency.index for agency in sector.agencies_at_work]
    agree(f"{when}, agencies at work", np.flatnonzero(world.agencies.stage[: clock.agencies] == 1), active, "i8")
    agree_on_records(f"{when}, agency", KINDS["agencies"], world.agencies[active], sector.agencies_at_work)
    for agency in sector.agencies_at_work:
        agree_on_ties(when, world, agency, world.agencies[agency.index])
    for city in sector.cities:
        agree_on_dormant(f"{when}, asleep in {city.index}", world, city)
    agree(f"{when}, contracts", int(clock.contracts), len(sector.contracts), "i8")
    known = world.contracts[: clock.contracts]
    alive = (known.status == Status.RUNNING) | (known.called >= sector.quarter - 1)
    watched = np.flatnonzero(alive | last)
    chosen = [sector.contracts[k] for k in watched]
    agree_on_records(f"{when}, contract", KINDS["contracts"], known[watched], chosen)
    agree_on_money(when, world, sector)
    for name, value in sector.outcomes[-1].items():
        agree(f"{when}, {name}", world.sector[sector.quarter - 1][name], value, "f8")


def agree_on_events(world: World, sector: Sector) -> None:
    """Compare all events, in order."""
    agree_on_records("event", KINDS["events"], world.events[: world.clock[0].events], sector.events)


def districts_of(purchaser: Any) -> list[Any]:
    """Districts below a purchaser that is a city."""
    return purchaser.city.districts if purchaser is purchaser.city.government else []


def check_books(sector: Sector) -> None:
    """The oracle's own books: running sums are the sums of what they run over, and money is conserved."""
    for purchaser in (*sector.governments, *sector.institutions):
        owed = [one for one in sector.contracts if one.purchaser is purchaser and one.agency]
        assert purchaser.running == sum(one.price for one in owed if one.runs)
        owed_by_city = sum(one.owed_by_city for one in sector.contracts if one.government in districts_of(purchaser))
        own = sum(one.owed - one.owed_by_city - one.written_off for one in owed)
        assert purchaser.obligations == own + owed_by_city
    for government in sector.governments:
        area = [one for one in sector.contracts if one.government in (government, *districts_of(government))]
        assert government.co_payments == sum(one.co_payment for one in area if one.runs)
        assert math.isclose(sum(government.split), 1.0)
    holders = [*sector.outside.values(), *sector.governments, *sector.institutions, *sector.associations]
    holders += [*sector.colleges, *sector.sponsors, *sector.donors, *sector.assessors, *sector.agencies]
    assert sum(holder.cash for holder in holders) == 0
    for city in sector.cities:
        staff = sum(agency.staff for agency in sector.agencies if agency.city is city)
        staff += sum(government.direct_staff for government in city.purchasers)
        assert (
            staff + sum(city.seekers) + sum(city.outside) == city.people_at_start + city.trained + city.imported_staff
        )


def run_together(compiled: CompiledScenario, seed: int) -> Sector:
    """Run the compiled rules and the oracle side by side; return the oracle at the end.

    Raises
    ------
    DifferenceError
        In the first quarter in which they differ.
    """
    record = RunResult(compiled, seed, initialise(compiled, seed))
    sector = Sector(compiled, seed)
    agree_on_money("opening", record.world, sector)
    for quarter in range(compiled.quarters):
        # Only observed, and read on the way: so that nothing needs to be put aside.
        record.world.clock[0].panel = 0
        record.run_to(quarter + 1)
        sector.step()
        agree_on_quarter(record.world, sector, last=quarter + 1 == compiled.quarters)
        check_books(sector)
    agree_on_events(record.world, sector)
    return sector
