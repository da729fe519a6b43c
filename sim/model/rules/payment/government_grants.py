"""Government grants: core, incubation (first year) and matching grants.

A government sets a share of its budget aside.  A quarter of it can be given each quarter; where claims are
higher, all are cut in proportion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Purpose
from sim.declarations.choices import Form, Kind
from sim.declarations.income_sources import Source
from sim.declarations.state_codes import Level
from sim.engine.arithmetic import to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.ledger.income_accounts import record_income, record_income_from_purchaser
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.shared.active_agencies import nth_government

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, GovernmentRow
    from sim.model.state.world import World

FIRST_YEAR = 4
"""Quarters for which an agency counts as new."""


@rule
def pay_grants(world: World, city: CityRow) -> None:
    """Let every government pay its grants: a district to agencies based there, the city to all."""
    for n in range(city.districts + 1):
        g = nth_government(city, n)
        government = world.governments[g]
        government.core_grants = 0
        government.incubation_grants = 0
        government.matching_grants = 0
        if government.grants_budget <= 0:
            continue
        first = g if government.level == Level.DISTRICT else city.first_district
        last = g + 1 if government.level == Level.DISTRICT else city.first_district + city.districts
        pot = min(quarterly_grant_budget(world, government), government.cash)
        claims = 0
        for d in range(first, last):
            claims += total_claims(world, government, d)
        part = min(max(pot, 0) / claims, 1.0) if claims > 0 else 1.0
        government.grants_cover = part
        if pot > 0 and claims > 0:
            for d in range(first, last):
                pay_district_grants(world, g, d, part)


@rule
def quarterly_grant_budget(world: World, government: GovernmentRow) -> int:
    """Quarter of the year's money for grants, in whole fen."""
    season = world.clock[0].season
    return int(government.grants_budget * (season + 1) // 4 - government.grants_budget * season // 4)


@rule
def core_claim(government: GovernmentRow, agency: AgencyRow) -> int:
    """Core grant of a quarter, fen: for registered nonprofits with sufficient reputation."""
    if agency.form != Form.REGISTERED or agency.kind != Kind.NONPROFIT:
        return 0
    return to_fen_down(government.grants_core / 4.0) if agency.reputation >= government.grants_reputation else 0


@rule
def incubation_claim(world: World, government: GovernmentRow, agency: AgencyRow) -> int:
    """Incubation grant of a quarter, fen: for nonprofits in their first year, including attached ones."""
    if agency.form == Form.COMMERCIAL or agency.kind != Kind.NONPROFIT:
        return 0
    new = world.clock[0].quarter - agency.founded < FIRST_YEAR
    return to_fen_down(government.grants_incubation / 4.0) if new else 0


@rule
def matching_claim(world: World, government: GovernmentRow, agency: AgencyRow, a: int) -> int:
    """Matching grant, fen: an amount for each CNY of donations, sponsorship and fees of the quarter before."""
    if agency.form != Form.REGISTERED or agency.kind != Kind.NONPROFIT:
        return 0
    before = (world.clock[0].season + 3) % 4
    raised = world.incomes[a, before, Source.DONATIONS] + world.incomes[a, before, Source.SPONSORSHIP]
    return to_fen_down(government.grants_matching * (raised + world.incomes[a, before, Source.FEES]))


@rule
def total_claims(world: World, government: GovernmentRow, d: int) -> int:
    """Claims on a government this quarter of the agencies based in district `d`, fen."""
    claims = 0
    a = world.governments[d].first_agency
    while a >= 0:
        agency = world.agencies[a]
        claims += core_claim(government, agency) + incubation_claim(world, government, agency)
        claims += matching_claim(world, government, agency, a)
        a = agency.next_in_district
    return claims


@rule
def pay_district_grants(world: World, g: int, d: int, part: float) -> None:
    """Pay the share `part` of every claim of the agencies based in district `d`.

    Parameters
    ----------
    g : int
        Government that grants.
    d : int
        District.
    part : float
        Share of claims that is paid, 0 to 1.
    """
    government = world.governments[g]
    a = world.governments[d].first_agency
    while a >= 0:
        agency = world.agencies[a]
        core = to_fen_down(core_claim(government, agency) * part)
        incubation = to_fen_down(incubation_claim(world, government, agency) * part)
        matching = to_fen_down(matching_claim(world, government, agency, a) * part)
        government.core_grants += core
        government.incubation_grants += incubation
        government.matching_grants += matching
        transfer(world, government, agency, Purpose.CORE_GRANT, -1, core)
        transfer(world, government, agency, Purpose.INCUBATION, -1, incubation)
        transfer(world, government, agency, Purpose.MATCHING_GRANT, -1, matching)
        given = core + incubation + matching
        if given > 0:
            record_income(world, a, Source.GRANTS, given)
            record_income_from_purchaser(world, a, g, given)
        a = agency.next_in_district
