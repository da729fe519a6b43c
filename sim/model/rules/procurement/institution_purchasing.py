"""Institution purchasing: yearly allotments to institutions, and their lots beside those of their district.

A government allots shares of its budget to the institutions in its area, by their weights.  What an institution
does not spend of that lapses like a government's own money; money of its own stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.engine.arithmetic import to_fen, to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.contracts.contract_forms_and_prices import lot_size, updated_price_ceiling
from sim.model.rules.contracts.lot_publication import LotSpec, publish_lot
from sim.model.rules.contracts.purchaser_commitments import callable_money
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.procurement.budget_channels import channel_budget

if TYPE_CHECKING:
    from sim.model.state.row_types import GovernmentRow, InstitutionRow
    from sim.model.state.world import World

MAXIMUM_NEW_LOTS = 4
"""New lots that an institution can prepare in a quarter."""


@rule
def close_institution_year(world: World, g: int, first: bool, seasons_left: int) -> None:
    """Close the year of the institutions of a district, and let them set money of their own aside for the next.

    Of what was allotted, money neither owed nor carried over is returned; money of their own stays.

    Parameters
    ----------
    g : int
        District government.
    first : bool
        Whether this is the first quarter of the run.
    seasons_left : int
        Quarters left in the year, this one included.
    """
    government = world.governments[g]
    treasury = world.externals[Party.TREASURY]
    for i in range(government.first_institution, government.first_institution + government.institutions):
        institution = world.institutions[i]
        institution.budget = 0
        if not first:
            # The allotment is spent first, because it lapses.
            unspent = max(institution.cash - institution.obligations, 0)
            institution.own_held = min(institution.own_held, unspent)
            allotted = unspent - institution.own_held
            lapsing = allotted - to_fen(allotted * government.procurement_carry_over)
            transfer(world, institution, treasury, Purpose.LAPSE, -1, lapsing)
            institution.lapsed += lapsing
            institution.budget = int(allotted - lapsing)
        set_own_money_aside(world, institution, seasons_left)
        institution.commissions_left = 0


@rule
def set_own_money_aside(world: World, institution: InstitutionRow, seasons_left: int) -> None:
    """Fill an institution's own money up to that of a year, in today's prices; in mid-year, of the quarters left."""
    wanted = to_fen_down(institution.own_money * world.cities[institution.city].cost_index)
    added = max(wanted * seasons_left // 4 - institution.own_held, 0)
    transfer(world, world.externals[Party.HOUSEHOLDS], institution, Purpose.OWN_BUDGET, -1, added)
    institution.budget += max(wanted, institution.own_held)
    institution.own_held += added


@rule
def allot_to_institutions(world: World, g: int, seasons_left: int) -> None:
    """Allot a government's shares for institutions to those in its area, for the rest of the year.

    Parameters
    ----------
    g : int
        Government.
    seasons_left : int
        Quarters left in the year, this one included.
    """
    government = world.governments[g]
    first = government.first_institution
    weights = 0.0
    for i in range(first, first + government.institutions):
        weights += world.institutions[i].weight
    contracts = channel_budget(government, government.procurement_shares_institutions)
    commissions = channel_budget(government, government.procurement_shares_commissions)
    for i in range(first, first + government.institutions):
        institution = world.institutions[i]
        part = institution.weight / weights
        buying = to_fen_down(contracts * part)
        ordering = to_fen_down(commissions * part) * seasons_left // 4
        institution.budget += buying
        institution.commissions_left += ordering
        money = buying * seasons_left // 4 + ordering
        transfer(world, government, institution, Purpose.ALLOTMENT, -1, min(money, government.cash))


@rule
def call_institution_lots(world: World, g: int) -> None:
    """Let the institutions of a district call their lots."""
    government = world.governments[g]
    for i in range(government.first_institution, government.first_institution + government.institutions):
        institution = world.institutions[i]
        free = callable_money(government, int(institution.form), int(institution.budget - institution.running))
        if free > 0:
            free = call_institution_contracts_again(world, government, g, institution, free)
            call_new_institution_lots(world, government, g, institution, free)


@rule
def call_institution_contracts_again(
    world: World, government: GovernmentRow, g: int, institution: InstitutionRow, free: int
) -> int:
    """Call an institution's expired contracts again as far as money goes; return the money left, fen.

    Parameters
    ----------
    government, g : row, int
        District government and its index.
    institution : row
        Institution that buys.
    free : int
        Uncommitted money, fen.
    """
    k = institution.first_expired
    while k >= 0:
        old = world.contracts[k]
        ceiling = updated_price_ceiling(world, government, old)
        if 0 < ceiling <= free:
            wanted = LotSpec(
                g, institution.index, institution.field, institution.community, old.form, ceiling, old.posts, -1
            )
            lot = publish_lot(world, wanted)
            world.contracts[lot].incumbent = old.agency
            free -= ceiling
        k = old.next_expired
    return int(free)


@rule
def call_new_institution_lots(
    world: World, government: GovernmentRow, g: int, institution: InstitutionRow, free: int
) -> None:
    """Call new lots in an institution's field and community; a single one where the allotment is small.

    Parameters
    ----------
    government, g : row, int
        District government and its index.
    institution : row
        Institution that buys.
    free : int
        Uncommitted money, fen.
    """
    least = 0.5 * min(government.contract_value * government.price_index, float(institution.budget))
    for n in range(MAXIMUM_NEW_LOTS):
        ceiling, posts = lot_size(world, government, institution.form, institution.id, n, free, least)
        if ceiling <= 0:
            return
        publish_lot(
            world,
            LotSpec(
                g, institution.index, institution.field, institution.community, institution.form, ceiling, posts, -1
            ),
        )
        free -= ceiling
