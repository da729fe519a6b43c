"""Bidding: which lots an agency reads, how it ranks them, and how many it bids for.

An agency reads the lots of its home district, of the city's fund if an association can file for it, and sometimes
of another district.  It ranks them by utility (expected margin, fit, relation, presence, distance), and bids in that
order for as many hours as its staff and the people it could hire can deliver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.accounts import Party, Purpose
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Level
from sim.engine.arithmetic import to_fen
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, random_index, random_rotation
from sim.engine.rng.philox import uniform
from sim.model.rules.contracts.contract_eligibility import has_track_record, is_barred, may_hold_contracts
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
    people_for_contracts,
)
from sim.model.rules.shared.purchaser_numbers import institution_number
from sim.model.rules.shared.relations_and_presence import quarters_present, relation_with

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, ContractRow
    from sim.model.state.world import Integers, Numbers, World

MINIMUM_RELATION_TO_READ = 0.05
"""Relation above which an agency reads another district's calls."""


PURCHASERS_READ = 3
"""Purchasers whose lots an agency can read in a quarter: home district, city, one other district."""


@rule
def submit_bids(world: World, city: CityRow) -> None:
    """Let every agency of a city bid."""
    clock = world.clock[0]
    clock.bids = 0
    if city.first_lot == clock.contracts:
        return
    maximum = PURCHASERS_READ * int(world.rules[0].bidding_attention)
    lots = np.empty(maximum, np.int64)
    utility = np.empty(maximum, np.float64)
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.staff > 0:
            agency.unit_cost = cost_per_hour(world, agency)
            read = read_lots(world, agency, lots, utility)
            if read > 0:
                bid_in_order_of_utility(world, a, lots, utility, read)


@rule
def read_lots(world: World, agency: AgencyRow, lots: Integers, utility: Numbers) -> int:
    """List the lots that an agency studies, with the utility of each.

    Beside its home district and its city's fund it reads the other district that it knows best or, if it knows none,
    sometimes a random one.

    Parameters
    ----------
    lots : int array, shape (lots at most,)
        Filled with indices of lots.
    utility : float array, shape (lots at most,)
        Filled with the utility of each.

    Returns
    -------
    int
        Number of lots listed.
    """
    clock = world.clock[0]
    city = world.cities[agency.city]
    read = read_lots_of_purchaser(world, agency, agency.district, lots, utility, 0)
    read = read_lots_of_purchaser(world, agency, city.government, lots, utility, read)
    other = best_known_other_district(world, agency)
    if other < 0 and bernoulli(clock, world.rules[0].bidding_search, Stream.REACH, agency.id, 0):
        other = city.first_district + random_index(clock, city.districts, Stream.REACH, agency.id, 1)
    if other >= 0 and other != agency.district:
        read = read_lots_of_purchaser(world, agency, other, lots, utility, read)
    return read


@rule
def best_known_other_district(world: World, agency: AgencyRow) -> int:
    """District other than its own with which an agency has the closest relation above the minimum; -1 for none."""
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
def read_lots_of_purchaser(world: World, agency: AgencyRow, g: int, lots: Integers, utility: Numbers, read: int) -> int:
    """Add the lots of a government and its institutions, up to the agency's attention.

    Where there are more lots than attention, a draw for each decides which are noticed.

    Parameters
    ----------
    g : int
        Government.
    lots, utility : arrays, shape (lots at most,)
        Lists to which lots are added.
    read : int
        Number of lots in the lists so far.

    Returns
    -------
    int
        Number of lots in the lists now.
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
    taste = uniform(world.clock[0], Stream.TASTE, agency.id, government.id)
    for n in range(government.lots):
        k = government.first_lot + n
        lot = world.contracts[k]
        if crowded and (studied == attention or attention_draw(world, agency, lot) > last):
            continue
        studied += 1
        lot_value = common
        if lot.institution >= 0:
            if not has_track_record(world, agency, lot.institution):
                continue
            purchaser = institution_number(world, lot.institution)
            if is_barred(world, agency, purchaser):
                continue
            lot_value = purchaser_utility(world, agency, g, purchaser, lot.form)
        lots[read] = k
        utility[read] = lot_value + lot_utility(world, agency, lot, taste)
        read += 1
    return read


@rule
def purchaser_utility(world: World, agency: AgencyRow, g: int, purchaser: int, form: int) -> float:
    """Part of utility that all lots of a purchaser share: margin, relation, effort on this source, distance.

    Parameters
    ----------
    g, purchaser : int
        Government by whose rules is bought, and purchaser number.
    form : int
        Form of contract.
    """
    rules = world.rules[0]
    government = world.governments[g]
    relation = relation_with(world, agency, purchaser)
    cost = agency.unit_cost * (1.0 - planned_shading(world, agency, government, relation))
    margin = 1.0 - cost / hourly_price(world, government, form)
    utility = rules.bidding_margin_weight * margin + rules.bidding_tie_weight * relation
    if government.level == Level.CITY:
        return utility + rules.bidding_focus_weight * agency.effort[Source.SPECIAL_FUND]
    source = Source.DISTRICT_CONTRACTS if purchaser == g else Source.INSTITUTIONS
    utility += rules.bidding_focus_weight * agency.effort[source]
    return utility if g == agency.district else utility - rules.bidding_distance_cost


@rule
def lot_utility(world: World, agency: AgencyRow, lot: ContractRow, taste: float) -> float:
    """Part of utility that differs by lot: fit with skill, presence in the community, and taste.

    Parameters
    ----------
    taste : float
        Uniform draw of agency and purchaser; rotated by the lot's id it gives a draw for each lot.
    """
    rules = world.rules[0]
    utility = rules.bidding_fit_weight * skill_for_lot(world, agency.index, lot)
    if lot.community >= 0:
        quarters = quarters_present(world, agency, lot.community)
        if quarters > 0:
            utility += rules.bidding_root_weight * rootedness(quarters, rules.need_rooting_time)
    return utility + rules.bidding_taste * (2.0 * random_rotation(world.clock[0], taste, lot.id) - 1.0)


@rule
def bid_in_order_of_utility(world: World, a: int, lots: Integers, utility: Numbers, read: int) -> None:
    """Bid for the lots of highest utility until hours or capacity are used up.

    Parameters
    ----------
    a : int
        Index of the agency.
    lots : int array, shape (lots at most,)
        Lots that it read; -1 is set for those bid for.
    utility : float array, shape (lots at most,)
        Utility of each.
    read : int
        Number of lots read.
    """
    rules = world.rules[0]
    agency = world.agencies[a]
    per_person = hours_per_person(world, agency)
    people = people_for_contracts(agency)
    free = (people + hiring_limit(world, agency)) * per_person - agency.committed
    free *= rules.bidding_overbid
    maximum = 1 + int(rules.bidding_effort * people * bidding_strength(agency))
    while agency.bids < maximum and free > 0:
        best = -1
        for n in range(read):
            if lots[n] >= 0 and (best < 0 or utility[n] > utility[best]):
                best = n
        if best < 0:
            break
        k = lots[best]
        lots[best] = -1
        hours = hours_to_promise(world, agency, world.contracts[k])
        if hours <= free and submit_bid(world, a, k, hours):
            free -= hours
    suppliers = world.externals[Party.SUPPLIERS]
    cost = agency.bids * rules.costs_bid * world.cities[agency.city].cost_index
    transfer(world, agency, suppliers, Purpose.BIDDING, -1, to_fen(min(cost, float(agency.cash))))
