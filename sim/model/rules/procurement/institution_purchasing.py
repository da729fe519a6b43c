"""Institutions that buy: their allotment for a year, and their lots beside those of their district.

A government allots shares of its budget to the institutions in its area, by their weights.  What an institution
does not spend lapses like a government's own money.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.engine.compilation import rule
from sim.model.rules.contracts.budget_channels import part_of_budget
from sim.model.rules.contracts.contract_forms import lot_size, price_again
from sim.model.rules.contracts.contract_signing import Wanted, call_lot
from sim.model.rules.ledger.transfers_and_events import transfer

if TYPE_CHECKING:
    from sim.model.state.row_types import GovernmentRow, InstitutionRow
    from sim.model.state.world import World

MOST_LOTS = 4
"""New lots that an institution can prepare in a quarter."""


@rule
def settle_institutions(world: World, g: int, first: bool) -> None:
    """Close the year of the institutions of a district: what is neither owed nor carried over is returned."""
    government = world.governments[g]
    treasury = world.externals[Party.TREASURY]
    for i in range(government.first_institution, government.first_institution + government.institutions):
        institution = world.institutions[i]
        institution.budget = 0
        if not first:
            unspent = max(institution.cash - institution.obligations, 0)
            lapsing = unspent - round(unspent * government.procurement_carry_over)
            transfer(world, institution, treasury, Purpose.LAPSE, -1, lapsing)
            institution.lapsed += lapsing
            institution.budget = int(unspent - lapsing)
        institution.commissions_left = 0


@rule
def allot(world: World, g: int, seasons_left: int) -> None:
    """Allot a government's shares for institutions to those in its area, for the rest of the year."""
    government = world.governments[g]
    first = government.first_institution
    weights = 0.0
    for i in range(first, first + government.institutions):
        weights += world.institutions[i].weight
    contracts = part_of_budget(government, government.procurement_channel_shares_institutions)
    commissions = part_of_budget(government, government.procurement_channel_shares_commissions)
    for i in range(first, first + government.institutions):
        institution = world.institutions[i]
        part = institution.weight / weights
        buying = int(contracts * part)
        ordering = int(commissions * part) * seasons_left // 4
        institution.budget += buying
        institution.commissions_left += ordering
        money = buying * seasons_left // 4 + ordering
        transfer(world, government, institution, Purpose.ALLOTMENT, -1, min(money, government.cash))


@rule
def call_for_institutions(world: World, g: int) -> None:
    """Let the institutions of a district call their lots."""
    government = world.governments[g]
    for i in range(government.first_institution, government.first_institution + government.institutions):
        institution = world.institutions[i]
        free = institution.budget - institution.running
        if free > 0:
            free = call_own_again(world, government, g, institution, free)
            call_own_lots(world, government, g, institution, free)


@rule
def call_own_again(world: World, government: GovernmentRow, g: int, institution: InstitutionRow, free: int) -> int:
    """Call an institution's ended contracts again as far as money goes; return what stays free."""
    k = institution.first_expired
    while k >= 0:
        old = world.contracts[k]
        ceiling = price_again(world, government, old)
        if 0 < ceiling <= free:
            wanted = Wanted(
                g, institution.index, institution.field, institution.community, old.form, ceiling, old.posts, -1
            )
            lot = call_lot(world, wanted)
            world.contracts[lot].incumbent = old.agency
            free -= ceiling
        k = old.next_expired
    return int(free)


@rule
def call_own_lots(world: World, government: GovernmentRow, g: int, institution: InstitutionRow, free: int) -> None:
    """Call new lots in an institution's field and community; one of its whole allotment where that is small."""
    least = 0.5 * min(government.contract_value * government.price_index, float(institution.budget))
    for n in range(MOST_LOTS):
        ceiling, posts = lot_size(world, government, institution.form, institution.id, n, free, least)
        if ceiling <= 0:
            return
        call_lot(
            world,
            Wanted(
                g, institution.index, institution.field, institution.community, institution.form, ceiling, posts, -1
            ),
        )
        free -= ceiling
