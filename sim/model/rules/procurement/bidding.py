"""Bids: which lots an agency studies, which it picks, and what it asks or promises.

An agency reads the lots of its home district, of the city's fund if an association can file for it, and now
and then of another district.  It ranks them by expected margin, fit, ties, roots and distance, and bids down
the list for as many hours as its staff and the people it could take in can carry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.accounts import Party, Purpose
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Level
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, random_index, random_rotation
from sim.engine.rng.philox import uniform
from sim.model.rules.contracts.contract_eligibility import has_track_record, may_hold_contracts
from sim.model.rules.contracts.contract_forms_and_prices import hourly_price, skill_for_lot
from sim.model.rules.contracts.underdelivery_and_detection import planned_shading
from sim.model.rules.funding.funding_effort_and_capability import bidding_strength
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.procurement.bid_pricing import submit_bid
from sim.model.rules.procurement.lot_attention import attention_cutoff, attention_draw
from sim.model.rules.service.community_needs import rootedness
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import (
    cost_per_hour,
    hiring_limit,
    hours_per_person,
    hours_to_promise,
)
from sim.model.rules.shared.purchaser_numbers import institution_number
from sim.model.rules.shared.relations_and_presence import is_barred, quarters_present, relation_with

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, ContractRow
    from sim.model.state.world import Integers, Numbers, World

MINIMUM_RELATION_TO_READ = 0.05
"""Relation above which an agency keeps an eye on another district's calls."""


PURCHASERS_READ = 3
"""Purchasers whose lots an agency can read in a quarter: home district, city, one other district."""


@rule
def submit_bids(world: World, city: CityRow) -> None:
    """Let every agency of a city bid."""
    clock = world.clock[0]
    clock.bids = 0
    if city.first_lot == clock.contracts:
        return
    most = PURCHASERS_READ * int(world.rules[0].bidding_attention)
    lots = np.empty(most, np.int64)
    appeal = np.empty(most, np.float64)
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.staff > 0:
            agency.unit_cost = cost_per_hour(world, agency)
            read = read_lots(world, agency, lots, appeal)
            if read > 0:
                bid_in_order_of_utility(world, a, lots, appeal, read)


@rule
def read_lots(world: World, agency: AgencyRow, lots: Integers, appeal: Numbers) -> int:
    """Fill `lots` and `appeal` with the lots that an agency studies; return how many.

    Beside its home and its city's fund it looks at the other district that it knows best, or now and then, if
    it knows none, at one that chance picks.
    """
    clock = world.clock[0]
    city = world.cities[agency.city]
    read = read_lots_of_purchaser(world, agency, agency.district, lots, appeal, 0)
    read = read_lots_of_purchaser(world, agency, city.government, lots, appeal, read)
    other = best_known_other_district(world, agency)
    if other < 0 and bernoulli(clock, world.rules[0].bidding_search, Stream.REACH, agency.id, 0):
        other = city.first_district + random_index(clock, city.districts, Stream.REACH, agency.id, 1)
    if other >= 0 and other != agency.district:
        read = read_lots_of_purchaser(world, agency, other, lots, appeal, read)
    return read


@rule
def best_known_other_district(world: World, agency: AgencyRow) -> int:
    """District beside its own that an agency has the closest tie with, through a branch or past work; else -1."""
    best = -1
    closest = MINIMUM_RELATION_TO_READ
    tie = agency.first_tie
    while tie >= 0:
        bond = world.ties[tie]
        if bond.relation > closest and is_other_district(world, agency, bond.purchaser):
            best = bond.purchaser
            closest = bond.relation
        tie = bond.next
    return int(best)


@rule
def is_other_district(world: World, agency: AgencyRow, purchaser: int) -> bool:
    """Whether a purchaser is a district other than an agency's own."""
    if purchaser == agency.district or purchaser >= len(world.governments):
        return False
    return bool(world.governments[purchaser].level == Level.DISTRICT)


@rule
def read_lots_of_purchaser(world: World, agency: AgencyRow, g: int, lots: Integers, appeal: Numbers, read: int) -> int:
    """Add a purchaser's lots, up to the attention that an agency has; return how many are now in the list.

    Where there are more lots than attention, chance decides for each how soon it is noticed.
    """
    government = world.governments[g]
    if government.lots == 0 or not may_hold_contracts(government, agency) or is_barred(world, agency, g):
        return read
    if agency.reputation < government.scoring_prequalification:
        return read
    attention = int(world.rules[0].bidding_attention)
    crowded = attention < government.lots
    last = attention_cutoff(world, agency, government, attention) if crowded else 1.0
    studied = 0
    form = int(government.contract_form)
    common = purchaser_utility(world, agency, g, g, form)
    mood = uniform(world.clock[0], Stream.TASTE, agency.id, government.id)
    for n in range(government.lots):
        k = government.first_lot + n
        lot = world.contracts[k]
        if crowded and (studied == attention or attention_draw(world, agency, lot) > last):
            continue
        studied += 1
        wanted = common
        if lot.institution >= 0:
            if not has_track_record(world, agency, lot.institution):
                continue
            purchaser = institution_number(world, lot.institution)
            if is_barred(world, agency, purchaser):
                continue
            wanted = purchaser_utility(world, agency, g, purchaser, lot.form)
        lots[read] = k
        appeal[read] = wanted + lot_utility(world, agency, lot, mood)
        read += 1
    return read


@rule
def purchaser_utility(world: World, agency: AgencyRow, g: int, purchaser: int, form: int) -> float:
    """What all lots of a purchaser have in common for an agency: margin, ties, effort on its kind, distance.

    Parameters
    ----------
    g, purchaser : int
        Government by whose rules is bought, and who buys.
    form : int
        Form of contract.
    """
    rules = world.rules[0]
    government = world.governments[g]
    relation = relation_with(world, agency, purchaser)
    cost = agency.unit_cost * (1.0 - planned_shading(world, agency, government, relation))
    margin = 1.0 - cost / hourly_price(world, government, form)
    appeal = rules.bidding_margin_weight * margin + rules.bidding_tie_weight * relation
    if government.level == Level.CITY:
        return appeal + rules.bidding_focus_weight * agency.effort[Source.SPECIAL_FUND]
    source = Source.DISTRICT_CONTRACTS if purchaser == g else Source.INSTITUTIONS
    appeal += rules.bidding_focus_weight * agency.effort[source]
    return appeal if g == agency.district else appeal - rules.bidding_distance_cost


@rule
def lot_utility(world: World, agency: AgencyRow, lot: ContractRow, mood: float) -> float:
    """What one lot adds to that: fit with skill, roots in the community, and whatever else."""
    rules = world.rules[0]
    appeal = rules.bidding_fit_weight * skill_for_lot(world, agency.index, lot)
    if lot.community >= 0:
        quarters = quarters_present(world, agency, lot.community)
        if quarters > 0:
            appeal += rules.bidding_root_weight * rootedness(quarters, rules.need_rooting_time)
    return appeal + rules.bidding_taste * (2.0 * random_rotation(world.clock[0], mood, lot.id) - 1.0)


@rule
def bid_in_order_of_utility(world: World, a: int, lots: Integers, appeal: Numbers, read: int) -> None:
    """Bid for the most wanted lots until hours or hands run out."""
    rules = world.rules[0]
    agency = world.agencies[a]
    per_person = hours_per_person(world, agency)
    free = (agency.staff + hiring_limit(world, agency)) * per_person - agency.committed
    free *= rules.bidding_overbid
    most = 1 + int(rules.bidding_effort * agency.staff * bidding_strength(agency))
    while agency.bids < most and free > 0:
        best = -1
        for n in range(read):
            if lots[n] >= 0 and (best < 0 or appeal[n] > appeal[best]):
                best = n
        if best < 0:
            break
        k = lots[best]
        lots[best] = -1
        hours = hours_to_promise(world, agency, world.contracts[k])
        if hours <= free and submit_bid(world, a, k, hours):
            free -= hours
    suppliers = world.externals[Party.SUPPLIERS]
    cost = round(agency.bids * rules.costs_bid * world.cities[agency.city].cost_index)
    transfer(world, agency, suppliers, Purpose.BIDDING, -1, min(cost, agency.cash))
