"""A contract's books: a lot is opened, a contract is signed, and what it bound is set free at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.government import Level
from sim.agents.ties import ensure_presence, ensure_tie
from sim.chance import child_id
from sim.declare import Record
from sim.procurement.contract import Channel, Status
from sim.rule import rule
from sim.scenario.choices import Admission, Form, Kind

if TYPE_CHECKING:
    from sim.world import World


@rule
def hourly_ceiling(government: Record) -> float:
    """Ceiling price of one hour of service now, fen."""
    return government.contract_hourly_price * government.price_index


@rule
def may_hold(government: Record, agency: Record) -> bool:
    """Whether an agency may hold a contract of a purchaser.

    A district signs with registered agencies, and with for-profits that it admits; the city's
    fund reaches members of associations, attached ones among them, and nonprofits only.
    """
    if government.level == Level.CITY:
        member = agency.association >= 0 and agency.form != Form.COMMERCIAL
        return bool(member and agency.kind == Kind.NONPROFIT)
    if agency.form != Form.REGISTERED:
        return False
    return bool(agency.kind == Kind.NONPROFIT or admits_firm(government, agency.licensed, agency.staff))


@rule
def admits_firm(government: Record, licensed: int, staff: int) -> bool:
    """Whether a for-profit with so many licence holders on its staff may register and hold contracts."""
    admission = int(government.for_profits_admission)
    if admission == Admission.QUALIFIED:
        return bool(staff > 0 and licensed >= government.for_profits_qualification * staff)
    return bool(admission == Admission.OPEN)


@rule
def new_lot(world: World, g: int, f: int, c: int, ceiling: int) -> int:
    """Open a lot and return its index.

    Parameters
    ----------
    g, f : int
        Purchaser and field.
    c : int
        Community; -1 where bidders propose one (special fund).
    ceiling : int
        Highest yearly price, fen.
    """
    clock = world.clock[0]
    government = world.governments[g]
    k = clock.contracts
    clock.contracts += 1
    world.contracts[k] = world.blank_contract[0]
    lot = world.contracts[k]
    lot.id = child_id(government.id, Status.CALLED, clock.quarter, government.lots)
    lot.called = clock.quarter
    lot.government = g
    lot.channel = Channel.SPECIAL_FUND if government.level == Level.CITY else Channel.DISTRICT
    lot.community = c
    lot.field = f
    lot.ceiling = ceiling
    lot.minimum_hours = ceiling / (4.0 * hourly_ceiling(government))
    lot.term = int(government.contract_term)
    lot.development = government.contract_development
    lot.pricing = int(government.contract_pricing)
    government.lots += 1
    return int(k)


@rule
def sign(world: World, k: int, a: int, c: int, price: int, hours: float, route: int) -> None:
    """Sign a contract: bind the purchaser's budget and the agency's hours, and set foot in the community.

    Parameters
    ----------
    k, a, c : int
        Contract, agency, community.
    price : int
        Yearly price, fen.
    hours : float
        Hours promised a quarter.
    route : Route
        How the agency came by it.
    """
    clock = world.clock[0]
    contract = world.contracts[k]
    agency = world.agencies[a]
    government = world.governments[contract.government]
    contract.status = Status.RUNNING
    contract.route = route
    contract.agency = a
    contract.community = c
    contract.price = price
    contract.promised_hours = hours
    contract.ends = clock.quarter + contract.term
    if contract.channel == Channel.SPECIAL_FUND:
        contract.association = agency.association
    contract.next_of_agency = agency.first_contract
    agency.first_contract = k
    agency.contracts += 1
    agency.wins += 1
    agency.committed += hours
    government.running += price
    government.awarded += price
    world.active[contract.government, contract.field] += price
    world.needs[c, contract.field].served += 1
    clock.running += 1
    clock.open += 1
    ensure_tie(world, a, contract.government)
    ensure_presence(world, a, c)


@rule
def release(world: World, k: int, status: int) -> None:
    """Free the budget and the hours that a running contract bound, and mark how it ended."""
    contract = world.contracts[k]
    government = world.governments[contract.government]
    agency = world.agencies[contract.agency]
    contract.status = status
    government.running -= contract.price
    world.active[contract.government, contract.field] -= contract.price
    world.needs[contract.community, contract.field].served -= 1
    world.clock[0].running -= 1
    agency.contracts -= 1
    # Sums of hours are real numbers: an agency without contract must be at exactly nought again.
    agency.committed = agency.committed - contract.promised_hours if agency.contracts > 0 else 0.0
