"""Emergency support: advances to agencies in distress from association, sister agency, sponsor or college, repaid.

An advance is for an emergency: one lender, once in so many years, only for an agency that has a contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Stage
from sim.engine.arithmetic import to_fen, to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.payment.wages_and_costs import pay_debts
from sim.model.rules.shared.agency_capacity_and_unit_cost import monthly_cost, months_of_reserves, unpaid_debts

if TYPE_CHECKING:
    from sim.model.state.row_types import AccountRow, AgencyRow
    from sim.model.state.world import World


@rule
def may_ask_for_advance(world: World, agency: AgencyRow) -> bool:
    """Whether an agency in debt has a contract, no open advance, and none for a time."""
    if agency.contracts == 0 or agency.advance > 0 or unpaid_debts(agency) == 0:
        return False
    since = world.clock[0].quarter - agency.last_advance
    return bool(agency.last_advance < 0 or since >= world.rules[0].closing_support_gap)


@rule
def seek_advance(world: World, a: int) -> None:
    """Ask association, sister, sponsor and college in turn; the first with money lends, up to a limit."""
    agency = world.agencies[a]
    limit = to_fen(world.rules[0].closing_support_months * agency.wage * max(agency.staff, 1))
    wanted = min(unpaid_debts(agency), limit)
    if wanted <= 0:
        return
    if agency.association >= 0 and world.associations[agency.association].cash > 0:
        association = world.associations[agency.association]
        amount = min(wanted, association.cash)
        association.support += amount
        grant_advance(world, a, association, Party.ASSOCIATION, agency.association, amount)
    elif agency.sister >= 0 and money_above_target(world, world.agencies[agency.sister]) > 0:
        sister = world.agencies[agency.sister]
        grant_advance(world, a, sister, Party.AGENCY, agency.sister, min(wanted, money_above_target(world, sister)))
    elif agency.sponsor >= 0 and world.sponsors[agency.sponsor].cash > 0:
        sponsor = world.sponsors[agency.sponsor]
        grant_advance(world, a, sponsor, Party.SPONSOR, agency.sponsor, min(wanted, sponsor.cash))
    elif agency.college >= 0 and world.colleges[agency.college].cash > 0:
        college = world.colleges[agency.college]
        grant_advance(world, a, college, Party.COLLEGE, agency.college, min(wanted, college.cash))


@rule
def money_above_target(world: World, agency: AgencyRow) -> int:
    """Cash of an active agency above the reserve that it wants, fen."""
    months = months_of_reserves(world, agency)
    if agency.stage != Stage.ACTIVE or months <= agency.reserve_target:
        return 0
    return to_fen_down(agency.cash * (1.0 - agency.reserve_target / months))


@rule
def grant_advance(world: World, a: int, lender: AccountRow, party: int, index: int, amount: int) -> None:
    """Lend to an agency, which pays wages, then bills with it.

    Parameters
    ----------
    a : int
        Index of the agency.
    lender : row
        Row that pays.
    party, index : int
        Kind and index of the lender.
    amount : int
        Fen, above 0.
    """
    agency = world.agencies[a]
    record_event(world, Event.SUPPORTED, Cause.CASH_SHORT, a, agency.district, party, index, amount, agency.staff)
    transfer(world, lender, agency, Purpose.SUPPORT, -1, amount)
    agency.support += amount
    agency.advance = amount
    agency.lender_kind = party
    agency.lender = index
    agency.last_advance = world.clock[0].quarter
    pay_debts(world, agency)


@rule
def repay_advance(world: World, a: int) -> None:
    """Repay an advance from what is left beyond debts and a part of a month's cost; a closed lender claims nothing."""
    agency = world.agencies[a]
    if agency.advance <= 0:
        return
    if agency.lender_kind == Party.AGENCY and world.agencies[agency.lender].stage == Stage.CLOSED:
        agency.advance = 0
        return
    kept = to_fen(world.rules[0].closing_support_kept * monthly_cost(world, agency, agency.staff))
    pay_back_advance(world, agency, min(agency.advance, agency.cash - unpaid_debts(agency) - kept))
    if agency.advance == 0:
        party, index = agency.lender_kind, agency.lender
        record_event(world, Event.REPAID, Cause.RECOVERED, a, agency.district, party, index, 0, agency.staff)


@rule
def pay_back_advance(world: World, agency: AgencyRow, amount: int) -> None:
    """Pay part of an advance back to its lender, fen; nothing at zero or below."""
    if amount <= 0:
        return
    agency.advance -= amount
    agency.repaid += amount
    if agency.lender_kind == Party.ASSOCIATION:
        transfer(world, agency, world.associations[agency.lender], Purpose.REPAYMENT, -1, amount)
    elif agency.lender_kind == Party.AGENCY:
        transfer(world, agency, world.agencies[agency.lender], Purpose.REPAYMENT, -1, amount)
    elif agency.lender_kind == Party.SPONSOR:
        transfer(world, agency, world.sponsors[agency.lender], Purpose.REPAYMENT, -1, amount)
    else:
        transfer(world, agency, world.colleges[agency.lender], Purpose.REPAYMENT, -1, amount)
