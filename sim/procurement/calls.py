"""Calls: contracts end, some are renewed, and the money that is free is called in lots.

A purchaser may bind itself up to its yearly budget.  Money that an ended contract set free is first offered
to the same community and field (the contract is called again); the rest goes to the field that is furthest
below its share, in the community where most of that need is unmet.  The special fund asks bidders to
propose the community.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.government import Level
from sim.agents.places import members_of, purchaser_of
from sim.agents.ties import is_barred, relation_with
from sim.chance import Stream, chance, lognormal_factor
from sim.declare import Record
from sim.procurement.contract import Route, Status
from sim.procurement.instalments import unbound
from sim.procurement.signing import hourly_ceiling, may_hold, new_lot, release, sign
from sim.rule import rule

if TYPE_CHECKING:
    from sim.world import World


@rule
def end_contracts(world: World, city: Record) -> None:
    """Take every contract that has reached its end off the books, and renew some without a call."""
    clock = world.clock[0]
    for n in range(city.districts + 1):
        world.governments[purchaser_of(city, n)].first_expired = -1
    for a in members_of(world, city):
        agency = world.agencies[a]
        k = agency.first_contract
        while k >= 0:
            contract = world.contracts[k]
            if contract.status == Status.RUNNING and contract.ends <= clock.quarter:
                release(world, k, Status.COMPLETED)
                if not renew(world, k, a):
                    government = world.governments[contract.government]
                    contract.next_expired = government.first_expired
                    government.first_expired = k
            k = contract.next_of_agency


@rule
def renew(world: World, k: int, a: int) -> bool:
    """Renew an ended contract without a call: likelier the better the relation and the reputation.

    A contract whose last grade was too low is not renewed, though it may be called again.
    """
    old = world.contracts[k]
    agency = world.agencies[a]
    government = world.governments[old.government]
    if not may_hold(government, agency) or is_barred(world, agency, old.government):
        return False
    if old.assessed > 0 and old.grade < government.assessment_renewable:
        return False
    satisfaction = 0.5 * relation_with(world, agency, old.government) + 0.5 * agency.reputation
    if not chance(world.clock[0], government.procurement_renewal * satisfaction, Stream.RENEWAL, old.id, 0):
        return False
    ceiling = round(old.minimum_hours * 4.0 * hourly_ceiling(government))
    price = round(old.price * (ceiling / max(old.ceiling, 1)))
    if price > unbound(government):
        return False
    k_new = new_lot(world, old.government, old.field, old.community, ceiling)
    world.contracts[k_new].incumbent = a
    sign(world, k_new, a, old.community, price, old.promised_hours, Route.RENEWAL)
    return True


@rule
def call_lots(world: World, city: Record) -> None:
    """Let every purchaser call the money that is free."""
    city.first_lot = world.clock[0].contracts
    for n in range(city.districts + 1):
        g = purchaser_of(city, n)
        government = world.governments[g]
        government.first_lot = world.clock[0].contracts
        free = call_again(world, g, unbound(government))
        call_new(world, g, free)
        government.lots = world.clock[0].contracts - government.first_lot


@rule
def call_again(world: World, g: int, free: int) -> int:
    """Call ended contracts again, as far as money and their field's share go; return what stays free."""
    government = world.governments[g]
    k = government.first_expired
    while k >= 0:
        old = world.contracts[k]
        ceiling = round(old.minimum_hours * 4.0 * hourly_ceiling(government))
        share = world.split[g, old.field] * government.budget
        over = world.active[g, old.field] + 0.5 * ceiling > share
        if 0 < ceiling <= free and not over:
            community = old.community if government.level == Level.DISTRICT else -1
            lot = call_lot(world, g, old.field, community, ceiling)
            world.contracts[lot].incumbent = old.agency
            free -= ceiling
        k = old.next_expired
    return int(free)


@rule
def call_new(world: World, g: int, free: int) -> None:
    """Call lots for the fields furthest below their share until the free money is used up."""
    clock = world.clock[0]
    government = world.governments[g]
    most = government.communities * world.split.shape[1]
    for n in range(most):
        value = government.contract_value * government.price_index
        value *= lognormal_factor(clock, government.contract_spread, Stream.LOT_VALUE, government.id, n)
        ceiling = min(round(value), free)
        if ceiling < 0.5 * government.contract_value * government.price_index or ceiling <= 0:
            return
        f = field_most_short(world, g)
        community = neediest(world, government, f) if government.level == Level.DISTRICT else -1
        call_lot(world, g, f, community, ceiling)
        free -= ceiling


@rule
def call_lot(world: World, g: int, f: int, c: int, ceiling: int) -> int:
    """Publish a lot.  Until it is awarded it counts as if it ran, so that the next lot looks elsewhere."""
    world.governments[g].called += ceiling
    world.active[g, f] += ceiling
    if c >= 0:
        world.needs[c, f].served += 1
    return new_lot(world, g, f, c, ceiling)


@rule
def field_most_short(world: World, g: int) -> int:
    """Field whose running value is furthest below its share of the budget."""
    budget = world.governments[g].budget
    best = 0
    shortest = -1e300
    for f in range(world.split.shape[1]):
        short = world.split[g, f] * budget - world.active[g, f]
        if short > shortest:
            best = f
            shortest = short
    return best


@rule
def neediest(world: World, government: Record, f: int) -> int:
    """Community with most unmet hours of a field; those already served stand back."""
    best = government.first_community
    most = -1.0
    for c in range(government.first_community, government.first_community + government.communities):
        need = world.needs[c, f]
        wanting = need.unmet * need.load * (1.0 + world.communities[c].pressure) / (1.0 + need.served)
        if wanting > most:
            best = c
            most = wanting
    return int(best)
