"""Payment: instalments fall due each quarter, payers are late, and an association keeps a fee on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.agents.agency import PUBLIC_SOURCES, Source
from sim.chance.streams import Stream
from sim.money import Party, Purpose
from sim.procurement.contract import Channel
from sim.scenario.choices import ContractForm
from tests.reference.contract import Contract
from tests.reference.money import transfer
from tests.reference.sums import add_up

if TYPE_CHECKING:
    from tests.reference.agency import Agency
    from tests.reference.model import Sector
    from tests.reference.others import City


def pay_contracts(model: Sector, city: City) -> None:
    """This quarter's instalments fall due, and purchasers pay what they pay."""
    for agency in city.members:
        for contract in agency.signed:
            contract.instalment = 0
            if contract.runs:
                let_instalment_fall_due(model, contract)
    for purchaser in (*city.purchasers, *city.government.institutions):
        purchaser.overdue = 0
    for agency in city.members:
        receive_instalments(model, agency)


def let_instalment_fall_due(model: Sector, contract: Contract) -> None:
    """A quarter of the yearly price, in whole fen: four instalments add up to it exactly."""
    n = model.quarter - (contract.ends - contract.term)
    contract.instalment = contract.price * (n + 1) // 4 - contract.price * n // 4
    agency = contract.agency
    if contract.form == ContractForm.POST:
        # Posts are paid as far as they are filled.
        contract.instalment = int(contract.instalment * min(agency.staff / max(agency.staff_for_contracts(), 1), 1.0))
    contract.due += contract.instalment
    agency.receivable += contract.instalment
    contract.purchaser.obligations += contract.instalment


def receive_instalments(model: Sector, agency: Agency) -> None:
    """Collect what purchasers pay this quarter; forget contracts that are over and paid in full."""
    agency.overdue_income = 0
    for contract in agency.signed:
        owed = contract.due - contract.paid
        government = contract.government
        if owed > 0 and model.happens(1.0 / (1.0 + government.payment_delay), Stream.PAYMENT, contract.id, 0):
            pay(model, agency, contract, affordable(contract.purchaser, owed))
        late = max(contract.due - contract.paid - contract.instalment, 0)
        agency.overdue_income += late
        contract.purchaser.overdue += late
    agency.signed = [contract for contract in agency.signed if contract.runs or contract.due != contract.paid]


def affordable(purchaser: Any, owed: int) -> int:
    """What a purchaser can pay of a debt: all, or the share that its money covers of all its debts."""
    money = max(purchaser.cash, 0)
    if purchaser.cash >= purchaser.obligations:
        return owed
    return min(int(owed * (money / max(purchaser.obligations, 1))), money)


def pay(model: Sector, agency: Agency, contract: Contract, amount: int) -> None:
    """Pay an agency, straight or through its association."""
    purchaser = contract.purchaser
    contract.paid += amount
    agency.receivable -= amount
    purchaser.obligations -= amount
    purchaser.paid += amount
    received, source = amount, Source.DISTRICT_CONTRACTS
    if contract.channel == Channel.DISTRICT:
        transfer(model, purchaser, agency, Purpose.CONTRACT, amount)
    elif contract.channel == Channel.INSTITUTION:
        transfer(model, purchaser, agency, Purpose.INSTITUTIONAL, amount)
        source = Source.INSTITUTIONS
    else:
        source = Source.SPECIAL_FUND
        if contract.association:
            received = pass_through_association(model, agency, contract, amount)
        else:
            transfer(model, purchaser, agency, Purpose.FUND, amount)
    agency.book(source, received)
    agency.tie_with(purchaser).income[model.season] += received


def pass_through_association(model: Sector, agency: Agency, contract: Contract, amount: int) -> int:
    """The association keeps its fee, monitors with part of it, and passes on the rest, which is returned."""
    government, association = contract.government, contract.association
    fee = round(amount * government.special_fund_management_fee)
    monitoring = round(fee * government.special_fund_monitoring)
    transfer(model, government, association, Purpose.FUND, amount)
    transfer(model, association, agency, Purpose.PASSED_ON, amount - fee)
    transfer(model, association, model.outside[Party.SUPPLIERS], Purpose.MONITORING, monitoring)
    contract.fee += fee
    association.fees += fee
    association.passed_on += amount - fee
    return amount - fee


def close_books(agency: Agency) -> None:
    """Sum up four quarters by source, and how concentrated the income is over payers.

    Clients are many, so fees count as income without a large payer.
    """
    agency.income_district_contracts = agency.year_income(Source.DISTRICT_CONTRACTS)
    agency.income_special_fund = agency.year_income(Source.SPECIAL_FUND)
    agency.income_sponsorship = agency.year_income(Source.SPONSORSHIP)
    agency.income_fees = agency.year_income(Source.FEES)
    agency.income_college = agency.year_income(Source.COLLEGE)
    agency.income_institutions = agency.year_income(Source.INSTITUTIONS)
    agency.income_grants = agency.year_income(Source.GRANTS)
    agency.income_commissions = agency.year_income(Source.COMMISSIONS)
    agency.income_donations = agency.year_income(Source.DONATIONS)
    total = agency.income_year
    if total <= 0:
        agency.government_share = agency.concentration = 0.0
        return
    public = sum(agency.year_income(source) for source in Source if source < PUBLIC_SOURCES)
    agency.government_share = public / total
    payers = [agency.income_sponsorship, agency.income_college]
    payers += [tie.income_year for tie in reversed(agency.ties.values())]
    agency.concentration = add_up((income / total) * (income / total) for income in payers)
