"""A contract's books: a lot is opened, a contract is signed, and what it bound is set free at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sim.declarations.choices import Admission, Applicants, ContractForm, Form, Kind, Pricing
from sim.declarations.state_codes import Channel, Level, Status
from sim.engine.compilation import rule
from sim.engine.rng.philox import IntLike, child_id
from sim.model.rules.contracts.contract_forms import hourly_price, post_hours
from sim.model.rules.contracts.instalments import city_above, share_price
from sim.model.rules.contracts.purchaser_commitments import (
    bind_money,
    count_award,
    count_running,
    purchaser_of_contract,
)
from sim.model.rules.shared.relations_and_presence import ensure_presence, ensure_tie
from sim.model.state.row_adding import add_contract

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, ContractRow, GovernmentRow
    from sim.model.state.world import World


class Wanted(NamedTuple):
    """What a purchaser wants in one lot.

    Attributes
    ----------
    government : int
        Government that buys, or by whose rules an institution does.
    institution : int
        Institution that buys; -1 for the government itself.
    field, community : int
        Field of service (of most need, for a centre); community, -1 where bidders propose one (special fund).
    form : int
        `ContractForm`.
    ceiling : int
        Highest yearly price, fen.
    posts : int
        Posts; nought unless posts are bought.
    after : int
        Community where the contract ran that is bought again; -1 for something new.
    """

    government: int
    institution: int
    field: int
    community: int
    form: int
    ceiling: int
    posts: int
    after: int


@rule
def may_hold(government: GovernmentRow, agency: AgencyRow) -> bool:
    """Whether an agency may hold a contract by the rules of a government.

    A district signs with registered agencies, and with for-profits where they are admitted; the city's
    fund reaches nonprofits only: members of associations, attached ones among them, and where they may apply
    themselves, registered ones.
    """
    if government.level == Level.CITY:
        member = agency.association >= 0 and agency.form != Form.COMMERCIAL
        return bool((member or applies_itself(government, agency)) and agency.kind == Kind.NONPROFIT)
    if agency.form != Form.REGISTERED:
        return False
    return bool(agency.kind == Kind.NONPROFIT or admits_firm(government, agency.licensed, agency.staff))


@rule
def admits_firm(government: GovernmentRow, licensed: int, staff: int) -> bool:
    """Whether a for-profit with so many licence holders on its staff may register and hold contracts."""
    admission = int(government.for_profits_admission)
    if admission == Admission.QUALIFIED:
        return bool(staff > 0 and licensed >= government.for_profits_qualification * staff)
    return bool(admission == Admission.OPEN)


@rule
def applies_itself(government: GovernmentRow, agency: AgencyRow) -> bool:
    """Whether an agency may apply to a city's fund without an association."""
    return bool(int(government.special_fund_applicants) == Applicants.REGISTERED and agency.form == Form.REGISTERED)


@rule
def may_sign(world: World, agency: AgencyRow, contract: ContractRow) -> bool:
    """Whether an agency may hold a contract; an institution also asks for a track record in its field."""
    if not may_hold(world.governments[contract.government], agency):
        return False
    return bool(contract.institution < 0 or has_record(world, agency, contract.institution))


@rule
def has_record(world: World, agency: AgencyRow, i: int) -> bool:
    """Whether an agency has the skill in its field that an institution asks for."""
    institution = world.institutions[i]
    return bool(world.skills[agency.index, institution.field] >= institution.track_record)


@rule
def call_lot(world: World, wanted: Wanted) -> int:
    """Publish a lot.  Until it is awarded it counts as if it ran, so that the next lot looks elsewhere."""
    if wanted.institution >= 0:
        world.institutions[wanted.institution].called += wanted.ceiling
    else:
        world.governments[wanted.government].called += wanted.ceiling
    k = new_lot(world, wanted)
    count_running(world, world.contracts[k], wanted.ceiling, 1)
    return k


@rule
def new_lot(world: World, wanted: Wanted) -> int:
    """Open a lot and return its index."""
    clock = world.clock[0]
    government = world.governments[wanted.government]
    k = add_contract(world)
    lot = world.contracts[k]
    lot.id = lot_id(world, wanted)
    lot.called = clock.quarter
    lot.government = wanted.government
    lot.institution = wanted.institution
    lot.channel = Channel.SPECIAL_FUND if government.level == Level.CITY else Channel.DISTRICT
    if wanted.institution >= 0:
        lot.channel = Channel.INSTITUTION
    lot.community = wanted.community
    lot.field = wanted.field
    lot.form = wanted.form
    lot.posts = wanted.posts
    lot.ceiling = wanted.ceiling
    lot.minimum_hours = wanted.ceiling / (4.0 * hourly_price(world, government, wanted.form))
    lot.term = int(government.contract_term)
    lot.development = government.contract_development
    lot.pricing = int(government.contract_pricing)
    if wanted.form == ContractForm.POST:
        lot.minimum_hours = wanted.posts * post_hours(world)
        lot.pricing = Pricing.FIXED
    return k


@rule
def lot_id(world: World, wanted: Wanted) -> IntLike:
    """Number that keys the chance of a lot: whose, when, for which place and field, and which of several such.

    So another lot that is opened elsewhere, or is not, leaves the chance of this one as it was.
    """
    quarter = world.clock[0].quarter
    if wanted.institution >= 0:
        institution = world.institutions[wanted.institution]
        institution.opened += 1
        return child_id(institution.id, Status.CALLED, quarter, institution.opened - 1)
    government = world.governments[wanted.government]
    f = wanted.field
    place = wanted.community if wanted.community >= 0 else wanted.after
    if place < 0:
        alike = world.unplaced[wanted.government, f]
        world.unplaced[wanted.government, f] += 1
        where = 0
    else:
        need = world.needs[place, f]
        alike = need.opened[government.level]
        need.opened[government.level] += 1
        where = 1 + place - government.first_community
    return child_id(government.id, Status.CALLED, quarter, (where << 32) + (f << 16) + alike)


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
    contract.status = Status.RUNNING
    contract.route = route
    contract.agency = a
    contract.community = c
    contract.price = price
    contract.promised_hours = hours
    contract.ends = clock.quarter + contract.term
    if contract.channel == Channel.SPECIAL_FUND and not applies_itself(world.governments[contract.government], agency):
        contract.association = agency.association
    share_price(world, contract)
    contract.next_of_agency = agency.first_contract
    agency.first_contract = k
    agency.contracts += 1
    agency.contract_value += price
    agency.wins += 1
    agency.committed += hours
    bind_money(world, contract, price)
    count_award(world, contract)
    count_running(world, contract, price, 1)
    clock.running += 1
    clock.open += 1
    ensure_tie(world, a, purchaser_of_contract(world, contract))
    ensure_presence(world, a, c)


@rule
def release(world: World, k: int, status: int) -> None:
    """Free the budget and the hours that a running contract bound, and mark how it ended."""
    contract = world.contracts[k]
    agency = world.agencies[contract.agency]
    contract.status = status
    bind_money(world, contract, -contract.price)
    if contract.co_payment > 0:
        world.governments[contract.government].matched -= contract.co_payment
        world.governments[city_above(world, contract.government)].matched -= contract.co_payment
    count_running(world, contract, -contract.price, -1)
    world.clock[0].running -= 1
    agency.contracts -= 1
    agency.contract_value -= contract.price
    # Sums of hours are real numbers: an agency without contract must be at exactly nought again.
    agency.committed = agency.committed - contract.promised_hours if agency.contracts > 0 else 0.0
