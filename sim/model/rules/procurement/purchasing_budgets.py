"""Purchasing budgets of governments: the yearly plan, money that lapses, and the division over channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.state_codes import Channel, Level, Status
from sim.engine.arithmetic import exponential, to_fen, to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.procurement.budget_channels import allocate_budget_to_channels
from sim.model.rules.procurement.budget_split_over_fields import update_budget_split
from sim.model.rules.procurement.institution_purchasing import allot_to_institutions, close_institution_year
from sim.model.rules.procurement.purchasing_adoption import adopt_purchasing
from sim.model.rules.shared.active_agencies import nth_government
from sim.model.rules.shared.purchasing_begun import buys_services
from sim.model.rules.shared.unmet_need import mean_pressure

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, GovernmentRow
    from sim.model.state.world import World


@rule
def set_budgets(world: World, city: CityRow) -> None:
    """At the start of a year (and of the run): close the old year, set the new budget, update the split over fields."""
    clock = world.clock[0]
    if clock.season != 0 and clock.quarter > 0:
        return
    adopt_purchasing(world, city)
    seasons_left = 4 - clock.season
    for n in range(city.districts + 1):
        g = nth_government(city, n)
        government = world.governments[g]
        kept = 0
        if clock.quarter > 0:
            government.price_index *= 1.0 + government.contract_price_growth
            kept = return_unspent_budget(world, government)
        planned = planned_budget(world, government)
        government.added_budget = local_match(world, government, planned)
        planned += government.added_budget
        government.budget = planned + kept
        allocate_budget_to_channels(government)
        treasury = world.externals[Party.TREASURY]
        money = planned * seasons_left // 4
        transfer(world, treasury, government, Purpose.BUDGET, -1, money)
        if government.level == Level.DISTRICT:
            close_institution_year(world, g, clock.quarter == 0, seasons_left)
        if clock.quarter > 0:
            update_budget_split(world, g)
    for n in range(city.districts + 1):
        allot_to_institutions(world, nth_government(city, n), seasons_left)


@rule
def return_unspent_budget(world: World, government: GovernmentRow) -> int:
    """Return money neither owed nor carried over to the treasury; return what is carried over, fen."""
    unspent = max(government.cash - government.obligations, 0)
    lapsing = unspent - to_fen(unspent * government.procurement_carry_over)
    transfer(world, government, world.externals[Party.TREASURY], Purpose.LAPSE, -1, lapsing)
    government.lapsed += lapsing
    return int(unspent - lapsing)


@rule
def planned_budget(world: World, government: GovernmentRow) -> int:
    """Budget of a year, fen: plan x economy x pressure of unmet need; 0 where the city does not buy services yet."""
    city = world.cities[government.city]
    if not buys_services(city, world.clock[0].quarter):
        return 0
    planned = government.grown_budget * government.procurement_budget_factor
    cycle = exponential(government.procurement_cycle * city.economy)
    felt = max(mean_pressure(world, government) - world.rules[0].need_tolerated_pressure, 0.0)
    return to_fen_down(planned * cycle * (1.0 + government.procurement_pressure_response * felt))


@rule
def local_match(world: World, government: GovernmentRow, planned: int) -> int:
    """Money that a district adds to its plan because the city's fund pays agencies at home there, fen.

    So much for each CNY of the fund's running contracts with them; at most the plan once more.

    Parameters
    ----------
    planned : int
        Its plan, fen.
    """
    match = world.governments[world.cities[government.city].government].special_fund_local_match
    if government.level == Level.CITY or match <= 0.0:
        return 0
    value = 0
    a = government.first_agency
    while a >= 0:
        k = world.agencies[a].first_contract
        while k >= 0:
            contract = world.contracts[k]
            if contract.status == Status.RUNNING and contract.channel == Channel.SPECIAL_FUND:
                value += contract.price
            k = contract.next_of_agency
        a = world.agencies[a].next_in_district
    return min(to_fen_down(match * value), planned)
