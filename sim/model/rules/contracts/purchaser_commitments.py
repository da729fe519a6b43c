"""Purchaser commitments: budget committed, awards and debts of a government or an institution, by contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm, Pricing
from sim.declarations.state_codes import Level
from sim.engine.arithmetic import to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.shared.purchaser_numbers import institution_number

if TYPE_CHECKING:
    from sim.model.state.row_types import ContractRow, GovernmentRow
    from sim.model.state.world import World


@rule
def purchaser_of_contract(world: World, contract: ContractRow) -> int:
    """Purchaser number of a contract's purchaser: its government, or its institution after the governments."""
    if contract.institution >= 0:
        return institution_number(world, contract.institution)
    return int(contract.government)


@rule
def update_contracts_in_force(world: World, contract: ContractRow, value: int, step: int) -> None:
    """Add or remove a lot or contract where need and a government's split count contracts in force.

    Parameters
    ----------
    value : int
        Yearly value that is added (negative: removed), fen.
    step : int
        1 to add it to the contracts that serve the community, -1 to remove it.
    """
    centre = contract.form == ContractForm.CENTRE
    if contract.institution < 0:
        if centre:
            world.governments[contract.government].centre_value += value
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
    """Commit a yearly price, fen, of a purchaser's budget; a negative one is released."""
    if contract.institution >= 0:
        world.institutions[contract.institution].running += price
    else:
        world.governments[contract.government].running += price


@rule
def record_award(world: World, contract: ContractRow) -> None:
    """Add a contract to what its purchaser awarded this quarter."""
    if contract.institution >= 0:
        world.institutions[contract.institution].awarded += contract.price
    else:
        world.governments[contract.government].awarded += contract.price


@rule
def add_obligation(world: World, contract: ContractRow, amount: int) -> None:
    """Add to the debts of a purchaser, fen; a negative amount reduces them."""
    if contract.institution >= 0:
        world.institutions[contract.institution].obligations += amount
    else:
        world.governments[contract.government].obligations += amount


@rule
def uncommitted_budget(world: World, contract: ContractRow) -> int:
    """Uncommitted money of the year of a contract's purchaser, fen."""
    if contract.institution >= 0:
        institution = world.institutions[contract.institution]
        return int(institution.budget - institution.running)
    return uncommitted_government_budget(world.governments[contract.government])


@rule
def uncommitted_government_budget(government: GovernmentRow) -> int:
    """Yearly money that a government's own contracts do not commit yet, fen; negative where the budget was cut.

    A city's part of its districts' contracts commits the city's budget, and releases the same of the district's.
    """
    matched = government.co_payments if government.level == Level.CITY else -government.co_payments
    return int(government.own_budget - government.running - matched)


@rule
def callable_money(government: GovernmentRow, form: int, free: int) -> int:
    """Ceiling prices that may be called for free money, fen: where bidders compete in price, contracts cost less.

    Parameters
    ----------
    government : row
        Government by whose rules is bought.
    form : int
        Form of contract; posts have a fixed price.
    free : int
        Uncommitted money, fen.
    """
    if free <= 0 or form == ContractForm.POST or int(government.contract_pricing) == Pricing.FIXED:
        return free
    return to_fen_down(free / government.price_ratio)


@rule
def add_overdue(world: World, contract: ContractRow, late: int) -> None:
    """Add to what a purchaser owes late, fen."""
    if contract.institution >= 0:
        world.institutions[contract.institution].overdue += late
    else:
        world.governments[contract.government].overdue += late


@rule
def still_buys_form(world: World, contract: ContractRow) -> bool:
    """Whether a contract's purchaser still buys in that contract's form."""
    if contract.institution >= 0:
        return True
    return bool(int(world.governments[contract.government].contract_form) == contract.form)


@rule
def affordable_payment(world: World, contract: ContractRow, owed: int) -> int:
    """Amount of a debt that a contract's purchaser can pay now, fen."""
    if contract.institution >= 0:
        institution = world.institutions[contract.institution]
        return payable_debt(institution.cash, institution.obligations, owed)
    government = world.governments[contract.government]
    return payable_debt(government.cash, government.obligations, owed)


@rule
def payable_debt(cash: int, obligations: int, owed: int) -> int:
    """A debt, or the share of it that a purchaser's cash covers of all its debts, fen.

    Parameters
    ----------
    cash : int
        Cash of the purchaser, fen.
    obligations : int
        All its debts, fen.
    owed : int
        The debt, fen.
    """
    if cash >= obligations:
        return int(owed)
    covered = max(cash, 0) / max(obligations, 1)
    return min(to_fen_down(owed * covered), max(cash, 0))
