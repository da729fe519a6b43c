"""Purchasing budgets: business cycle, yearly plan, lapsing money, split over fields and agency voice."""

from __future__ import annotations

from math import exp, sqrt
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.random_streams import Stream
from tests.oracle.channels import divide_budget
from tests.oracle.institution import allot, settle_year
from tests.oracle.money import transfer
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City

VOICE_YEARS = 4.0
"""Years over which an agency judges whether the plan has followed its preferences."""


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
        if new_year:
            government.price_index *= 1.0 + government.contract_price_growth
            kept = return_unspent(model, government)
        government.years.append((model.quarter, 1.0 + government.procurement_growth))
        government.grown_budget = level_of_budget(government)
        planned = planned_budget(government)
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


def return_unspent(model: Sector, government: Government) -> int:
    """Return money neither owed nor carried over to the treasury; the rest is kept for the new year."""
    unspent = max(government.cash - government.obligations, 0)
    lapsing = unspent - round(unspent * government.procurement_carry_over)
    transfer(model, government, model.outside[Party.TREASURY], Purpose.LAPSE, lapsing)
    government.lapsed += lapsing
    return unspent - lapsing


def level_of_budget(government: Government) -> float:
    """Yearly budget with its growth."""
    model = government.model
    (level,) = (
        policed
        for policed in model.policies
        if policed.government == government.index and policed.lever == "procurement_budget"
    )
    return level.value(model.quarter, model.triggers, government.years)


def planned_budget(government: Government) -> int:
    """Plan x economy x pressure of unmet need, for a year."""
    planned = government.grown_budget * government.procurement_budget_factor
    cycle = exp(government.procurement_cycle * government.city.economy)
    felt = max(government.mean_pressure - government.model.rules.need_tolerated_pressure, 0.0)
    return int(planned * cycle * (1.0 + government.procurement_pressure_response * felt))


def update_split(government: Government) -> None:
    """Move the split towards need and towards what agencies argue for; update their voice."""
    old = government.split
    need = needed_split(government)
    argued = argued_split(government)
    new = []
    for f, share in enumerate(old):
        moved = share + government.procurement_need_response * (need[f] - share)
        new.append(max(moved + government.procurement_openness * (argued[f] - share), 0.0))
    government.split = [share / add_up(new) for share in new] if add_up(new) > 0 else new
    if not government.is_city:
        for agency in government.home_agencies:
            update_voice(government, agency, old)


def normalised(weights: list[float]) -> list[float]:
    """Shares that sum to one; equal ones where all weights are zero."""
    total = add_up(weights)
    return [weight / total for weight in weights] if total > 0 else [1.0 / len(weights) for _ in weights]


def needed_split(government: Government) -> list[float]:
    """Share of each field in the unmet hours of its communities."""
    places = government.communities
    return normalised([add_up(place.needs[f].hours for place in places) for f in range(len(government.split))])


def field_preferences(agency: Agency) -> list[float]:
    """Weights an agency gives to fields: half by need in its community, half by own skill."""
    home = agency.community
    unmet = max(add_up(need.hours for need in home.needs), 1e-9)
    return [
        0.5 * (need.hours / unmet) + 0.5 * skill / max(add_up(agency.skills), 1e-9)
        for need, skill in zip(home.needs, agency.skills, strict=True)
    ]


def argued_split(government: Government) -> list[float]:
    """Split that local agencies argue for, weighted by independence: a dependent agency does not contradict."""
    argued = [0.0 for _ in government.split]
    for district in government.city.districts if government.is_city else [government]:
        for agency in district.home_agencies:
            for f, wish in enumerate(field_preferences(agency)):
                argued[f] += agency.independence * wish
    return normalised(argued) if add_up(argued) > 0 else government.split


def update_voice(government: Government, agency: Agency, old: list[float]) -> None:
    """Set an agency's voice: how far the gap between its preferences and the plan is closing in its favour.

    Voice moves half of the way to the share of the gap that a few years would close at this pace.  Open
    disagreement costs relation with a government that does not listen.
    """
    weights = field_preferences(agency)
    total = max(add_up(weights), 1e-9)
    moved, gap = 0.0, 0.0
    for before, after, weight in zip(old, government.split, weights, strict=True):
        wish = weight / total - before
        moved += (after - before) * wish
        gap += wish * wish
    heard = min(max(moved / gap, 0.0), 1.0) if gap > 1e-9 else 1.0
    agency.voice += 0.5 * (1.0 - (1.0 - heard) ** VOICE_YEARS - agency.voice)
    lost = agency.model.rules.standing_disagreement * agency.independence * sqrt(gap)
    if government in agency.ties:
        agency.ties[government].relation *= max(1.0 - lost * (1.0 - government.procurement_openness), 0.0)
