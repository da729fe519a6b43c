"""Entry of firms: what investors reckon with, what they see of firms at work, and where they start."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Admission, ContractForm, Kind, Origin, Pricing
from sim.declarations.random_streams import Stream
from tests.oracle.bid_offers import fine_feared, total_weight
from tests.oracle.founding_attempt import try_to_found
from tests.oracle.founding_prospects import newcomer_cost, prospects, rate_to_probability
from tests.oracle.guise import hides
from tests.oracle.new_agency import Founders
from tests.oracle.random_draws import child_id

if TYPE_CHECKING:
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def found_for_profits(model: Sector, city: City) -> None:
    """Investors enter a district where the margin exceeds their hurdle and a stranger has a chance."""
    rules = model.rules
    for district in city.districts:
        entity = child_id(district.id, Origin.COMMERCIAL, model.quarter, 0)
        barred = district.for_profits_admission == Admission.BARRED and not hides(model, entity)
        if district.own_budget <= 0 or barred:
            continue
        margin = expected_margin(model, district)
        if city.firm_income > 0:
            earned = max(1.0 - city.firm_cost / city.firm_income, -1.0)
            margin += rules.founding_firm_example * (earned - margin)
        margin = min(margin, district.for_profits_profit_cap)
        rate = rules.founding_for_profit_rate * (margin - rules.founding_hurdle) * strangers_chance(district)
        rate *= prospects(model, district, nonprofit=False)
        if model.happens(rate_to_probability(rate), Stream.FOR_PROFIT_ENTRY, district.id, 0):
            owners = model.outside[Party.OWNERS]
            try_to_found(model, district, Founders(owners, district.id, Origin.COMMERCIAL, Kind.FOR_PROFIT))


def note_returns_of_firms(model: Sector, city: City) -> None:
    """Investors see what the firms at work earn, a tenth of the way a quarter."""
    firms = [agency for agency in city.members if agency.kind == Kind.FOR_PROFIT and agency.contracts > 0]
    if firms:
        city.firm_income += 0.1 * (sum(firm.income for firm in firms) - city.firm_income)
        city.firm_cost += 0.1 * (sum(firm.cost for firm in firms) - city.firm_cost)


def winning_points(district: Government) -> float:
    """What the price or the hours that win lately earn; of posts there is one price."""
    return 0.0 if district.contract_form == ContractForm.POST else district.offered


def expected_margin(model: Sector, district: Government) -> float:
    """Share of income left at the offer that wins lately, with the team that leaves most and a firm's wages."""
    rules, city = model.rules, district.city
    wages = 3.0 * city.sector_wage * (1.0 + rules.costs_social_insurance)
    each = newcomer_cost(city) - (1.0 - rules.founding_firm_wage) * wages
    cost = each / (rules.people_hours * (1.0 - rules.delivery_base_tasks)) / district.hourly_ceiling
    if district.contract_pricing == Pricing.FIXED:
        cost *= 1.0 + 0.5 * winning_points(district)
    else:
        cost /= 1.0 - 0.3 * winning_points(district)
    least = rules.bidding_least_staffing
    # Investors are strangers to the purchaser, and new agencies have a reputation of 0.3.
    return max(
        1.0 - cost * staffing - fine_feared(district, 0.0, staffing, 1.0, 0.3)
        for staffing in (least, (1.0 + least) / 2.0, 1.0)
    )


def strangers_chance(district: Government) -> float:
    """Chance of a new firm with the offer that wins lately, in the lots that need fewer points."""
    rules = district.model.rules
    licensed = rules.founding_licensed * rules.founding_firm_licensed
    if district.for_profits_admission == Admission.QUALIFIED:
        licensed = max(licensed, district.for_profits_qualification)
    quality = (0.3 + licensed + rules.founding_skill + 2.0 / 3.0) / 4.0
    points = district.scoring_quality * quality + district.scoring_price * winning_points(district)
    needed = min(district.needed, district.needed_held)
    odds = exp((points / total_weight(district) - needed) / rules.bidding_uncertainty)
    return odds / (1.0 + odds)
