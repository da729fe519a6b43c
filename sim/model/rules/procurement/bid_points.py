"""Bid points: one rule for what a panel gives and what a bidder reckons with, as shares of the weights of a call.

Some points stand whatever is offered: reputation, licences, skill, relation, roots.  Others are for the offer: a price
below the ceiling or hours beyond those asked, and the staff that the bid names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Pricing
from sim.engine.compilation import rule
from sim.model.rules.contracts.contract_forms_and_prices import skill_for_lot
from sim.model.rules.service.community_needs import rootedness

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, ContractRow, GovernmentRow
    from sim.model.state.world import World

PRICE_RANGE = 0.3
"""Price below the ceiling, as a share of it, that earns a point at a weight of one."""

HOURS_RANGE = 0.5
"""Hours above those asked, as a share of them, that earn a point at a weight of one."""

MOST_OFFER_POINTS = 1.5
"""Most points for price or hours, at a weight of one."""

QUALITY_PARTS = 4.0
"""Parts of quality: reputation, licences, skill, named staff."""

FULL_STAFF_POINTS = 2.0 / 3.0
"""Points for a bid that names an hour of staff for each hour promised, as a quarter of quality."""


@rule
def sum_of_weights(government: GovernmentRow) -> float:
    """Weights of a call, added up; points are shares of them."""
    weights = government.scoring_price + government.scoring_quality
    weights += government.scoring_relation + government.scoring_experience
    return max(weights, 1e-9)


@rule
def standing_points(world: World, agency: AgencyRow, lot: ContractRow, relation: float, quarters: float) -> float:
    """Points of a bidder that do not depend on its offer, as a share of the weights.

    Parameters
    ----------
    relation : float
        Relation with the purchaser, 0 to 1.
    quarters : float
        Unbroken quarters of presence in the community where it would work.
    """
    government = world.governments[lot.government]
    quality = agency.reputation + agency.licensed / max(agency.staff, 1)
    quality += skill_for_lot(world, agency.index, lot)
    points = government.scoring_quality * quality / QUALITY_PARTS + government.scoring_relation * relation
    if quarters > 0.0:
        points += government.scoring_experience * rootedness(quarters, world.rules[0].need_rooting_time)
    return points / sum_of_weights(government)


@rule
def offer_points(lot: ContractRow, price: int, hours: float) -> float:
    """Points for a yearly price (fen), or for hours a quarter where the price is fixed, at a weight of one."""
    if lot.pricing == Pricing.FIXED:
        points = (hours / lot.minimum_hours - 1.0) / HOURS_RANGE
    else:
        points = (1.0 - price / lot.ceiling) / PRICE_RANGE
    return min(max(points, 0.0), MOST_OFFER_POINTS)


@rule
def staff_points(least: float, staffing: float) -> float:
    """Points for the staff that a bid names, from 0 at the least staffing to 1, as a quarter of quality.

    Parameters
    ----------
    least, staffing : float
        Least staffing of any bid, and that of this one: hours of staff for each hour promised.
    """
    return min(max((staffing - least) / (1.5 * (1.0 - least)), 0.0), 1.0)


@rule
def points_of_offer(world: World, lot: ContractRow, price: int, hours: float, staffing: float) -> float:
    """Points that an offer adds to a bidder's standing, as a share of the weights.

    Parameters
    ----------
    price : int
        Yearly price, fen.
    hours : float
        Hours promised a quarter.
    staffing : float
        Hours of staff for each hour promised.
    """
    government = world.governments[lot.government]
    named = staff_points(world.rules[0].bidding_least_staffing, staffing)
    points = government.scoring_price * offer_points(lot, price, hours)
    points += government.scoring_quality * named / QUALITY_PARTS
    return points / sum_of_weights(government)
