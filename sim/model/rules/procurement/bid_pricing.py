"""Bid pricing: the price or the hours that an agency offers for a lot, and the community it proposes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.choices import ContractForm, Kind, Pricing
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import rule
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract
from sim.model.rules.contracts.underdelivery_and_detection import planned_shading
from sim.model.rules.service.community_needs import rootedness
from sim.model.rules.shared.relations_and_presence import quarters_present, relation_with
from sim.model.state.row_adding import add_bid

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, ContractRow, GovernmentRow
    from sim.model.state.world import World


@rule
def submit_bid(world: World, a: int, k: int, hours: float) -> bool:
    """Bid for a lot, unless it would not earn the minimum margin.

    Parameters
    ----------
    a, k : int
        Agency, lot.
    hours : float
        Least hours a quarter that must be promised.

    Returns
    -------
    bool
        Whether a bid was made.
    """
    rules = world.rules[0]
    agency = world.agencies[a]
    lot = world.contracts[k]
    if lacks_required_presence(world, agency, lot):
        return False
    government = world.governments[lot.government]
    relation = relation_with(world, agency, purchaser_of_contract(world, lot))
    hourly = agency.unit_cost * (1.0 - planned_shading(world, agency, government, relation))
    least = rules.founding_hurdle if agency.kind == Kind.FOR_PROFIT else rules.bidding_least_margin
    highest = maximum_margin(government, agency)
    if least > highest or 4.0 * hours * hourly * (1.0 + least) > lot.ceiling:
        return False
    asked = hourly * (1.0 + min(max(agency.margin, least), highest))
    b = add_bid(world)
    bid = world.bids[b]
    bid.agency = a
    bid.contract = k
    bid.community = lot.community if lot.community >= 0 else proposed_community(world, a, lot)
    if lot.pricing == Pricing.FIXED:
        bid.price = lot.ceiling
        bid.hours = hours
        if lot.form != ContractForm.POST:
            bid.hours = min(max(lot.ceiling / (4.0 * asked), hours), rules.delivery_most_promised * hours)
    else:
        bid.hours = hours
        bid.price = min(to_fen(4.0 * hours * asked), lot.ceiling)
    bid.cost = 4.0 * bid.hours * hourly
    bid.score = np.nan
    bid.has_capacity = False
    bid.next = lot.first_bid
    lot.first_bid = b
    lot.bidders += 1
    agency.bids += 1
    return True


@rule
def lacks_required_presence(world: World, agency: AgencyRow, lot: ContractRow) -> bool:
    """Whether a lot continues a contract and requires longer presence in its community than the bidder has."""
    if lot.incumbent < 0 or lot.community < 0:
        return False
    wanted = world.governments[lot.government].contract_minimum_presence
    return bool(wanted > 0 and quarters_present(world, agency, lot.community) < wanted)


@rule
def maximum_margin(government: GovernmentRow, agency: AgencyRow) -> float:
    """Highest margin on cost that a purchaser lets an agency ask: a for-profit's is capped as a share of the price.

    A share s of the price is s / (1 - s) on cost; without a cap (a share of 1) there is no limit.
    """
    cap = government.for_profits_profit_cap
    if agency.kind != Kind.FOR_PROFIT or cap >= 1.0:
        return 1e9
    return cap / (1.0 - cap)


@rule
def proposed_community(world: World, a: int, lot: ContractRow) -> int:
    """Community of its district that an agency proposes to a fund: most unserved hours, weighted by presence."""
    agency = world.agencies[a]
    district = world.governments[agency.district]
    rules = world.rules[0]
    best = agency.community
    highest = -1.0
    for c in range(district.first_community, district.first_community + district.communities):
        quarters = quarters_present(world, agency, c)
        roots = rootedness(quarters, rules.need_rooting_time) if quarters > 0 else 0.0
        wanted = unserved_hours(world, c, lot) * (0.3 + roots)
        if wanted > highest:
            best = c
            highest = wanted
    return int(best)


@rule
def unserved_hours(world: World, c: int, lot: ContractRow) -> float:
    """Unmet hours in community `c` that a lot is meant for, less where more is already served."""
    if lot.form != ContractForm.CENTRE:
        need = world.needs[c, lot.field]
        return need.unmet * need.load / (1.0 + need.served)
    hours = 0.0
    for f in range(world.needs.shape[1]):
        need = world.needs[c, f]
        hours += need.unmet * need.load / (1.0 + need.served)
    return hours
