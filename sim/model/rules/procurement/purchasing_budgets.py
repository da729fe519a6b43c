"""Budgets: the economy turns, the year's money arrives, its split over fields moves, the rest lapses."""

from __future__ import annotations

from math import exp, sqrt
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Level
from sim.engine.arithmetic import add_up
from sim.engine.compilation import rule
from sim.engine.rng.distributions import normal
from sim.model.rules.contracts.budget_channels import share_out
from sim.model.rules.contracts.contract_forms import unmet_hours
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.procurement.institution_purchasing import allot, settle_institutions
from sim.model.rules.shared.active_agencies import purchaser_of

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, GovernmentRow
    from sim.model.state.world import Numbers, World

VOICE_YEARS = 4.0
"""Years over which an agency judges whether it was heard."""


@rule
def turn_economy(world: World, city: CityRow) -> None:
    """Move a city's economic index one quarter on: mean reversion plus a shock."""
    shock = city.volatility * normal(world.clock[0], Stream.ECONOMY, city.id, 0)
    city.economy += shock - city.reversion * city.economy


@rule
def set_budgets(world: World, city: CityRow) -> None:
    """At the start of a year (and of the run): settle the old year, budget the new one, move the split."""
    clock = world.clock[0]
    if clock.season != 0 and clock.quarter > 0:
        return
    seasons_left = 4 - clock.season
    for n in range(city.districts + 1):
        g = purchaser_of(city, n)
        government = world.governments[g]
        kept = 0
        if clock.quarter > 0:
            government.growth_index *= 1.0 + government.procurement_growth
            government.price_index *= 1.0 + government.contract_price_growth
            kept = return_unspent(world, government)
        if government.base_budget != government.procurement_budget:
            # A new level grows from the year in which it first holds.
            government.base_budget = government.procurement_budget
            government.growth_index = 1.0
        planned = planned_budget(world, government)
        government.budget = planned + kept
        share_out(government)
        treasury = world.externals[Party.TREASURY]
        money = planned * seasons_left // 4
        transfer(world, treasury, government, Purpose.BUDGET, -1, money)
        if government.level == Level.DISTRICT:
            settle_institutions(world, g, clock.quarter == 0)
        if clock.quarter > 0:
            move_split(world, g)
    for n in range(city.districts + 1):
        allot(world, purchaser_of(city, n), seasons_left)


@rule
def return_unspent(world: World, government: GovernmentRow) -> int:
    """Return what is neither owed nor carried over to the treasury; tell what is carried over."""
    unspent = max(government.cash - government.obligations, 0)
    lapsing = unspent - round(unspent * government.procurement_carry_over)
    transfer(world, government, world.externals[Party.TREASURY], Purpose.LAPSE, -1, lapsing)
    government.lapsed += lapsing
    return int(unspent - lapsing)


@rule
def planned_budget(world: World, government: GovernmentRow) -> int:
    """Budget of a year, in fen: plan x economy x pressure of unmet need."""
    city = world.cities[government.city]
    planned = government.procurement_budget * government.procurement_budget_factor * government.growth_index
    cycle = exp(government.procurement_cycle * city.economy)
    felt = max(mean_pressure(world, government) - world.rules[0].need_tolerated, 0.0)
    return int(planned * cycle * (1.0 + government.procurement_pressure_response * felt))


@rule
def mean_pressure(world: World, government: GovernmentRow) -> float:
    """Mean pressure over a government's communities, weighted by residents."""
    total = 0.0
    people = 0.0
    for c in range(government.first_community, government.first_community + government.communities):
        community = world.communities[c]
        total += community.pressure * community.residents
        people += community.residents
    return total / people if people > 0 else 0.0


@rule
def move_split(world: World, g: int) -> None:
    """Move the split over fields towards need and towards what agencies argue for; note who was heard.

    A field's need is its unmet hours.  An agency argues for the need of the community where it works and
    for its own skills, in equal parts, and counts by its independence: who depends does not contradict.
    """
    government = world.governments[g]
    old = world.split[g].copy()
    need = needed_split(world, government)
    argued = argued_split(world, government, g)
    split = world.split[g]
    total = 0.0
    for f in range(len(split)):
        split[f] += government.procurement_need_response * (need[f] - old[f])
        split[f] += government.procurement_openness * (argued[f] - old[f])
        split[f] = max(split[f], 0.0)
        total += split[f]
    if total > 0:
        split /= total
    hear_agencies(world, g, old)


@rule
def needed_split(world: World, government: GovernmentRow) -> Numbers:
    """Share of each field in the unmet hours of a government's communities; shape (fields,)."""
    shares = world.fields[:, 0] * 0.0
    for c in range(government.first_community, government.first_community + government.communities):
        for f in range(len(shares)):
            shares[f] += world.needs[c, f].unmet * world.needs[c, f].load
    return normalised(shares)


@rule
def normalised(shares: Numbers) -> Numbers:
    """Scale shares in place so that they sum to one; equal shares where all are nought."""
    whole = add_up(shares)
    if whole > 0:
        shares /= whole
    else:
        shares[:] = 1.0 / len(shares)
    return shares


@rule
def preference(world: World, agency: AgencyRow, a: int, f: int) -> float:
    """Weight that an agency gives to a field: half its share of the need it sees, half its share of own skill."""
    need = world.needs[agency.community, f]
    seen = need.unmet * need.load / max(unmet_hours(world, agency.community), 1e-9)
    return 0.5 * seen + 0.5 * world.skills[a, f] / max(add_up(world.skills[a]), 1e-9)


@rule
def argued_split(world: World, government: GovernmentRow, g: int) -> Numbers:
    """Split that the agencies in a government's area argue for; its own split where nobody speaks.

    Returns
    -------
    array, shape (fields,)
    """
    argued = world.split[g] * 0.0
    if government.level == Level.DISTRICT:
        add_voices(world, government, argued)
    else:
        city = world.cities[government.city]
        for d in range(city.first_district, city.first_district + city.districts):
            add_voices(world, world.governments[d], argued)
    return normalised(argued) if add_up(argued) > 0 else world.split[g].copy()


@rule
def add_voices(world: World, district: GovernmentRow, argued: Numbers) -> None:
    """Add what each agency at home in a district argues for, weighted by its independence."""
    a = district.first_agency
    while a >= 0:
        agency = world.agencies[a]
        for f in range(len(argued)):
            argued[f] += agency.independence * preference(world, agency, a, f)
        a = agency.next_in_district


@rule
def hear_agencies(world: World, g: int, old: Numbers) -> None:
    """Set each home agency's voice: how far the gap between plan and wish is closing its way.

    Voice is the share of the gap that `VOICE_YEARS` years would close at this year's pace; the running
    value moves half of the way to it.  Open disagreement costs relation with a
    government that does not listen.
    """
    government = world.governments[g]
    if government.level == Level.CITY:
        return
    rules = world.rules[0]
    split = world.split[g]
    a = government.first_agency
    while a >= 0:
        agency = world.agencies[a]
        total = 0.0
        for f in range(len(split)):
            total += preference(world, agency, a, f)
        moved = 0.0
        gap = 0.0
        for f in range(len(split)):
            wish = preference(world, agency, a, f) / max(total, 1e-9) - old[f]
            moved += (split[f] - old[f]) * wish
            gap += wish * wish
        heard = min(max(moved / gap, 0.0), 1.0) if gap > 1e-9 else 1.0
        agency.voice += 0.5 * (1.0 - (1.0 - heard) ** VOICE_YEARS - agency.voice)
        lost = rules.standing_disagreement * agency.independence * sqrt(gap)
        cool_tie(world, agency, g, lost * (1.0 - government.procurement_openness))
        a = agency.next_in_district


@rule
def cool_tie(world: World, agency: AgencyRow, g: int, lost: float) -> None:
    """Lower an agency's relation with a government by a share."""
    tie = agency.first_tie
    while tie >= 0:
        if world.ties[tie].purchaser == g:
            world.ties[tie].relation *= max(1.0 - lost, 0.0)
        tie = world.ties[tie].next
