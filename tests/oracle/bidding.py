"""Bidding: which lots an agency reads and takes up, how it ranks them, and how many it bids for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import ContractForm, Kind
from sim.declarations.random_streams import Stream
from tests.oracle.bid_offers import chance_with, cost_of_bid, detection, place_bid, standing, usual_points
from tests.oracle.community import Community, rootedness
from tests.oracle.contract import Contract
from tests.oracle.contract_forms import hours_to_promise, skill_for
from tests.oracle.guise import looks_like_nonprofit
from tests.oracle.money import transfer
from tests.oracle.ordered_sums import add_up
from tests.oracle.own_posts import hours_for_bids, people_for_contracts

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
            studied = [lot for lot in study_lots(model, agency) if takes_up(model, agency, lot)]
            if studied:
                bid_for_best_lots(model, agency, studied)


def study_lots(model: Sector, agency: Agency) -> list[Contract]:
    """Lots that an agency reads: of its home district, of the city, of others that it knows or finds."""
    read = lots_of(model, agency, agency.district) + lots_of(model, agency, agency.city.government)
    done: list[Government] = []
    for n in range(min(1 + int(agency.staff / model.rules.bidding_branch_size), 4)):
        other = best_known_district(agency, done)
        if other is None and model.happens(model.rules.bidding_search, Stream.REACH, agency.id, 2 * n):
            districts = agency.city.districts
            other = districts[model.pick(len(districts), Stream.REACH, agency.id, 2 * n + 1)]
        if other is not None and other is not agency.district and other not in done:
            read += lots_of(model, agency, other)
            done.append(other)
    if not looks_like_nonprofit(agency):
        # The fund is closed to firms, so they look further.
        further = agency.city.districts[model.pick(len(agency.city.districts), Stream.REACH, agency.id, 16)]
        if further is not agency.district and further not in done:
            read += lots_of(model, agency, further)
    return read


def best_known_district(agency: Agency, done: list[Government]) -> Government | None:
    """Other district, not among those done, with the closest relation, through a branch or past work."""
    best, closest = None, 0.05
    for purchaser, tie in reversed(agency.ties.items()):
        elsewhere = purchaser in agency.city.districts and purchaser not in (agency.district, *done)
        if elsewhere and tie.relation > closest:
            best, closest = purchaser, tie.relation
    return best


def lots_of(model: Sector, agency: Agency, government: Government) -> list[Contract]:
    """Lots of a purchaser, up to the attention of an agency; where there are more, draws decide which are noticed.

    A call of its own contract it always notices.
    """
    lots = government.called_lots
    unfit = agency.is_barred_by(government) or agency.reputation < government.scoring_prequalification
    if not lots or unfit or not government.admits(agency):
        return []
    attention = int(model.rules.bidding_attention)
    read = list(lots)
    if attention < len(lots):
        noticed = sorted(lots, key=lambda lot: model.uniform(Stream.BID_ATTENTION, agency.id, lot.id))[:attention]
        read = [lot for lot in lots if lot in noticed or lot.incumbent is agency]
    return [lot for lot in read if lot.purchaser.admits(agency) and not agency.is_barred_by(lot.purchaser)]


def likely_to_win(agency: Agency, lot: Contract) -> float:
    """Chance with an offer as it wins lately."""
    return chance_with(agency, lot, standing(agency, lot, workplace(agency, lot)) + usual_points(lot))


def takes_up(model: Sector, agency: Agency, lot: Contract) -> bool:
    """Whether an agency makes the effort of looking closely at a lot: the likelier, the better its chance."""
    likely = likely_to_win(agency, lot)
    turned = turned_by_lot(model, Stream.BID_EFFORT, agency, lot)
    return turned < likely**2 / (likely**2 + model.rules.bidding_half_chance**2)


def turned_by_lot(model: Sector, stream: Stream, agency: Agency, lot: Contract) -> float:
    """One draw of an agency and a government, turned by the lot's id."""
    turned = (model.uniform(stream, agency.id, lot.government.id) + (lot.id >> 10) / 2**53) % 1.0
    return 0.5 + model.random_key.noise_scale * (turned - 0.5)


def appeal(model: Sector, agency: Agency, lot: Contract) -> float:
    """Utility of a lot for an agency: margin, distance, effort; then chance, fit, presence, and taste."""
    rules = model.rules
    government = lot.government
    common = rules.bidding_margin_weight * (1.0 - agency.unit_cost / government.hourly_price(lot.form))
    if not government.is_city and government is not agency.district:
        common -= rules.bidding_distance_cost
    wanted = common + rules.bidding_focus_weight * agency.effort_on(lot.source)
    wanted += rules.bidding_chance_weight * likely_to_win(agency, lot)
    wanted += rules.bidding_fit_weight * skill_for(agency, lot)
    if lot.community:
        roots = rootedness(agency.quarters_in(lot.community), rules.need_rooting_time)
        wanted += rules.bidding_root_weight * roots
    return wanted + rules.bidding_taste * (2.0 * turned_by_lot(model, Stream.TASTE, agency, lot) - 1.0)


def share_diverted(agency: Agency, contract: Contract) -> float:
    """Share of promised hours in which the people whom a nonprofit's bid names do other work."""
    if agency.kind == Kind.FOR_PROFIT:
        return 0.0
    government = contract.government
    unseen = (1.0 - government.payment_oversight) * (
        1.0 - detection(government, agency.relation_with(contract.purchaser))
    )
    return agency.model.rules.delivery_diversion * agency.looseness * unseen


def bid_for_best_lots(model: Sector, agency: Agency, lots: list[Contract]) -> None:
    """Bid for the lots of highest utility until hours or capacity are used up; pay for the preparation."""
    rules = model.rules
    free = hours_for_bids(agency) * rules.bidding_overbid
    strength = add_up(agency.effort_on(kind) * (0.5 + agency.work[kind].capability) for kind in agency.work if kind < 3)
    most = 1 + int(rules.bidding_effort * people_for_contracts(agency) * min(strength, 1.5))
    expected = add_up(likely_to_win(agency, lot) * hours_to_promise(agency, lot) for lot in lots)
    expected *= min(most / len(lots), 1.0)
    # Part of the hours that it expects to win for which it has no hands.
    scarcity = 0.0 if free >= expected else 1.0 - max(free, 0.0) / expected
    wanted = {lot: appeal(model, agency, lot) for lot in lots}
    paid = 0.0
    for lot in sorted(lots, key=wanted.__getitem__, reverse=True):
        if agency.bids >= most or free <= 0:
            break
        taken = place_bid(model, agency, lot, workplace(agency, lot), free, scarcity)
        free -= taken
        paid += cost_of_bid(agency, lot) if taken > 0 else 0.0
    transfer(model, agency, model.outside[Party.SUPPLIERS], Purpose.BIDDING, round(min(paid, agency.cash)))


def workplace(agency: Agency, lot: Contract) -> Community:
    """Community where an agency would work: the lot's, or the one that it proposes."""
    return lot.community or proposed_community(agency.model, agency, lot)


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
