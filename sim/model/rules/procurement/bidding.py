"""Bidding: which lots an agency reads and takes up, how it ranks them, and how many it bids for.

An agency reads the lots of its home district, of the city's fund if it may apply there, and sometimes of another
district.  It takes up those in which it sees a chance, ranks them by utility (expected margin, chance, fit, presence,
distance), and bids in that order for as many hours as its staff and the people it could hire can deliver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.declarations.accounts import Party, Purpose
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Level
from sim.engine.arithmetic import squared, to_fen
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, random_index, random_rotation
from sim.engine.rng.philox import uniform
from sim.model.rules.contracts.contract_eligibility import has_track_record, is_barred, may_hold_contracts
from sim.model.rules.contracts.contract_forms_and_prices import hourly_price, skill_for_lot
from sim.model.rules.contracts.firms_in_guise import passes_as_nonprofit
from sim.model.rules.funding.funding_effort_and_capability import bidding_strength
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.procurement.bid_offers import bidder_of, service_logarithms
from sim.model.rules.procurement.bid_points import standing_points
from sim.model.rules.procurement.bid_submission import cost_of_bid, submit_bid
from sim.model.rules.procurement.lot_attention import attention_cutoff, attention_draw
from sim.model.rules.procurement.other_districts import OtherDistricts, best_known_other_district, is_among
from sim.model.rules.procurement.proposed_communities import no_neediest, proposed_community
from sim.model.rules.procurement.winning_beliefs import (
    chance_of_odds,
    odds_to_win,
    points_needed,
    usual_points_of_offer,
)
from sim.model.rules.service.community_needs import rootedness
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import (
    cost_per_hour,
    hours_for_bids,
    hours_to_promise,
    people_for_contracts,
)
from sim.model.rules.shared.purchaser_numbers import institution_number
from sim.model.rules.shared.relations_and_presence import find_tie, quarters_present

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import Integers, Numbers, World

MOST_OTHER_DISTRICTS = 4
"""Other districts whose calls the largest agencies follow."""


PURCHASERS_READ = 3 + MOST_OTHER_DISTRICTS
"""Purchasers whose lots an agency can read in a quarter: home district, city, other districts, a firm one more."""


FURTHER_DISTRICT = 16
"""Number of the draw of the further district that a firm reads."""


class ReadLots(NamedTuple):
    """Lots that an agency takes up, in the order in which it reads them.

    Attributes
    ----------
    lots : int array, shape (lots,)
        Index of each lot; -1 once it was considered.
    places : int array, shape (lots,)
        Community where it would work.
    utility, standing : float array, shape (lots,)
        Utility, and points that do not depend on the offer.
    expected : float array, shape (lots,)
        Hours asked a quarter, times the chance to win.
    """

    lots: Integers
    places: Integers
    utility: Numbers
    standing: Numbers
    expected: Numbers


class Outlook(NamedTuple):
    """How an agency sees the lots of one purchaser.

    Attributes
    ----------
    relation : float
        Relation with the purchaser, 0 to 1.
    lesson : float
        What its own bids taught it of the points needed.
    utility : float
        Part of utility that all lots of the purchaser share.
    """

    relation: float
    lesson: float
    utility: float


@rule
def submit_bids(world: World, city: CityRow) -> None:
    """Let every agency of a city bid."""
    clock = world.clock[0]
    clock.bids = 0
    if city.first_lot == clock.contracts:
        return
    most = clock.contracts - city.first_lot
    numbers = np.empty((3, most))
    read = ReadLots(np.empty(most, np.int64), np.empty(most, np.int64), numbers[0], numbers[1], numbers[2])
    neediest = no_neediest(world, city)
    logarithms = service_logarithms(world)
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.staff > 0:
            agency.unit_cost = cost_per_hour(world, agency)
            taken_up = read_lots(world, agency, read, neediest)
            if taken_up > 0:
                bid_in_order_of_utility(world, a, read, taken_up, logarithms)


@rule
def read_lots(world: World, agency: AgencyRow, read: ReadLots, neediest: Integers) -> int:
    """List the lots that an agency takes up.

    Beside its home district and its city's fund it reads the other district that it knows best or, if it knows none,
    sometimes a random one; a larger agency reads more of them.  A firm, to which the fund is closed, looks at one more.

    Parameters
    ----------
    read : ReadLots
        Filled from its beginning.
    neediest : int array, shape (districts, fields)
        Neediest communities found so far.

    Returns
    -------
    int
        Number of lots listed.
    """
    clock = world.clock[0]
    city = world.cities[agency.city]
    listed = read_lots_of_purchaser(world, agency, agency.district, read, 0, neediest)
    listed = read_lots_of_purchaser(world, agency, city.government, read, listed, neediest)
    done = OtherDistricts(-1, -1, -1, -1)
    more = int(agency.staff / world.rules[0].bidding_branch_size)
    for n in range(min(1 + more, MOST_OTHER_DISTRICTS)):
        other = best_known_other_district(world, agency, done)
        if other < 0 and bernoulli(clock, world.rules[0].bidding_search, Stream.REACH, agency.id, 2 * n):
            other = city.first_district + random_index(clock, city.districts, Stream.REACH, agency.id, 2 * n + 1)
        if other >= 0 and other != agency.district and not is_among(other, done):
            listed = read_lots_of_purchaser(world, agency, other, read, listed, neediest)
            done = OtherDistricts(other, done.last, done.before, done.earlier)
    if not passes_as_nonprofit(agency):
        further = city.first_district + random_index(clock, city.districts, Stream.REACH, agency.id, FURTHER_DISTRICT)
        if further != agency.district and not is_among(further, done):
            listed = read_lots_of_purchaser(world, agency, further, read, listed, neediest)
    return listed


@rule
def read_lots_of_purchaser(
    world: World, agency: AgencyRow, g: int, read: ReadLots, listed: int, neediest: Integers
) -> int:
    """List those lots of a government and its institutions that an agency notices and takes up.

    Where there are more lots than attention, a draw for each decides which are noticed; a call of its own contract
    always is.

    Parameters
    ----------
    g : int
        Government.
    listed : int
        Number of lots listed so far.
    neediest : int array, shape (districts, fields)
        Neediest communities found so far.

    Returns
    -------
    int
        Number of lots listed now.
    """
    government = world.governments[g]
    if government.lots == 0 or not may_hold_contracts(government, agency) or is_barred(world, agency, g):
        return listed
    if agency.reputation < government.scoring_prequalification:
        return listed
    attention = int(world.rules[0].bidding_attention)
    crowded = attention < government.lots
    last = attention_cutoff(world, agency, government, attention) if crowded else 1.0
    studied = 0
    of_government = outlook_on(world, agency, g, g, int(government.contract_form))
    taste = uniform(world.clock[0], Stream.TASTE, agency.id, government.id)
    effort = uniform(world.clock[0], Stream.BID_EFFORT, agency.id, government.id)
    for n in range(government.lots):
        k = government.first_lot + n
        lot = world.contracts[k]
        if crowded:
            if studied < attention and attention_draw(world, agency, lot) <= last:
                studied += 1
            elif lot.incumbent != agency.index:
                continue
        outlook = of_government
        if lot.institution >= 0:
            purchaser = institution_number(world, lot.institution)
            if not has_track_record(world, agency, lot.institution) or is_barred(world, agency, purchaser):
                continue
            outlook = outlook_on(world, agency, g, purchaser, lot.form)
        listed += take_up_lot(world, agency, k, outlook, taste, effort, read, listed, neediest)
    return listed


@rule
def outlook_on(world: World, agency: AgencyRow, g: int, purchaser: int, form: int) -> Outlook:
    """How an agency sees a purchaser: relation, lessons, and utility by margin, effort on this source and distance.

    Parameters
    ----------
    g, purchaser : int
        Government by whose rules is bought, and purchaser number.
    form : int
        Form of contract.
    """
    rules = world.rules[0]
    government = world.governments[g]
    tie = find_tie(world, agency, purchaser)
    relation = world.ties[tie].relation if tie >= 0 else 0.0
    lesson = world.ties[tie].lesson if tie >= 0 else 0.0
    utility = rules.bidding_margin_weight * (1.0 - agency.unit_cost / hourly_price(world, government, form))
    source = Source.SPECIAL_FUND
    if government.level != Level.CITY:
        source = Source.DISTRICT_CONTRACTS if purchaser == g else Source.INSTITUTIONS
        if g != agency.district:
            utility -= rules.bidding_distance_cost
    utility += rules.bidding_focus_weight * agency.effort[source]
    return Outlook(relation, lesson, utility)


@rule
def take_up_lot(
    world: World,
    agency: AgencyRow,
    k: int,
    outlook: Outlook,
    taste: float,
    effort: float,
    read: ReadLots,
    listed: int,
    neediest: Integers,
) -> int:
    """List a lot with its utility, unless its chance is too poor for the effort; return the number listed, 0 or 1.

    Parameters
    ----------
    k : int
        Lot.
    taste, effort : float
        Uniform draws of agency and government; rotated by the lot's id they give a draw for each lot.
    listed : int
        Number of lots listed so far.
    neediest : int array, shape (districts, fields)
        Neediest communities found so far.
    """
    rules = world.rules[0]
    lot = world.contracts[k]
    government = world.governments[lot.government]
    place = lot.community if lot.community >= 0 else proposed_community(world, agency, lot, neediest)
    quarters = quarters_present(world, agency, place)
    standing = standing_points(world, agency, lot, outlook.relation, quarters)
    needed = points_needed(government, lot, agency.index, outlook.lesson)
    usual = usual_points_of_offer(government, lot)
    likely = chance_of_odds(odds_to_win(world, standing + usual, needed))
    squared_chance = squared(likely)
    taken = squared_chance / (squared_chance + squared(rules.bidding_half_chance))
    if random_rotation(world.clock[0], effort, lot.id) >= taken:
        return 0
    utility = outlook.utility + rules.bidding_chance_weight * likely
    utility += rules.bidding_fit_weight * skill_for_lot(world, agency.index, lot)
    if lot.community >= 0 and quarters > 0:
        utility += rules.bidding_root_weight * rootedness(quarters, rules.need_rooting_time)
    utility += rules.bidding_taste * (2.0 * random_rotation(world.clock[0], taste, lot.id) - 1.0)
    read.lots[listed] = k
    read.places[listed] = place
    read.utility[listed] = utility
    read.standing[listed] = standing
    read.expected[listed] = likely * hours_to_promise(world, agency, lot)
    return 1


@rule
def scarcity_of_hours(read: ReadLots, listed: int, maximum: int, free: float) -> float:
    """Share of the hours that an agency expects to win, with as many bids as it can make, for which it has no hands.

    Parameters
    ----------
    listed, maximum : int
        Lots taken up, and most bids.
    free : float
        Hours of staff a quarter that it has free for bids.
    """
    expected = 0.0
    for n in range(listed):
        expected += read.expected[n]
    expected *= min(maximum / listed, 1.0)
    if free >= expected:
        return 0.0
    return 1.0 - max(free, 0.0) / expected


@rule
def bid_in_order_of_utility(world: World, a: int, read: ReadLots, listed: int, logarithms: Numbers) -> None:
    """Bid for the lots of highest utility until hours or capacity are used up, and pay for the bids.

    Parameters
    ----------
    a : int
        Index of the agency.
    read : ReadLots
        Lots that it takes up; -1 is set for those considered.
    listed : int
        Number of lots taken up.
    logarithms : float array, shape (offers + staffings,)
        From `service_logarithms`.
    """
    rules = world.rules[0]
    agency = world.agencies[a]
    free = hours_for_bids(world, agency) * rules.bidding_overbid
    maximum = 1 + int(rules.bidding_effort * people_for_contracts(agency) * bidding_strength(agency))
    bidder = bidder_of(world, agency, logarithms, scarcity_of_hours(read, listed, maximum, free))
    paid = 0.0
    while agency.bids < maximum and free > 0:
        best = -1
        for n in range(listed):
            if read.lots[n] >= 0 and (best < 0 or read.utility[n] > read.utility[best]):
                best = n
        if best < 0:
            break
        k = read.lots[best]
        read.lots[best] = -1
        used = submit_bid(world, a, k, read.places[best], read.standing[best], bidder, free)
        if used > 0.0:
            free -= used
            paid += cost_of_bid(world, agency, world.contracts[k])
    suppliers = world.externals[Party.SUPPLIERS]
    transfer(world, agency, suppliers, Purpose.BIDDING, -1, to_fen(min(paid, float(agency.cash))))
