"""Contract instalments: how much of a contract's price is due when, and which level of government owes it.

Part of each contract year's price may be due at its start; the rest is due in equal quarterly parts.  A city may
owe a part of a district's instalments.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm
from sim.declarations.state_codes import Level, Status
from sim.engine.arithmetic import to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.contracts.purchaser_commitments import add_obligation, uncommitted_government_budget
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import OVERTIME_SHARE, hours_per_person

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, ContractRow
    from sim.model.state.world import World


@rule
def parent_city_government(world: World, g: int) -> int:
    """Index of the government of the city that government `g` belongs to."""
    return int(world.cities[world.governments[g].city].government)


@rule
def set_payment_terms(world: World, contract: ContractRow) -> None:
    """Fix at signing what is due upfront and which part the city pays, as far as its budget is not committed."""
    government = world.governments[contract.government]
    contract.upfront = to_fen_down(contract.price * government.payment_upfront)
    if government.level == Level.CITY or contract.institution >= 0:
        return
    city = world.governments[parent_city_government(world, contract.government)]
    part = to_fen_down(contract.price * government.payment_co_payment)
    contract.co_payment = min(part, max(uncommitted_government_budget(city), 0))
    city.co_payments += contract.co_payment
    government.co_payments += contract.co_payment


@rule
def amount_due_after(contract: ContractRow, n: int) -> int:
    """Amount due after `n` quarters of a contract, in whole fen; the whole price at the end.

    In a year of L quarters, of which i have begun: the upfront part, and i quarters' worth of the rest.
    """
    if n <= 0:
        return 0
    year = (n - 1) // 4
    i = n - 4 * year
    length = min(4, contract.term - 4 * year)
    rest = contract.price - contract.upfront
    early = contract.price * length // 4 - rest * length // 4
    return int(contract.price * year + early + rest * i // 4)


@rule
def accrue_instalments(world: World, city: CityRow) -> None:
    """Add this quarter's instalment of every running contract to what is due; dormant agencies get none."""
    for a in active_agencies_in(world, city):
        accrue_agency_instalments(world, a)
    a = city.first_dormant
    while a >= 0:
        accrue_agency_instalments(world, a)
        a = world.agencies[a].next_dormant


@rule
def accrue_agency_instalments(world: World, a: int) -> None:
    """Set this quarter's instalments of an agency's contracts: zero on those that have ended."""
    filled = -1.0
    k = world.agencies[a].first_contract
    while k >= 0:
        contract = world.contracts[k]
        contract.instalment = 0
        if contract.status == Status.RUNNING:
            n = world.clock[0].quarter - (contract.ends - contract.term)
            instalment = amount_due_after(contract, n + 1) - amount_due_after(contract, n)
            if contract.form == ContractForm.POST:
                # One share for all of its posts: computed once, and only for agencies with posts.
                filled = filled if filled >= 0.0 else share_of_posts_filled(world, world.agencies[a])
                instalment = to_fen_down(instalment * filled)
            add_amount_due(world, a, contract, instalment)
        k = contract.next_of_agency


@rule
def share_of_posts_filled(world: World, agency: AgencyRow) -> float:
    """Share of the promised posts for which an agency has people; only those are paid.

    Heads count: a person with more administration still fills a post.  Other contracts take people too.
    """
    posts = 0
    hours = agency.planned
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING and contract.form == ContractForm.POST:
            posts += contract.posts
            hours -= contract.promised_hours * contract.staffing
        k = contract.next_of_agency
    posts += max(ceil(hours / hours_per_person(world, agency) - OVERTIME_SHARE), 0)
    return min(agency.staff / max(posts, 1), 1.0)


@rule
def add_amount_due(world: World, a: int, contract: ContractRow, instalment: int) -> None:
    """Add an instalment, fen, to what is owed; the city owes its part of it."""
    contract.instalment = instalment
    contract.due += instalment
    world.agencies[a].receivable += instalment
    part = to_fen_down(instalment * (contract.co_payment / max(contract.price, 1)))
    contract.co_payment_due += part
    add_obligation(world, contract, instalment - part)
    if part > 0:
        world.governments[parent_city_government(world, contract.government)].obligations += part


@rule
def reduce_amount_due(world: World, contract: ContractRow, wanted: int) -> int:
    """Reduce what is still owed on a contract by up to `wanted` fen, the purchaser's own part first.

    Returns
    -------
    int
        The reduction, fen.
    """
    taken = min(wanted, contract.due - contract.paid)
    owed_by_city = contract.co_payment_due - contract.co_payment_paid
    own = min(taken, contract.due - contract.paid - owed_by_city)
    contract.due -= taken
    contract.co_payment_due -= taken - own
    world.agencies[contract.agency].receivable -= taken
    add_obligation(world, contract, -own)
    if taken > own:
        world.governments[parent_city_government(world, contract.government)].obligations -= taken - own
    return int(taken)
