"""Purchasing budgets: business cycle, yearly plan, lapsing money, and the split over fields."""

from __future__ import annotations

from math import exp, sqrt
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Channel
from tests.oracle.channels import divide_budget
from tests.oracle.institution import allot, settle_year
from tests.oracle.measures import pressable, speech_to, wishes_of
from tests.oracle.money import transfer
from tests.oracle.ordered_sums import add_up
from tests.oracle.policies import Year

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def update_economy(model: Sector, city: City) -> None:
    """Move the city's index towards its mean, plus a shock."""
    shock = city.volatility * model.normal(Stream.ECONOMY, city.id, 0)
    city.economy += shock - city.reversion * city.economy


def set_budgets(model: Sector, city: City) -> None:
    """At the start of a year: settle the old one, budget the new one, move the split.

    A run that begins within a year gets that year's remaining quarters.
    """
    new_year = model.season == 0 and model.quarter > 0
    if not new_year and model.quarter > 0:
        return
    for government in city.purchasers:
        kept = 0
        note_year(model, government)
        if new_year:
            government.price_index *= 1.0 + government.contract_price_growth
            kept = return_unspent(model, government)
        government.grown_budget = level_of_budget(government)
        planned = planned_budget(government)
        government.added_budget = min(brought_by_fund(government), planned)
        planned += government.added_budget
        government.budget = planned + kept
        divide_budget(government)
        money = planned * (4 - model.season) // 4
        transfer(model, model.outside[Party.TREASURY], government, Purpose.BUDGET, money)
        if new_year:
            update_split(government)
    for institution in city.government.institutions:
        settle_year(model, institution)
    for government in city.purchasers:
        allot(model, government)


def note_year(model: Sector, government: Government) -> None:
    """Note what levels of its budget are multiplied by this year; called before prices rise."""
    year = Year(
        model.quarter,
        government.procurement_growth,
        government.contract_price_growth,
        government.price_index,
        government.city.buys(model.quarter - 1),
    )
    government.years.append(year)


def return_unspent(model: Sector, government: Government) -> int:
    """Return money neither owed nor carried over to the treasury; the rest is kept for the new year."""
    unspent = max(government.cash - government.obligations, 0)
    lapsing = unspent - round(unspent * government.procurement_carry_over)
    transfer(model, government, model.outside[Party.TREASURY], Purpose.LAPSE, lapsing)
    government.lapsed += lapsing
    return unspent - lapsing


def level_of_budget(government: Government) -> float:
    """Yearly budget with its growth, as it would be if the ceiling of now had always held."""
    model = government.model
    (level,) = (
        policed
        for policed in model.policies
        if policed.government == government.index and policed.lever == "procurement_budget"
    )
    ceiling = government.procurement_ceiling * sum(community.residents for community in government.communities)
    return level.value(model.quarter, model.triggers, [year.under(ceiling) for year in government.years])


def planned_budget(government: Government) -> int:
    """Plan x economy x pressure of unmet need, for a year; nothing where the city does not buy yet."""
    if not government.city.buys(government.model.quarter):
        return 0
    planned = government.grown_budget * government.procurement_budget_factor
    cycle = exp(government.procurement_cycle * government.city.economy)
    felt = max(government.mean_pressure - government.model.rules.need_tolerated_pressure, 0.0)
    return int(planned * cycle * (1.0 + government.procurement_pressure_response * felt))


def brought_by_fund(government: Government) -> int:
    """What a district would add for the fund's contracts with its agencies."""
    if government.is_city:
        return 0
    running = [contract for agency in government.home_agencies for contract in agency.running]
    value = sum(contract.price for contract in running if contract.channel == Channel.SPECIAL_FUND)
    return int(government.city.government.special_fund_local_match * value)


def update_split(government: Government) -> None:
    """Move the split part of the way to its aim: plan and need, and what agencies argue for as far as it hears."""
    model = government.model
    argued, said = argument(government)
    government.hearing = government.procurement_openness * said
    if not government.is_city:
        for agency in government.home_agencies:
            pay_for_disagreement(government, agency)
    response = government.procurement_need_response
    new = []
    for has, plan, need, wish in zip(
        government.split, model.first_split, needed_split(government), argued, strict=True
    ):
        own_aim = (1.0 - response) * plan + response * need
        aim = (1.0 - government.hearing) * own_aim + government.hearing * wish
        new.append(has + model.rules.voice_speed * (aim - has))
    government.turn = 0.5 * add_up(abs(now - has) for now, has in zip(new, government.split, strict=True))
    government.split = new


def normalised(weights: list[float]) -> list[float]:
    """Shares that sum to one; equal ones where all weights are zero."""
    total = add_up(weights)
    return [weight / total for weight in weights] if total > 0 else [1.0 / len(weights) for _ in weights]


def needed_split(government: Government) -> list[float]:
    """Share of each field in the unmet hours of its communities."""
    places = government.communities
    return normalised([add_up(place.needs[f].hours for place in places) for f in range(len(government.split))])


def argument(government: Government) -> tuple[list[float], float]:
    """Split that operating agencies of the area argue for, and how openly they speak, each weighted by staff."""
    argued = [0.0 for _ in government.split]
    staff, spoken = 0.0, 0.0
    for district in government.city.districts if government.is_city else [government]:
        for agency in district.home_agencies:
            if agency.operating:
                weight = agency.staff * speech_to(agency, government)
                staff += agency.staff
                spoken += weight
                argued = [has + weight * wish for has, wish in zip(argued, wishes_of(agency), strict=True)]
    return normalised(argued), spoken / staff if staff > 0 else 0.0


def pay_for_disagreement(government: Government, agency: Agency) -> None:
    """Open disagreement costs relation with a district that does not listen."""
    gap = add_up((wish - has) ** 2 for wish, has in zip(wishes_of(agency), government.split, strict=True))
    lost = agency.model.rules.standing_disagreement * pressable(agency) * sqrt(gap)
    if government in agency.ties:
        agency.ties[government].relation *= max(1.0 - lost * (1.0 - government.procurement_openness), 0.0)
