"""Entry of firms: investors enter where a stranger may win, and earn more than their hurdle, with the usual offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.accounts import Party
from sim.declarations.choices import Admission, ContractForm, Kind, Origin, Pricing
from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.engine.rng.philox import child_id
from sim.model.rules.contracts.contract_forms_and_prices import hourly_price_ceiling
from sim.model.rules.contracts.firms_in_guise import registers_in_guise
from sim.model.rules.contracts.underdelivery_and_detection import expected_fine
from sim.model.rules.lifecycle.donors_in_view import FOUNDING_REPUTATION
from sim.model.rules.lifecycle.founding_attempt import try_to_found_agency
from sim.model.rules.lifecycle.founding_prospects import founding_prospects, newcomer_cost
from sim.model.rules.lifecycle.founding_teams import Founders
from sim.model.rules.lifecycle.returns_of_firms import margin_seen
from sim.model.rules.procurement.bid_offers import FULL_STAFFING, staffing_level
from sim.model.rules.procurement.bid_points import (
    FULL_STAFF_POINTS,
    HOURS_RANGE,
    PRICE_RANGE,
    QUALITY_PARTS,
    sum_of_weights,
)
from sim.model.rules.procurement.winning_beliefs import chance_of_odds, odds_to_win
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, GovernmentRow
    from sim.model.state.world import World


@rule
def found_for_profits(world: World, city: CityRow) -> None:
    """Investors enter a district that admits them, or in guise, where they expect a margin above their hurdle."""
    clock = world.clock[0]
    rules = world.rules[0]
    for g in range(city.first_district, city.first_district + city.districts):
        government = world.governments[g]
        if government.own_budget <= 0:
            continue
        entity = child_id(government.id, Origin.COMMERCIAL, clock.quarter, 0)
        if int(government.for_profits_admission) == Admission.BARRED and not registers_in_guise(world, entity):
            continue
        margin = margin_seen(world, city, expected_margin(world, government))
        margin = min(margin, government.for_profits_profit_cap)
        rate = rules.founding_for_profit_rate * (margin - rules.founding_hurdle) * chance_of_stranger(world, government)
        rate *= founding_prospects(world, government, 0.0)
        if bernoulli(clock, rate_to_probability(rate), Stream.FOR_PROFIT_ENTRY, government.id, 0):
            founders = Founders(Party.OWNERS, 0, government.id, Origin.COMMERCIAL, Kind.FOR_PROFIT, 0)
            try_to_found_agency(world, g, founders)


@rule
def offered_lately(government: GovernmentRow) -> float:
    """Points, at a weight of one, of the price or hours that win a government's own lots lately; posts leave none."""
    if int(government.contract_form) == ContractForm.POST:
        return 0.0
    return float(government.offered)


@rule
def expected_margin(world: World, government: GovernmentRow) -> float:
    """Margin that an investor reckons with, as a share of income, at the offer that wins lately and the best staffing.

    A firm pays less than the sector; rent and overhead are paid in full; administration is the base share.  Fines are
    those that a stranger expects.
    """
    rules = world.rules[0]
    city = world.cities[government.city]
    pay = 3.0 * city.sector_wage * (1.0 + rules.costs_social_insurance)
    cost = newcomer_cost(world, city) - (1.0 - rules.founding_firm_wage) * pay
    cost /= rules.people_hours * (1.0 - rules.delivery_base_tasks) * hourly_price_ceiling(world, government)
    offered = offered_lately(government)
    if int(government.contract_pricing) == Pricing.FIXED:
        cost *= 1.0 + HOURS_RANGE * offered
    else:
        cost /= 1.0 - PRICE_RANGE * offered
    best = -np.inf
    for i in range(FULL_STAFFING + 1):
        staffing = staffing_level(rules, i)
        fine = expected_fine(world, government, 0.0, staffing, 1.0, FOUNDING_REPUTATION)
        best = max(best, 1.0 - cost * staffing - fine)
    return best


@rule
def chance_of_stranger(world: World, government: GovernmentRow) -> float:
    """Chance that a new firm sees to win one of a government's lots with the offer that wins lately.

    It counts on the lots that need fewer points: those that nobody holds, or those that another agency holds.
    """
    rules = world.rules[0]
    licensed = rules.founding_licensed * rules.founding_firm_licensed
    if int(government.for_profits_admission) == Admission.QUALIFIED:
        licensed = max(licensed, government.for_profits_qualification)
    quality = (FOUNDING_REPUTATION + licensed + rules.founding_skill + FULL_STAFF_POINTS) / QUALITY_PARTS
    points = government.scoring_quality * quality + government.scoring_price * offered_lately(government)
    needed = min(government.needed, government.needed_held)
    return chance_of_odds(odds_to_win(world, points / sum_of_weights(government), needed))
