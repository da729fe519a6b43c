"""Row bounds: how many rows the next quarter may add to each growing array at most.

Arrays grow between quarters to hold these rows; a bound that is too small stops the run
(`sim.model.state.row_adding`).
"""

from __future__ import annotations

import numpy as np

from sim.declarations.state_codes import Stage
from sim.engine.compilation import entry, rule
from sim.model.rules.funding.funding_effort_and_capability import MAXIMUM_BIDDING_STRENGTH
from sim.model.rules.procurement.bidding import PURCHASERS_READ
from sim.model.rules.procurement.institution_purchasing import MAXIMUM_NEW_LOTS
from sim.model.state.by_reference import by_reference
from sim.model.state.world import GROWING_ARRAYS, GrowingArray, Integers, World


@rule
def has_space(world: World) -> bool:
    """Whether the next quarter cannot fill a growing array, whatever happens in it."""
    clock = world.clock[0]
    added = most_new_rows(world)
    return bool(
        clock.agencies + added[GrowingArray.AGENCIES] <= len(world.agencies)
        and clock.contracts + added[GrowingArray.CONTRACTS] <= len(world.contracts)
        and clock.ties + added[GrowingArray.TIES] <= len(world.ties)
        and clock.presences + added[GrowingArray.PRESENCES] <= len(world.presences)
        and clock.refused + added[GrowingArray.REFUSED] <= len(world.refused)
        and added[GrowingArray.BIDS] <= len(world.bids)
        and clock.flows + added[GrowingArray.FLOWS] <= len(world.flows)
        and clock.events + added[GrowingArray.EVENTS] <= len(world.events)
        and clock.panel + added[GrowingArray.PANEL] <= len(world.panel)
        and clock.bid_records + added[GrowingArray.BID_RECORDS] <= len(world.bid_records)
    )


@entry
def new_rows(world: World) -> Integers:
    """`most_new_rows`, for Python."""
    return most_new_rows(by_reference(world))


@rule
def most_new_rows(world: World) -> Integers:
    """Upper bounds on the rows that the next quarter may add to growing arrays.

    Returns
    -------
    int array, shape (growing arrays,)
        In the order of `GrowingArray`; of bids, those of the whole quarter, although each city begins anew.
    """
    clock = world.clock[0]
    active, staff, spin_offs, bids = 0, 0, 0, 0
    rules = world.rules[0]
    most_bids = PURCHASERS_READ * int(rules.bidding_attention)
    for a in range(clock.agencies):
        agency = world.agencies[a]
        if agency.stage == Stage.ACTIVE:
            active += 1
            staff += agency.staff
            # Beside the lots that it has attention for, it always reads calls of its own contracts.
            most = most_bids + agency.contracts
            bids += min(1 + int(rules.bidding_effort * agency.staff * MAXIMUM_BIDDING_STRENGTH), most)
            if agency.settled >= rules.founding_spin_off_size:
                spin_offs += 1
    governments = len(world.governments)
    # A large agency may found a sister at home, and one in another city.
    sisters = 2 * spin_offs if len(world.cities) > 1 else spin_offs
    new_teams = len(world.colleges) + len(world.sponsors) + 3 * governments + sisters
    # Those who were refused before may begin now.
    newcomers = new_teams + refused_founders(world)
    # The dormant may be revived, and named ones may begin: they count like new agencies.
    beginners = newcomers + dormant_agencies(world) + planned_agencies(world)
    active += beginners
    lots = most_new_lots(world)
    added = np.empty(GROWING_ARRAYS, np.int64)
    added[GrowingArray.AGENCIES] = newcomers
    added[GrowingArray.CONTRACTS] = lots
    added[GrowingArray.TIES] = 3 * beginners + lots + 2 * active + len(world.institutions)
    added[GrowingArray.PRESENCES] = beginners + active + lots
    added[GrowingArray.REFUSED] = new_teams
    added[GrowingArray.BIDS] = bids + beginners * most_bids
    added[GrowingArray.FLOWS] = 45 * active + 5 * (clock.open + lots) + 6 * governments
    # Assessors are paid for contracts, and pay their people.
    added[GrowingArray.FLOWS] += clock.open + lots + len(world.cities)
    added[GrowingArray.FLOWS] += 4 * (len(world.sponsors) + len(world.colleges)) + 5 * len(world.institutions)
    # A contract may be noticed, graded, caught, settled and lead to a bar; a new one may be handed over.
    added[GrowingArray.EVENTS] = 19 * active + 5 * clock.open + 6 * lots + len(world.sponsors) + len(world.institutions)
    added[GrowingArray.EVENTS] += governments
    # Everybody on a staff may move to another agency, and each move may be an event of its own.
    added[GrowingArray.EVENTS] += staff
    added[GrowingArray.PANEL] = active
    added[GrowingArray.BID_RECORDS] = added[GrowingArray.BIDS]
    if not clock.detailed:
        added[GrowingArray.FLOWS] = 0
        added[GrowingArray.PANEL] = 0
        added[GrowingArray.BID_RECORDS] = 0
    return added


@rule
def dormant_agencies(world: World) -> int:
    """Dormant agencies of all cities."""
    dormant = 0
    for city in world.cities:
        dormant += city.dormant
    return dormant


@rule
def refused_founders(world: World) -> int:
    """Founders of all cities who were refused and wait."""
    waiting = 0
    for city in world.cities:
        waiting += city.refused_founders
    return waiting


@rule
def planned_agencies(world: World) -> int:
    """Named agencies of all cities that begin later."""
    planned = 0
    for city in world.cities:
        planned += city.planned
    return planned


@rule
def most_new_lots(world: World) -> int:
    """Upper bound on the lots of a quarter: one per community and field, renewals and repeated calls, institutions."""
    places = 0
    for government in world.governments:
        places += government.communities
    again = 2 * world.clock[0].running
    return int(places * world.split.shape[1] + again + MAXIMUM_NEW_LOTS * len(world.institutions))
