"""Whoever buys, a government or an institution: what a contract binds and owes, counted where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm
from sim.declarations.state_codes import Level
from sim.engine.compilation import rule
from sim.model.rules.shared.purchaser_numbers import institution_number

if TYPE_CHECKING:
    from sim.model.state.row_types import ContractRow, GovernmentRow
    from sim.model.state.world import World


@rule
def purchaser_of_contract(world: World, contract: ContractRow) -> int:
    """Number of a contract's purchaser: its government, or after the governments its institution."""
    if contract.institution >= 0:
        return institution_number(world, contract.institution)
    return int(contract.government)


@rule
def update_contracts_in_force(world: World, contract: ContractRow, value: int, step: int) -> None:
    """Count a lot or contract where needs and a government's split look.

    Parameters
    ----------
    value : int
        Yearly value that is added, or below nought taken off, fen.
    step : int
        1 to add it to what serves the community, -1 to take it off.
    """
    centre = contract.form == ContractForm.CENTRE
    if contract.institution < 0:
        if centre:
            world.governments[contract.government].centres += value
        else:
            world.active[contract.government, contract.field] += value
    if contract.community < 0:
        return
    if centre:
        for f in range(world.needs.shape[1]):
            world.needs[contract.community, f].served += step
    else:
        world.needs[contract.community, contract.field].served += step


@rule
def commit_budget(world: World, contract: ContractRow, price: int) -> None:
    """Bind a yearly price to a purchaser's budget; below nought, set it free."""
    if contract.institution >= 0:
        world.institutions[contract.institution].running += price
    else:
        world.governments[contract.government].running += price


@rule
def record_award(world: World, contract: ContractRow) -> None:
    """Count a contract among what its purchaser awarded this quarter."""
    if contract.institution >= 0:
        world.institutions[contract.institution].awarded += contract.price
    else:
        world.governments[contract.government].awarded += contract.price


@rule
def add_obligation(world: World, contract: ContractRow, amount: int) -> None:
    """Add to what a purchaser owes; below nought, take off."""
    if contract.institution >= 0:
        world.institutions[contract.institution].obligations += amount
    else:
        world.governments[contract.government].obligations += amount


@rule
def uncommitted_budget(world: World, contract: ContractRow) -> int:
    """Money of the year that a contract's purchaser has not bound, fen."""
    if contract.institution >= 0:
        institution = world.institutions[contract.institution]
        return int(institution.budget - institution.running)
    return uncommitted_government_budget(world.governments[contract.government])


@rule
def uncommitted_government_budget(government: GovernmentRow) -> int:
    """Yearly money that a government's own contracts do not bind yet, fen; below nought where the budget was cut.

    A city's part of its districts' contracts binds the city, and sets the same free in the district.
    """
    matched = government.matched if government.level == Level.CITY else -government.matched
    return int(government.own_budget - government.running - matched)


@rule
def add_overdue(world: World, contract: ContractRow, late: int) -> None:
    """Add to what a purchaser owes late."""
    if contract.institution >= 0:
        world.institutions[contract.institution].overdue += late
    else:
        world.governments[contract.government].overdue += late


@rule
def still_buys_form(world: World, contract: ContractRow) -> bool:
    """Whether a contract's purchaser still buys in the form of that contract."""
    if contract.institution >= 0:
        return True
    return bool(int(world.governments[contract.government].contract_form) == contract.form)


@rule
def affordable_payment(world: World, contract: ContractRow, owed: int) -> int:
    """What a contract's purchaser can pay of a debt."""
    if contract.institution >= 0:
        institution = world.institutions[contract.institution]
        return payable_debt(institution.cash, institution.obligations, owed)
    government = world.governments[contract.government]
    return payable_debt(government.cash, government.obligations, owed)


@rule
def payable_debt(cash: int, obligations: int, owed: int) -> int:
    """All of a debt, or the share that a purchaser's money covers of all its debts."""
    if cash >= obligations:
        return int(owed)
    covered = max(cash, 0) / max(obligations, 1)
    return min(int(owed * covered), max(cash, 0))
