"""Bid offers: points of a bid, what bidders believe to need, and the offer that promises them most."""

from __future__ import annotations

from math import exp, inf, log
from typing import TYPE_CHECKING, NamedTuple

from sim.declarations.choices import Assessing, ContractForm, Kind, Pricing
from sim.declarations.random_streams import Stream
from tests.oracle.community import Community, rootedness
from tests.oracle.contract import Bid, Contract
from tests.oracle.contract_forms import hours_to_promise, skill_for
from tests.oracle.guise import looks_like_nonprofit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.agency import Agency
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector


class Offer(NamedTuple):
    """Price over ceiling, hours over those asked, hours of staff for each hour promised, and steps of both."""

    price: float
    hours: float
    staffing: float
    step: int
    level: int


def total_weight(government: Government) -> float:
    """Weights of a call; points are shares of it."""
    weights = government.scoring_price + government.scoring_quality
    weights += government.scoring_relation + government.scoring_experience
    return max(weights, 1e-9)


def standing(agency: Agency, lot: Contract, community: Community) -> float:
    """Points that a bidder has whatever it offers: quality without its staff, relation, roots."""
    government = lot.government
    quality = (agency.reputation + agency.licensed / max(agency.staff, 1) + skill_for(agency, lot)) / 4.0
    points = government.scoring_quality * quality + government.scoring_relation * agency.relation_with(lot.purchaser)
    roots = rootedness(agency.quarters_in(community), agency.model.rules.need_rooting_time)
    return (points + government.scoring_experience * roots) / total_weight(government)


def points_for_offer(lot: Contract, price: float, hours: float) -> float:
    """Points for price or hours, at a weight of one."""
    if lot.pricing == Pricing.FIXED:
        return min(max((hours / lot.minimum_hours - 1.0) / 0.5, 0.0), 1.5)
    return min(max((1.0 - price / lot.ceiling) / 0.3, 0.0), 1.5)


def points_of(lot: Contract, price: float, hours: float, staffing: float) -> float:
    """Points that an offer adds: for price or hours, and for named staff as a quarter of quality."""
    government = lot.government
    least = government.model.rules.bidding_least_staffing
    named = min(max((staffing - least) / (1.5 * (1.0 - least)), 0.0), 1.0)
    points = government.scoring_price * points_for_offer(lot, price, hours)
    return (points + government.scoring_quality * named / 4.0) / total_weight(government)


def held_by_another(lot: Contract, agency: Agency) -> bool:
    return lot.incumbent is not None and lot.incumbent is not agency


def chance_with(agency: Agency, lot: Contract, points: float) -> float:
    """Chance that so many points win, as an agency believes."""
    government = lot.government
    needed = government.needed_held if held_by_another(lot, agency) else government.needed
    if lot.purchaser in agency.ties:
        needed += agency.ties[lot.purchaser].lesson
    odds = exp((points - needed) / agency.model.rules.bidding_uncertainty)
    return odds / (1.0 + odds)


def usual_points(lot: Contract) -> float:
    """Points of an offer as it wins lately, with as many hours of staff as are promised."""
    government = lot.government
    offered = 0.0 if lot.form == ContractForm.POST else government.offered
    points = government.scoring_quality * (2.0 / 3.0) / 4.0 + government.scoring_price * offered
    return points / total_weight(government)


def offers(agency: Agency, lot: Contract) -> Iterator[Offer]:
    """All offers that are compared, the leanest first, then by price or hours."""
    rules = agency.model.rules
    for level in range(4):
        staffing = 1.0 - (2 - level) * (1.0 - rules.bidding_least_staffing) / 2.0
        if lot.form == ContractForm.POST:
            if level == 2:
                yield Offer(1.0, 1.0, 1.0, 0, level)
            continue
        for step in range(10):
            if lot.pricing == Pricing.FIXED:
                if 1.0 + step / 12.0 <= rules.delivery_most_promised:
                    yield Offer(1.0, 1.0 + step / 12.0, staffing, step, level)
            else:
                yield Offer(1.0 - 0.05 * step, 1.0, staffing, step, level)


def kept_by(agency: Agency, staffing: float) -> float:
    """Hours kept of each hour promised, overtime counted."""
    return min(staffing * (1.0 + agency.model.rules.delivery_overtime), 1.0)


def detection(government: Government, relation: float) -> float:
    """Probability that, by a government's rules, an assessment would find hours missing.

    A third party finds them in what it has the capacity to assess; a purchaser's own staff find fewer, the closer the
    relation.
    """
    if government.assessment_regime == Assessing.THIRD_PARTY:
        return government.assessment_coverage * government.city.assessor.served
    if government.assessment_regime == Assessing.INTERNAL:
        looks = government.model.rules.assessing_internal_detection * (1.0 - relation)
        return government.assessment_coverage * looks
    return 0.0


def withheld_share(government: Government, grade: float) -> float:
    """Share of a year's price withheld for a grade: all that the lever says at the passing grade."""
    width = max(government.assessment_full - government.assessment_passing, 1e-9)
    return government.assessment_withheld * min(max((government.assessment_full - grade) / width, 0.0), 1.0)


def fine_feared(government: Government, relation: float, staffing: float, staffed: float, quality: float) -> float:
    """Fines and fears for each CNY of price, of a bidder with so lean a team."""
    rules = government.model.rules
    kept = min(staffing * staffed * (1.0 + rules.delivery_overtime), 1.0)
    noticed = 1.0 - (1.0 - government.payment_oversight) ** 4 if kept < 0.9 else 0.0
    least = rules.assessing_least_found if government.assessment_regime == Assessing.THIRD_PARTY else 0.1
    found = detection(government, relation) if kept < 1.0 - least else 0.0
    fear = found * government.assessment_penalty * (1.0 - kept)
    # What is lost once missing hours are known, by whomever, grows with them up to a fifth.
    fear += (noticed + found - noticed * found) * rules.bidding_stake * min((1.0 - kept) / 0.2, 1.0)
    graded = {
        Assessing.NONE: 0.0,
        Assessing.INTERNAL: government.assessment_coverage,
        Assessing.THIRD_PARTY: government.assessment_coverage * government.city.assessor.served,
    }[Assessing(int(government.assessment_regime))]
    base = rules.assessing_base_grade
    grade = kept * (base + (1.0 - base) * min(quality * staffing, 1.0))
    return fear + graded * withheld_share(government, grade)


def margins_accepted(agency: Agency, lot: Contract) -> tuple[float, float]:
    """Lowest and highest margin on cost: losses as far as reserves carry them, a cap on a firm's profit."""
    rules = agency.model.rules
    months = agency.months_of_reserve()
    if agency.kind == Kind.NONPROFIT:
        return rules.bidding_least_margin * min(reserves_over_comfortable(agency), 1.0), inf
    enters = agency.relation_with(lot.purchaser) < 0.05 and months > 1.0
    cap = 1.0 if agency.guise else lot.government.for_profits_profit_cap
    # Of a price of 1, a profit of `cap` leaves 1 - cap for the cost.
    return -rules.bidding_entry_loss if enters else 0.0, cap / (1.0 - cap) if cap < 1.0 else inf


def reserves_over_comfortable(agency: Agency) -> float:
    return max(agency.months_of_reserve(), 0.0) / max(agency.model.rules.closing_comfortable_reserves, 1e-9)


def place_bid(
    model: Sector, agency: Agency, lot: Contract, community: Community, free: float, scarcity: float
) -> float:
    """Bid if the best offer is worth its cost; return the hours of staff that the bid takes.

    Hours that are scarce would be worth something in another contract like this one; posts leave no choice.
    """
    rules, government = model.rules, lot.government
    if lot.incumbent and lot.community and agency.quarters_in(lot.community) < government.contract_minimum_presence:
        return 0.0
    if not looks_like_nonprofit(agency) and margins_accepted(agency, lot)[1] < rules.founding_hurdle:
        return 0.0
    asked = hours_to_promise(agency, lot)
    relation = agency.relation_with(lot.purchaser)
    cost = 4.0 * asked * agency.unit_cost / lot.ceiling
    cost *= model.factor(rules.bidding_cost_error, Stream.COST_ESTIMATE, agency.id, lot.id)
    least, most = margins_accepted(agency, lot)
    firm = agency.kind == Kind.FOR_PROFIT
    thrift = 1.0 if firm else 1.0 / (1.0 + reserves_over_comfortable(agency))
    care = 0.0 if firm else rules.bidding_service_value
    elsewhere = scarcity * (thrift * max(1.0 - cost, 0.0) + care) if lot.form != ContractForm.POST else 0.0
    quality = agency.quality if agency.quality > 0 else agency.reputation
    own = standing(agency, lot, community)
    weight = total_weight(government)
    best, best_worth, best_chance = None, 0.0, 0.0
    for offer in offers(agency, lot):
        spent = cost * offer.hours * offer.staffing
        margin = (offer.price - spent) / max(spent, 1e-9)
        if not least <= margin <= most or offer.hours * offer.staffing > free / asked:
            continue
        points = government.scoring_price * offer.step / 6.0 + government.scoring_quality / 4.0 * offer.level / 3.0
        chance = chance_with(agency, lot, own + points / weight)
        service = log(offer.hours) + log(min(offer.staffing, 1.0) * kept_by(agency, offer.staffing))
        gain = thrift * (offer.price - spent) + thrift * rules.bidding_foothold * (1.0 - relation) + care * service
        gain -= fine_feared(government, relation, offer.staffing, agency.staffed, quality) * offer.price
        gain -= elsewhere * (offer.hours * offer.staffing - rules.bidding_least_staffing)
        # What rounding alone tells apart is equal, and of equals the first is taken.
        if chance * gain > best_worth * (1.0 + 1e-12):
            best, best_worth, best_chance = offer, chance * gain, chance
    if best is None or best_worth * lot.ceiling * lot.term / 4.0 < thrift * cost_of_bid(agency, lot):
        return 0.0
    price = lot.ceiling if lot.pricing == Pricing.FIXED else round(best.price * lot.ceiling)
    hours = asked * best.hours
    bid = Bid(agency, community, price, hours, cost=cost * best.hours * best.staffing * lot.ceiling)
    bid.staffing, bid.believed = best.staffing, best_chance
    bid.points = own + points_of(lot, price, hours, best.staffing)
    # The latest bid comes first: of equal bids the latest wins.
    lot.bids.insert(0, bid)
    agency.bids += 1
    return hours * best.staffing


def cost_of_bid(agency: Agency, lot: Contract) -> float:
    """Cost of preparing a bid."""
    rules = agency.model.rules
    return rules.costs_bid * agency.city.cost_index + rules.costs_bid_share * lot.ceiling
