"""Bid offers: the price or hours, and the staffing, that promise a bidder the most, given what it believes wins.

The bidder compares a few prices (or promises of hours) and levels of staffing by its believed chance to win times what
the contract would be worth to it.  Neighbouring offers differ in odds by a constant factor, so that few exponentials
are needed.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.declarations.choices import ContractForm, Kind, Pricing
from sim.engine.compilation import rule
from sim.model.rules.contracts.firms_in_guise import passes_as_nonprofit
from sim.model.rules.contracts.underdelivery_and_detection import expected_fine, hours_kept
from sim.model.rules.procurement.winning_beliefs import chance_of_odds
from sim.model.rules.shared.agency_capacity_and_unit_cost import months_of_reserves

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, ContractRow, GovernmentRow, RulesRow
    from sim.model.state.world import Numbers, World

OFFERS = 10
"""Prices, or promises of hours, that a bidder compares."""

PRICE_STEP = 0.05
"""Step between prices, as a share of the ceiling."""

HOURS_STEP = 1.0 / 12.0
"""Step between promises of hours, as a share of the hours asked."""

POINTS_STEP = 1.0 / 6.0
"""Points between neighbouring offers, at a weight of one: a step over the range that earns a point."""

STAFFINGS = 4
"""Levels of staffing that a bidder compares, from the least to one and a half steps of it above full staffing."""

FULL_STAFFING = 2
"""Number of the level of staffing at which each hour promised has an hour of staff."""

STRANGER = 0.05
"""Relation below which a firm counts as new to a purchaser."""


class Bidder(NamedTuple):
    """What a bidder brings to all of its bids of a quarter.

    Attributes
    ----------
    thrift : float
        Worth of money to it, 1 for a firm.
    care : float
        Worth of a rise of service by one natural logarithm, in shares of a lot's ceiling; 0 for a firm.
    reserves : float
        Reserves, months.
    comfort : float
        Reserves over comfortable ones, 0 to 1.
    scarcity : float
        Share of the hours that it expects to win for which it has no hands.
    logarithms : float array, shape (offers + staffings,)
        From `service_logarithms`.
    """

    thrift: float
    care: float
    reserves: float
    comfort: float
    scarcity: float
    logarithms: Numbers


class View(NamedTuple):
    """How a bidder sees one lot; money is in shares of the ceiling price.

    Attributes
    ----------
    cost : float
        Cost of the hours asked at full staffing.
    least, most : float
        Margins on cost between which it bids.
    foothold : float
        Worth of coming to know the purchaser.
    relation : float
        Relation with the purchaser.
    room : float
        Hours free for bids, over the hours asked.
    elsewhere : float
        What the hours asked would be worth in another contract, as far as hours are scarce.
    odds : float
        Odds to win with the ceiling price, the hours asked and the least staffing.
    offer_factor, staff_factor : float
        Factors of the odds for each step of price or hours, and for each level of staffing.
    """

    cost: float
    least: float
    most: float
    foothold: float
    relation: float
    room: float
    elsewhere: float
    odds: float
    offer_factor: float
    staff_factor: float


class Level(NamedTuple):
    """One level of staffing for one lot.

    Attributes
    ----------
    staffing : float
        Hours of staff for each hour promised.
    odds : float
        Odds to win with it, the ceiling price and the hours asked.
    served : float
        Worth of foothold and staffing, in shares of the ceiling price.
    fine : float
        Fines and fears for each CNY of price.
    """

    staffing: float
    odds: float
    served: float
    fine: float


class Offer(NamedTuple):
    """One offer; money is in shares of the ceiling price.

    Attributes
    ----------
    worth : float
        Believed chance times what the contract would be worth in a year; 0 where no offer is worth anything.
    chance : float
        Believed chance to win.
    price : float
        Yearly price.
    hours : float
        Hours promised over hours asked.
    staffing : float
        Hours of staff for each hour promised.
    spent : float
        Yearly cost as the bidder estimates it.
    """

    worth: float
    chance: float
    price: float
    hours: float
    staffing: float
    spent: float


@rule
def staffing_level(rules: RulesRow, i: int) -> float:
    """Hours of staff for each hour promised at level `i` of staffing."""
    return 1.0 - (FULL_STAFFING - i) * (1.0 - rules.bidding_least_staffing) / 2.0


@rule
def service_logarithms(world: World) -> Numbers:
    """Logarithms of service: of each promise of hours, then of what each level of staffing makes of it.

    A lean team is overworked as well as short of hours, so its staffing counts a second time; a team larger than the
    promise serves no more for it.
    """
    rules = world.rules[0]
    table = np.empty(OFFERS + STAFFINGS, np.float64)
    for j in range(OFFERS):
        table[j] = log(1.0 + j * HOURS_STEP)
    for i in range(STAFFINGS):
        staffing = staffing_level(rules, i)
        table[OFFERS + i] = log(min(staffing, 1.0) * hours_kept(rules, staffing))
    return table


@rule
def bidder_of(world: World, agency: AgencyRow, logarithms: Numbers, scarcity: float) -> Bidder:
    """What an agency brings to its bids: a surplus that may not be paid out is worth less the more is in reserve.

    Parameters
    ----------
    logarithms : float array, shape (offers + staffings,)
        From `service_logarithms`.
    scarcity : float
        Share of the hours that it expects to win for which it has no hands.
    """
    rules = world.rules[0]
    reserves = months_of_reserves(world, agency)
    comfort = max(reserves, 0.0) / max(rules.closing_comfortable_reserves, 1e-9)
    thrift, care = 1.0, 0.0
    if agency.kind != Kind.FOR_PROFIT:
        thrift = 1.0 / (1.0 + comfort)
        care = rules.bidding_service_value
    return Bidder(thrift, care, reserves, min(comfort, 1.0), scarcity, logarithms)


@rule
def least_margin(rules: RulesRow, agency: AgencyRow, bidder: Bidder, relation: float) -> float:
    """Lowest margin on cost that a bidder accepts: a loss only as far as reserves or owners' money carry it.

    Parameters
    ----------
    relation : float
        Relation with the purchaser, 0 to 1.
    """
    if agency.kind != Kind.FOR_PROFIT:
        return rules.bidding_least_margin * bidder.comfort
    enters = relation < STRANGER and bidder.reserves > 1.0
    return -rules.bidding_entry_loss if enters else 0.0


@rule
def maximum_margin(government: GovernmentRow, agency: AgencyRow) -> float:
    """Highest margin on cost that a purchaser lets an agency ask: a for-profit's is capped as a share of the price.

    A share s of the price is s / (1 - s) on cost; without a cap (a share of 1) there is no limit.
    """
    cap = government.for_profits_profit_cap
    if passes_as_nonprofit(agency) or cap >= 1.0:
        return 1e9
    return cap / (1.0 - cap)


@rule
def worth_elsewhere(lot: ContractRow, bidder: Bidder, cost: float) -> float:
    """What the hours asked would be worth in another contract like this one, as far as hours are scarce.

    Who has too few hands for the lots in which it sees a chance promises fewer hours in each, and plans leaner teams.
    Posts leave no choice.

    Parameters
    ----------
    cost : float
        Cost of the hours asked at full staffing, in shares of the ceiling price.
    """
    if lot.form == ContractForm.POST:
        return 0.0
    return bidder.scarcity * (bidder.thrift * max(1.0 - cost, 0.0) + bidder.care)


@rule
def best_offer(world: World, agency: AgencyRow, lot: ContractRow, bidder: Bidder, view: View) -> Offer:
    """Offer with the most expected worth; of equals the one with the fewer staff, then the one of the fewer steps."""
    rules = world.rules[0]
    government = world.governments[lot.government]
    posts = lot.form == ContractForm.POST
    quality = agency.quality if agency.quality > 0.0 else agency.reputation
    best = Offer(0.0, 0.0, 1.0, 1.0, 1.0, view.cost)
    odds = view.odds
    for i in range(STAFFINGS):
        staffing = staffing_level(rules, i)
        if staffing > view.room:
            break
        # Who buys posts gets people, whole ones.
        if not posts or i == FULL_STAFFING:
            fine = expected_fine(world, government, view.relation, staffing, agency.staffed, quality)
            served = view.foothold + bidder.care * bidder.logarithms[OFFERS + i]
            best = best_price_or_hours(rules, lot, bidder, view, Level(staffing, odds, served, fine), best)
        odds *= view.staff_factor
    return best


@rule
def best_price_or_hours(
    rules: RulesRow, lot: ContractRow, bidder: Bidder, view: View, level: Level, best: Offer
) -> Offer:
    """Best of the offers with one level of staffing and of the best so far."""
    odds = level.odds
    for j in range(1 if lot.form == ContractForm.POST else OFFERS):
        price = 1.0
        hours = 1.0
        value = level.served
        if lot.pricing == Pricing.FIXED:
            hours += j * HOURS_STEP
            value += bidder.care * bidder.logarithms[j]
        else:
            price -= j * PRICE_STEP
        spent = view.cost * hours * level.staffing
        margin = (price - spent) / max(spent, 1e-9)
        # With further steps hours only rise, and the margin falls.
        if hours > rules.delivery_most_promised or hours * level.staffing > view.room or margin < view.least:
            break
        if margin <= view.most:
            chance = chance_of_odds(odds)
            more = hours * level.staffing - rules.bidding_least_staffing
            gain = bidder.thrift * (price - spent) + value - level.fine * price - view.elsewhere * more
            worth = chance * gain
            if worth > best.worth:
                best = Offer(worth, chance, price, hours, level.staffing, spent)
        odds *= view.offer_factor
    return best
