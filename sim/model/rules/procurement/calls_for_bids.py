"""Calls for bids: the uncommitted money of purchasers is called in lots.

free = callable_money(government, int(government.contract_form), uncommitted_government_budget(government))
if not is_reorganised(world, government):
    free = call_expired_contracts_again(world, g, free)
if not pauses_calls(world, government):
    call_new_lots(world, g, free)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm
from sim.declarations.state_codes import Level
from sim.engine.compilation import rule
from sim.model.rules.contracts.contract_forms_and_prices import lot_size, updated_price_ceiling
from sim.model.rules.contracts.lot_publication import LotSpec, publish_lot
from sim.model.rules.contracts.purchaser_commitments import (
    callable_money,
    still_buys_form,
    uncommitted_government_budget,
)
from sim.model.rules.procurement.institution_purchasing import call_institution_lots
from sim.model.rules.shared.active_agencies import nth_government
from sim.model.rules.shared.reorganised_purchasers import is_reorganised, pauses_calls
from sim.model.rules.shared.unmet_need import (
    field_with_most_unmet_hours,
    neediest_community,
    neediest_community_in_field,
)

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, ContractRow
    from sim.model.state.world import World


@rule
def call_for_bids(world: World, city: CityRow) -> None:
    """Let every purchaser of a city call its uncommitted money."""
    city.first_lot = world.clock[0].contracts
    for n in range(city.districts + 1):
        g = nth_government(city, n)
        government = world.governments[g]
        government.first_lot = world.clock[0].contracts
        free = callable_money(government, int(government.contract_form), uncommitted_government_budget(government))
        if not is_reorganised(world, government):
            free = call_expired_contracts_again(world, g, free)
        if not pauses_calls(world, government):
            call_new_lots(world, g, free)
        if government.level == Level.DISTRICT:
            call_institution_lots(world, g)
        government.lots = world.clock[0].contracts - government.first_lot


@rule
def call_expired_contracts_again(world: World, g: int, free: int) -> int:
    """Call expired contracts again, as far as money and their field's share go.

    Parameters
    ----------
    g : int
        Government.
    free : int
        Uncommitted money, fen.

    Returns
    -------
    int
        Money left, fen.
    """
    government = world.governments[g]
    k = government.first_expired
    while k >= 0:
        old = world.contracts[k]
        ceiling = updated_price_ceiling(world, government, old)
        if 0 < ceiling <= free and still_buys_form(world, old) and not exceeds_field_share(world, g, old, ceiling):
            community = old.community if government.level == Level.DISTRICT else -1
            lot = publish_lot(world, LotSpec(g, -1, old.field, community, old.form, ceiling, old.posts, old.community))
            world.contracts[lot].incumbent = old.agency
            free -= ceiling
        k = old.next_expired
    return int(free)


@rule
def exceeds_field_share(world: World, g: int, old: ContractRow, ceiling: int) -> bool:
    """Whether calling a contract again would take its field above its share of the budget.

    Parameters
    ----------
    g : int
        Government.
    old : row
        Expired contract.
    ceiling : int
        Highest yearly price now, fen.
    """
    if old.form == ContractForm.CENTRE:
        return False
    government = world.governments[g]
    share = world.split[g, old.field] * (government.own_budget - government.centre_value)
    return bool(world.active[g, old.field] + 0.5 * ceiling > share)


@rule
def call_new_lots(world: World, g: int, free: int) -> None:
    """Call lots for the fields furthest below their share until the free money is used up.

    A centre is for all fields: it goes where most need is unmet.
    """
    government = world.governments[g]
    form = int(government.contract_form)
    maximum = government.communities * world.split.shape[1]
    least = 0.5 * (government.contract_value * government.price_index)
    for n in range(maximum):
        ceiling, posts = lot_size(world, government, form, government.id, n, free, least)
        if ceiling <= 0:
            return
        f = most_underfunded_field(world, g)
        community = -1
        if government.level == Level.DISTRICT and form == ContractForm.CENTRE:
            community = neediest_community(world, government)
            f = field_with_most_unmet_hours(world, community)
        elif government.level == Level.DISTRICT:
            community = neediest_community_in_field(world, government, f)
        publish_lot(world, LotSpec(g, -1, f, community, form, ceiling, posts, -1))
        free -= ceiling


@rule
def most_underfunded_field(world: World, g: int) -> int:
    """Field whose contracts in force are furthest below its share of the budget."""
    budget = world.governments[g].own_budget - world.governments[g].centre_value
    best = 0
    shortest = -1e300
    for f in range(world.split.shape[1]):
        short = world.split[g, f] * budget - world.active[g, f]
        if short > shortest:
            best = f
            shortest = short
    return best
