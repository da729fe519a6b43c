"""Bidding: which lots an agency reads, how it ranks them, and the price or hours that it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Assessing, ContractForm, Kind, Pricing
from sim.declarations.random_streams import Stream
from tests.oracle.community import Community, rootedness
from tests.oracle.contract import Bid, Contract
from tests.oracle.contract_forms import hours_to_promise, skill_for
from tests.oracle.money import transfer
from tests.oracle.ordered_sums import add_up
from tests.oracle.own_posts import hours_people_can_give, people_for_contracts

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def make_bids(model: Sector, city: City) -> None:
    """Let every agency bid, if there is anything to bid for."""
    if all(government.lots == 0 for government in city.purchasers):
        return
    for agency in city.members:
        if agency.staff > 0:
            agency.unit_cost = agency.cost_per_hour()
            studied = study_lots(model, agency)
            if studied:
                bid_for_best_lots(model, agency, studied)


def study_lots(model: Sector, agency: Agency) -> list[Contract]:
    """Lots that an agency reads: of its home district, of the city, sometimes of another district."""
    read = lots_of(model, agency, agency.district) + lots_of(model, agency, agency.city.government)
    other = second_district(agency)
    if other is None and model.happens(model.rules.bidding_search, Stream.REACH, agency.id, 0):
        districts = agency.city.districts
        other = districts[model.pick(len(districts), Stream.REACH, agency.id, 1)]
    if other is not None and other is not agency.district:
        read += lots_of(model, agency, other)
    return read


def second_district(agency: Agency) -> Government | None:
    """Other district with which an agency has the closest relation, through a branch or past work."""
    best, closest = None, 0.05
    for purchaser, tie in reversed(agency.ties.items()):
        elsewhere = purchaser in agency.city.districts and purchaser is not agency.district
        if elsewhere and tie.relation > closest:
            best, closest = purchaser, tie.relation
    return best


def lots_of(model: Sector, agency: Agency, government: Government) -> list[Contract]:
    """Lots of a purchaser, up to the attention of an agency; where there are more, draws decide which are noticed."""
    lots = government.called_lots
    unfit = agency.is_barred_by(government) or agency.reputation < government.scoring_prequalification
    if not lots or unfit or not government.admits(agency):
        return []
    attention = int(model.rules.bidding_attention)
    read = list(lots)
    if attention < len(lots):
        noticed = sorted(lots, key=lambda lot: model.uniform(Stream.BID_ATTENTION, agency.id, lot.id))[:attention]
        read = [lot for lot in lots if lot in noticed]
    return [lot for lot in read if lot.purchaser.admits(agency) and not agency.is_barred_by(lot.purchaser)]


def appeal(model: Sector, agency: Agency, lot: Contract) -> float:
    """Utility of a lot for an agency: margin, relation, distance; then fit, presence, and taste."""
    rules = model.rules
    government = lot.government
    cost = agency.unit_cost * (1.0 - planned_shading(agency, lot))
    common = rules.bidding_margin_weight * (1.0 - cost / government.hourly_price(lot.form))
    common += rules.bidding_tie_weight * agency.relation_with(lot.purchaser)
    common += rules.bidding_focus_weight * agency.effort_on(lot.source)
    if not government.is_city and government is not agency.district:
        common -= rules.bidding_distance_cost
    wanted = rules.bidding_fit_weight * skill_for(agency, lot)
    if lot.community:
        roots = rootedness(agency.quarters_in(lot.community), rules.need_rooting_time)
        wanted += rules.bidding_root_weight * roots
    turned = (model.uniform(Stream.TASTE, agency.id, government.id) + (lot.id >> 10) / 2**53) % 1.0
    taste = 2.0 * (0.5 + model.random_key.noise_scale * (turned - 0.5)) - 1.0
    return common + (wanted + rules.bidding_taste * taste)


def planned_shading(agency: Agency, contract: Contract) -> float:
    """Share of promised hours that an agency plans to leave out; zero for nonprofits."""
    if agency.kind != Kind.FOR_PROFIT:
        return 0.0
    return agency.model.rules.delivery_shading_propensity * probability_undetected(
        contract.government, agency.relation_with(contract.purchaser)
    )


def share_left_out(agency: Agency, contract: Contract) -> float:
    """Share of promised hours left out: planned by a firm; by a nonprofit, of people who do other work meanwhile."""
    if agency.kind == Kind.FOR_PROFIT:
        return planned_shading(agency, contract)
    return (agency.model.rules.delivery_diversion * agency.looseness) * probability_undetected(
        contract.government, agency.relation_with(contract.purchaser)
    )


def probability_undetected(government: Government, relation: float) -> float:
    """Probability that, by a government's rules, neither the purchaser nor an assessment would find hours missing.

    A third party finds them in what it has the capacity to assess; a purchaser's own staff find fewer, the closer the
    relation.
    """
    detected = 0.0
    if government.assessment_regime == Assessing.THIRD_PARTY:
        detected = government.assessment_coverage * government.city.assessor.served
    elif government.assessment_regime == Assessing.INTERNAL:
        looks = government.model.rules.assessing_internal_detection * (1.0 - relation)
        detected = government.assessment_coverage * looks
    return (1.0 - government.payment_oversight) * (1.0 - detected)


def bid_for_best_lots(model: Sector, agency: Agency, lots: list[Contract]) -> None:
    """Bid for the lots of highest utility until hours or capacity are used up; pay for the preparation."""
    rules = model.rules
    free = (hours_people_can_give(agency) - agency.committed) * rules.bidding_overbid
    strength = add_up(agency.effort_on(kind) * (0.5 + agency.work[kind].capability) for kind in agency.work if kind < 3)
    most = 1 + int(rules.bidding_effort * people_for_contracts(agency) * min(strength, 1.5))
    wanted = {lot: appeal(model, agency, lot) for lot in lots}
    for lot in sorted(lots, key=wanted.__getitem__, reverse=True):
        if agency.bids >= most or free <= 0:
            break
        if hours_to_promise(agency, lot) <= free and place_bid(model, agency, lot):
            free -= hours_to_promise(agency, lot)
    cost = round(agency.bids * rules.costs_bid * agency.city.cost_index)
    transfer(model, agency, model.outside[Party.SUPPLIERS], Purpose.BIDDING, min(cost, agency.cash))


def place_bid(model: Sector, agency: Agency, lot: Contract) -> bool:
    """Bid for a lot, unless the minimum margin would not be earned; return whether a bid was made."""
    rules = model.rules
    if lot.incumbent and lot.community and agency.quarters_in(lot.community) < lot.government.contract_minimum_presence:
        return False
    hourly = agency.unit_cost * (1.0 - planned_shading(agency, lot))
    least = rules.founding_hurdle if agency.kind == Kind.FOR_PROFIT else rules.bidding_least_margin
    least_hours = hours_to_promise(agency, lot)
    if 4.0 * least_hours * hourly * (1.0 + least) > lot.ceiling:
        return False
    margin = max(agency.margin, least)
    cap = lot.government.for_profits_profit_cap
    if agency.kind == Kind.FOR_PROFIT and cap < 1.0:
        # Of a price of 1, a profit of `cap` leaves 1 - cap for the cost.
        if least > cap / (1.0 - cap):
            return False
        margin = min(margin, cap / (1.0 - cap))
    asked = hourly * (1.0 + margin)
    community = lot.community or proposed_community(model, agency, lot)
    if lot.pricing == Pricing.FIXED:
        price = lot.ceiling
        affordable = lot.ceiling / (4.0 * asked)
        hours = min(max(affordable, least_hours), rules.delivery_most_promised * least_hours)
        if lot.form == ContractForm.POST:
            hours = least_hours
    else:
        price = min(round(4.0 * least_hours * asked), lot.ceiling)
        hours = least_hours
    # The latest bid comes first: of equal bids the latest wins.
    lot.bids.insert(0, Bid(agency, community, price, hours, cost=4.0 * hours * hourly))
    agency.bids += 1
    return True


def proposed_community(model: Sector, agency: Agency, lot: Contract) -> Community:
    """Community that an agency proposes to a fund: need there, weighted by presence."""

    def wanted(community: Community) -> float:
        hours = 0.0
        for f, need in enumerate(community.needs):
            if f == lot.field or lot.form == ContractForm.CENTRE:
                hours += need.hours / (1.0 + need.served)
        roots = rootedness(agency.quarters_in(community), model.rules.need_rooting_time)
        return hours * (0.3 + roots)

    return max(agency.district.communities, key=wanted)
