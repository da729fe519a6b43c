"""Settlement: what of a contract's money was not spent on it goes back, where an audit finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from tests.oracle.events import record
from tests.oracle.instalments import take_off
from tests.oracle.money import transfer

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.contract import Contract
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def settle_contracts(model: Sector, city: City) -> None:
    """Costs are charged by hours; then contracts whose year or term ends with this quarter are settled."""
    for agency in city.members:
        worked = agency.delivered + agency.extra_hours + agency.own_hours + agency.commission_hours
        for contract in agency.running:
            if worked > 0:
                contract.spent += agency.cost * (contract.quarter_hours / worked)
            served = model.quarter + 1 - contract.begun
            if served == contract.term or (contract.government.settlement_yearly and served % 4 == 0):
                settle(model, agency, contract)


def settle(model: Sector, agency: Agency, contract: Contract) -> None:
    """Take what goes back off what is owed, then from cash; the rest is forgiven."""
    government = contract.government
    due = float(max(contract.due - contract.settled_due, 0))
    if contract.association:
        due *= 1.0 - government.special_fund_management_fee
    unspent = max(due * (1.0 - government.settlement_allowed_surplus) - contract.spent, 0.0)
    back = int(government.settlement_returned * unspent)
    if back > 0 and model.happens(government.settlement_audit, Stream.SETTLEMENT, contract.id, 0):
        late = max(contract.owed - contract.instalment, 0)
        off = take_off(contract, back)
        forgiven = late - max(contract.owed - contract.instalment, 0)
        agency.overdue_income -= forgiven
        contract.purchaser.overdue -= forgiven
        if contract.waiting:
            agency.overdue_assessment -= forgiven
        paid = min(back - off, max(agency.cash, 0))
        transfer(model, agency, contract.purchaser, Purpose.SETTLEMENT, paid, contract)
        contract.taken_off += off
        for one in (contract, agency):
            one.returned += off + paid
        government.settled += off + paid
        record(
            model,
            Event.SETTLED,
            Cause.UNSPENT,
            agency,
            government,
            contract.purchaser,
            amount=off + paid,
            persons=agency.staff,
        )
    contract.settled_due, contract.spent = contract.due, 0.0
