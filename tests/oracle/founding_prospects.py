"""Founding prospects: how promising a new agency looks in a district."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Any

from tests.oracle.ordered_sums import add_up
from tests.oracle.sources import beginners_gifts

if TYPE_CHECKING:
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def rate_to_probability(rate: float) -> float:
    """Probability that an event of this quarterly hazard happens within a quarter."""
    return 1.0 - exp(-max(rate, 0.0))


def prospects(model: Sector, district: Government, nonprofit: bool = True) -> float:
    """Legitimacy, times the chance to win a lot, times room to live on what is won and given; from 0 to 1."""
    rules = model.rules
    city = district.city
    fund = city.government
    viable = viable_income(city)
    given = newcomers_gifts(model, city) / viable if nonprofit else 0.0
    own, of_city = contestable(district), contestable(fund) / len(city.districts)
    buyers = [institution for institution in district.institutions if institution.budget > 0]
    lots = own / usual_lot(district) + of_city / usual_lot(fund)
    lots += add_up(contestable(one) / min(usual_lot(district), one.budget) for one in buyers)
    money = own + of_city + add_up(contestable(one) for one in district.institutions)
    sharing = 1.0 + district.idle_agencies
    work = city.filled * lots / sharing + given
    room = city.filled * money / sharing / viable + given
    legitimacy = city.agencies / (city.agencies + rules.founding_legitimacy)
    return (0.2 + 0.8 * legitimacy) * (1.0 - exp(-work)) * room * room / (1.0 + room * room)


def usual_lot(government: Government) -> float:
    """Usual value of its lots now."""
    return max(government.contract_value * government.price_index, 1.0)


def contestable(purchaser: Any) -> float:
    """Yearly purchasing open to a newcomer: what is uncommitted, and a share of the rest."""
    free = max(purchaser.unbound, 0)
    held = min(purchaser.running, purchaser.money_for_contracts)
    return free + purchaser.model.rules.founding_contestable_share * held


def viable_income(city: City) -> float:
    """Yearly income that makes a newcomer viable now."""
    return city.model.rules.founding_viable_income * city.cost_index


def newcomers_gifts(model: Sector, city: City, uncounted: int = 0) -> float:
    """A year's donations to an agency of founding size."""
    return beginners_gifts(model, city, model.rules.founding_staff, 0.3, 0.0, uncounted)


def newcomer_cost(city: City) -> float:
    """Cost of one person of a newcomer in a quarter."""
    rules = city.model.rules
    pay = 3.0 * city.sector_wage * (1.0 + rules.costs_social_insurance)
    return pay + (rules.costs_rent + rules.costs_overhead) * city.cost_index


def encouraged(district: Government) -> float:
    """Factor of officials' promotion."""
    return 0.2 + 0.8 * district.promotion_push
