"""Calls: contracts end, some are renewed, and the money that is free is called in lots.

A purchaser may bind itself up to its yearly budget.  Money that an ended contract set free is first offered
to the same community and field (the contract is called again); the rest goes to the field that is furthest
below its share, in the community where most of that need is unmet.  The special fund asks bidders to
propose the community.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Level, Route, Status
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.contracts.contract_forms import lot_size, main_field, neediest_of_all, price_again
from sim.model.rules.contracts.contract_signing import Wanted, call_lot, may_sign, new_lot, release, sign
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract, still_buys, unbound, unbound_by
from sim.model.rules.procurement.institution_purchasing import call_for_institutions
from sim.model.rules.shared.active_agencies import members_of, purchaser_of
from sim.model.rules.shared.agency_capacity import hours_to_promise
from sim.model.rules.shared.relations_and_presence import is_barred, relation_with

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, ContractRow, GovernmentRow
    from sim.model.state.world import World


@rule
def end_contracts(world: World, city: CityRow) -> None:
    """Take every contract that has reached its end off the books, and renew some without a call."""
    clock = world.clock[0]
    for n in range(city.districts + 1):
        expect_no_end(world, purchaser_of(city, n))
    for a in members_of(world, city):
        agency = world.agencies[a]
        k = agency.first_contract
        while k >= 0:
            contract = world.contracts[k]
            if contract.status == Status.RUNNING and contract.ends <= clock.quarter:
                release(world, k, Status.COMPLETED)
                if not renew(world, k, a):
                    note_end(world, contract, k)
            k = contract.next_of_agency


@rule
def expect_no_end(world: World, g: int) -> None:
    """Clear the lists of ended contracts of a government and, for a district, of its institutions."""
    government = world.governments[g]
    government.first_expired = -1
    if government.level == Level.DISTRICT:
        for i in range(government.first_institution, government.first_institution + government.institutions):
            world.institutions[i].first_expired = -1


@rule
def note_end(world: World, contract: ContractRow, k: int) -> None:
    """Put an ended contract at the head of its purchaser's list."""
    if contract.institution >= 0:
        institution = world.institutions[contract.institution]
        contract.next_expired = institution.first_expired
        institution.first_expired = k
    else:
        government = world.governments[contract.government]
        contract.next_expired = government.first_expired
        government.first_expired = k


@rule
def renew(world: World, k: int, a: int) -> bool:
    """Renew an ended contract without a call: likelier the better the relation and the reputation.

    A contract whose last grade was too low is not renewed, though it may be called again; nor is one in a form
    that is no longer bought, nor one of an agency that is barred.
    """
    old = world.contracts[k]
    agency = world.agencies[a]
    government = world.governments[old.government]
    purchaser = purchaser_of_contract(world, old)
    if not may_sign(world, agency, old) or not still_buys(world, old) or is_barred(world, agency, purchaser):
        return False
    if old.assessed > 0 and old.grade < government.assessment_renewable:
        return False
    satisfaction = 0.5 * relation_with(world, agency, purchaser) + 0.5 * agency.reputation
    if not bernoulli(world.clock[0], government.procurement_renewal * satisfaction, Stream.RENEWAL, old.id, 0):
        return False
    ceiling = price_again(world, government, old)
    price = round(old.price * (ceiling / max(old.ceiling, 1)))
    if price > unbound(world, old):
        return False
    wanted = Wanted(
        old.government, old.institution, old.field, old.community, old.form, ceiling, old.posts, old.community
    )
    k_new = new_lot(world, wanted)
    world.contracts[k_new].incumbent = a
    hours = old.promised_hours
    if old.form == ContractForm.POST:
        hours = hours_to_promise(world, agency, old)
    sign(world, k_new, a, old.community, price, hours, Route.RENEWAL)
    return True


@rule
def call_lots(world: World, city: CityRow) -> None:
    """Let every purchaser call the money that is free."""
    city.first_lot = world.clock[0].contracts
    for n in range(city.districts + 1):
        g = purchaser_of(city, n)
        government = world.governments[g]
        government.first_lot = world.clock[0].contracts
        free = call_again(world, g, unbound_by(government))
        call_new(world, g, free)
        if government.level == Level.DISTRICT:
            call_for_institutions(world, g)
        government.lots = world.clock[0].contracts - government.first_lot


@rule
def call_again(world: World, g: int, free: int) -> int:
    """Call ended contracts again, as far as money and their field's share go; return what stays free."""
    government = world.governments[g]
    k = government.first_expired
    while k >= 0:
        old = world.contracts[k]
        ceiling = price_again(world, government, old)
        if 0 < ceiling <= free and still_buys(world, old) and not over_share(world, g, old, ceiling):
            community = old.community if government.level == Level.DISTRICT else -1
            lot = call_lot(world, Wanted(g, -1, old.field, community, old.form, ceiling, old.posts, old.community))
            world.contracts[lot].incumbent = old.agency
            free -= ceiling
        k = old.next_expired
    return int(free)


@rule
def over_share(world: World, g: int, old: ContractRow, ceiling: int) -> bool:
    """Whether calling a contract again would take its field above its share of the budget."""
    if old.form == ContractForm.CENTRE:
        return False
    government = world.governments[g]
    share = world.split[g, old.field] * (government.own_budget - government.centres)
    return bool(world.active[g, old.field] + 0.5 * ceiling > share)


@rule
def call_new(world: World, g: int, free: int) -> None:
    """Call lots for the fields furthest below their share until the free money is used up.

    A centre is for all fields: it goes where most need is unmet.
    """
    government = world.governments[g]
    form = int(government.contract_form)
    most = government.communities * world.split.shape[1]
    least = 0.5 * (government.contract_value * government.price_index)
    for n in range(most):
        ceiling, posts = lot_size(world, government, form, government.id, n, free, least)
        if ceiling <= 0:
            return
        f = field_most_short(world, g)
        community = -1
        if government.level == Level.DISTRICT and form == ContractForm.CENTRE:
            community = neediest_of_all(world, government)
            f = main_field(world, community)
        elif government.level == Level.DISTRICT:
            community = neediest(world, government, f)
        call_lot(world, Wanted(g, -1, f, community, form, ceiling, posts, -1))
        free -= ceiling


@rule
def field_most_short(world: World, g: int) -> int:
    """Field whose running value is furthest below its share of the budget."""
    budget = world.governments[g].own_budget - world.governments[g].centres
    best = 0
    shortest = -1e300
    for f in range(world.split.shape[1]):
        short = world.split[g, f] * budget - world.active[g, f]
        if short > shortest:
            best = f
            shortest = short
    return best


@rule
def neediest(world: World, government: GovernmentRow, f: int) -> int:
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
