"""Emergency support for agencies in distress: from association, sister agency, sponsor and college."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Stage
from sim.engine.arithmetic import to_fen, to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.shared.agency_capacity_and_unit_cost import months_of_reserves

if TYPE_CHECKING:
    from sim.model.state.row_types import AccountRow
    from sim.model.state.world import World


@rule
def seek_emergency_support(world: World, a: int) -> None:
    """Ask association, sister, sponsor and college in turn, up to a limit; pay debts with the support."""
    agency = world.agencies[a]
    limit = to_fen(world.rules[0].closing_support_months * agency.wage * max(agency.staff, 1))
    wanted = min(agency.overdue_wages + agency.overdue_bills, limit)
    if wanted > 0 and agency.association >= 0:
        association = world.associations[agency.association]
        given = min(wanted, association.cash)
        association.support += max(given, 0)
        wanted -= give_emergency_support(world, a, association, Party.ASSOCIATION, agency.association, given)
    if wanted > 0 and agency.sister >= 0:
        sister = world.agencies[agency.sister]
        if sister.stage == Stage.ACTIVE:
            kept = world.rules[0].closing_comfortable_reserves
            months = months_of_reserves(world, sister)
            spare = to_fen_down(sister.cash * (1.0 - kept / months)) if months > kept else 0
            wanted -= give_emergency_support(world, a, sister, Party.AGENCY, agency.sister, min(wanted, spare))
    if wanted > 0 and agency.sponsor >= 0:
        sponsor = world.sponsors[agency.sponsor]
        wanted -= give_emergency_support(world, a, sponsor, Party.SPONSOR, agency.sponsor, min(wanted, sponsor.cash))
    if wanted > 0 and agency.college >= 0:
        college = world.colleges[agency.college]
        wanted -= give_emergency_support(world, a, college, Party.COLLEGE, agency.college, min(wanted, college.cash))


@rule
def give_emergency_support(world: World, a: int, giver: AccountRow, party: int, index: int, amount: int) -> int:
    """Give emergency support, with which the agency pays wages, then bills.

    Parameters
    ----------
    a : int
        Index of the agency.
    giver : row
        Row that pays.
    party, index : int
        Kind and index of the giver.
    amount : int
        Fen.

    Returns
    -------
    int
        Amount given, fen.
    """
    if amount <= 0:
        return 0
    agency = world.agencies[a]
    record_event(world, Event.SUPPORTED, Cause.CASH_SHORT, a, agency.district, party, index, amount, agency.staff)
    transfer(world, giver, agency, Purpose.SUPPORT, -1, amount)
    agency.support += amount
    wages = min(agency.overdue_wages, agency.cash)
    transfer(world, agency, world.externals[Party.HOUSEHOLDS], Purpose.WAGES, -1, wages)
    agency.overdue_wages -= wages
    bills = min(agency.overdue_bills, agency.cash)
    transfer(world, agency, world.externals[Party.SUPPLIERS], Purpose.OVERHEAD, -1, bills)
    agency.overdue_bills -= bills
    return int(amount)
