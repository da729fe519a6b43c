"""Payment: instalments fall due each quarter, payers are late, and an association keeps a fee on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.declarations.accounts import Party, Purpose
from sim.declarations.income_sources import PUBLIC_SOURCES, Source
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Channel
from tests.oracle.contract import Contract
from tests.oracle.money import transfer
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


STRAIGHT = {
    Channel.DISTRICT: Purpose.CONTRACT,
    Channel.SPECIAL_FUND: Purpose.FUND,
    Channel.INSTITUTION: Purpose.INSTITUTIONAL,
}
"""What money is for that no association passes on."""


def pay_contracts(model: Sector, city: City) -> None:
    """Purchasers pay what they pay of what has fallen due, also to dormant agencies."""
    for purchaser in (*city.purchasers, *city.government.institutions):
        purchaser.overdue = 0
    for agency in (*city.members, *city.asleep):
        receive_instalments(model, agency)


def receive_instalments(model: Sector, agency: Agency) -> None:
    """Collect what purchasers pay this quarter; forget contracts that are over and paid in full.

    Nothing is paid on a contract that waits for its assessment.
    """
    agency.overdue_income = agency.overdue_assessment = 0
    for contract in agency.signed:
        if not contract.waiting:
            pay_what_is_owed(model, agency, contract)
        late = max(contract.owed - contract.instalment, 0)
        agency.overdue_income += late
        if contract.waiting:
            agency.overdue_assessment += late
        contract.purchaser.overdue += late
    agency.signed = [one for one in agency.signed if one.runs or one.waiting or one.owed != 0]


def pay_what_is_owed(model: Sector, agency: Agency, contract: Contract) -> None:
    """First the city's part of a district's instalments, if there is one; once that is paid, the purchaser's own."""
    if contract.owed_by_city > 0:
        pay_city_part(model, agency, contract)
    if contract.owed_by_city == 0 and contract.owed > 0 and is_on_time(model, contract.government, contract, False):
        pay(model, agency, contract, affordable(contract.purchaser, contract.owed))


def is_on_time(model: Sector, payer: Any, contract: Contract, for_district: bool) -> bool:
    """Whether a government pays this quarter, by the mean time by which it is late."""
    stream = Stream.CO_PAYMENT if for_district else Stream.PAYMENT
    return model.happens(1.0 / (1.0 + payer.payment_delay), stream, contract.id, 0)


def pay_city_part(model: Sector, agency: Agency, contract: Contract) -> None:
    """The city pays the agency of a district's contract."""
    city = contract.government.city.government
    if not is_on_time(model, city, contract, True):
        return
    amount = affordable(city, contract.owed_by_city)
    contract.paid += amount
    contract.co_payment_paid += amount
    agency.receivable -= amount
    city.obligations -= amount
    city.paid += amount
    transfer(model, city, agency, Purpose.CO_PAYMENT, amount, contract)
    agency.book(Source.DISTRICT_CONTRACTS, amount)
    agency.tie_with(contract.government).income[model.season] += amount


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
    received = amount
    if contract.association:
        received = pass_through_association(model, agency, contract, amount)
    else:
        transfer(model, purchaser, agency, STRAIGHT[contract.channel], amount, contract)
    agency.book(contract.source, received)
    agency.tie_with(purchaser).income[model.season] += received


def pass_through_association(model: Sector, agency: Agency, contract: Contract, amount: int) -> int:
    """The association keeps its fee, monitors with part of it, and passes on the rest, which is returned."""
    government, association = contract.government, contract.association
    fee = round(amount * government.special_fund_management_fee)
    monitoring = round(fee * government.special_fund_monitoring)
    transfer(model, government, association, Purpose.FUND, amount, contract)
    transfer(model, association, agency, Purpose.PASSED_ON, amount - fee, contract)
    transfer(model, association, model.outside[Party.SUPPLIERS], Purpose.MONITORING, monitoring, contract)
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
    shares = [agency.year_income(source) / total for source in Source] if total > 0 else []
    agency.sources = sum(share >= 0.05 for share in shares)
    agency.source_concentration = add_up(share * share for share in shares)
    if total <= 0:
        agency.government_share = agency.concentration = 0.0
        return
    public = sum(agency.year_income(source) for source in PUBLIC_SOURCES)
    agency.government_share = public / total
    payers = [agency.income_sponsorship, agency.income_college]
    payers += [tie.income_year for tie in reversed(agency.ties.values())]
    agency.concentration = add_up((income / total) * (income / total) for income in payers)
