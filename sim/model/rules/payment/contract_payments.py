"""Payment: payers are late, one level waits for the other, and an association takes its fee on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.income_sources import PUBLIC_SOURCES, SOURCES, Source
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Channel, Status
from sim.engine.arithmetic import squared
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.contracts.instalments import city_above
from sim.model.rules.contracts.purchaser_commitments import (
    affordable,
    count_overdue,
    covered_debt,
    owe,
    purchaser_of_contract,
)
from sim.model.rules.ledger.transfers_and_events import transfer
from sim.model.rules.shared.active_agencies import members_of, purchaser_of
from sim.model.rules.shared.relations_and_presence import ensure_tie

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, GovernmentRow
    from sim.model.state.world import World

MATTERS = 0.05
"""Share of a year's income from which a source counts as one of an agency's sources."""


@rule
def pay_contracts(world: World, city: CityRow) -> None:
    """Let purchasers pay what they pay of what has fallen due, to dormant agencies for the work that they did."""
    for n in range(city.districts + 1):
        world.governments[purchaser_of(city, n)].overdue = 0
    area = world.governments[city.government]
    for i in range(area.first_institution, area.first_institution + area.institutions):
        world.institutions[i].overdue = 0
    for a in members_of(world, city):
        receive_instalments(world, a)
    a = city.first_dormant
    while a >= 0:
        receive_instalments(world, a)
        a = world.agencies[a].next_dormant


@rule
def receive_instalments(world: World, a: int) -> None:
    """Collect what purchasers pay this quarter; drop contracts that are over and paid in full.

    Nothing is paid on a contract that waits for its assessment.
    """
    clock = world.clock[0]
    agency = world.agencies[a]
    agency.overdue_income = 0
    agency.overdue_assessment = 0
    previous = -1
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        following = contract.next_of_agency
        if not contract.waiting:
            pay_own_part(world, a, k)
        late = max(contract.due - contract.paid - contract.instalment, 0)
        agency.overdue_income += late
        agency.overdue_assessment += late if contract.waiting else 0
        count_overdue(world, contract, late)
        if contract.status != Status.RUNNING and contract.due == contract.paid and not contract.waiting:
            clock.open -= 1
            if previous < 0:
                agency.first_contract = following
            else:
                world.contracts[previous].next_of_agency = following
        else:
            previous = k
        k = following


@rule
def pay_own_part(world: World, a: int, k: int) -> None:
    """Pay what the purchaser itself owes, perhaps late; where a city pays a part, not before it has."""
    contract = world.contracts[k]
    if contract.co_due > contract.co_paid and not pay_city_part(world, a, k):
        return
    owed = contract.due - contract.paid
    on_time = 1.0 / (1.0 + world.governments[contract.government].payment_delay)
    if owed > 0 and bernoulli(world.clock[0], on_time, Stream.PAYMENT, contract.id, 0):
        pay(world, a, k, affordable(world, contract, owed))


@rule
def pay_city_part(world: World, a: int, k: int) -> bool:
    """Let the city pay its part of a district's contract; tell whether all of it is paid now."""
    contract = world.contracts[k]
    agency = world.agencies[a]
    city = world.governments[city_above(world, contract.government)]
    on_time = 1.0 / (1.0 + city.payment_delay)
    if not bernoulli(world.clock[0], on_time, Stream.CO_PAYMENT, contract.id, 0):
        return False
    amount = covered_debt(city.cash, city.obligations, contract.co_due - contract.co_paid)
    contract.co_paid += amount
    contract.paid += amount
    agency.receivable -= amount
    city.obligations -= amount
    city.paid += amount
    transfer(world, city, agency, Purpose.CO_PAYMENT, k, amount)
    book_income(world, a, Source.DISTRICT_CONTRACTS, amount)
    book_from(world, a, contract.government, amount)
    return bool(contract.co_paid == contract.co_due)


@rule
def pay(world: World, a: int, k: int, amount: int) -> None:
    """Pay an instalment, straight to the agency or through its association, which keeps a fee."""
    agency = world.agencies[a]
    contract = world.contracts[k]
    contract.paid += amount
    agency.receivable -= amount
    owe(world, contract, -amount)
    if contract.institution >= 0:
        institution = world.institutions[contract.institution]
        institution.paid += amount
        transfer(world, institution, agency, Purpose.INSTITUTIONAL, k, amount)
        book_income(world, a, Source.INSTITUTIONS, amount)
    else:
        amount = pay_by_government(world, a, k, amount)
    book_from(world, a, purchaser_of_contract(world, contract), amount)


@rule
def pay_by_government(world: World, a: int, k: int, amount: int) -> int:
    """Pay an instalment of a government's contract; return what reaches the agency."""
    agency = world.agencies[a]
    contract = world.contracts[k]
    government = world.governments[contract.government]
    government.paid += amount
    if contract.channel == Channel.DISTRICT:
        transfer(world, government, agency, Purpose.CONTRACT, k, amount)
        book_income(world, a, Source.DISTRICT_CONTRACTS, amount)
        return amount
    if contract.association >= 0:
        amount = pass_through_association(world, agency, government, k, amount)
    else:
        transfer(world, government, agency, Purpose.FUND, k, amount)
    book_income(world, a, Source.SPECIAL_FUND, amount)
    return amount


@rule
def book_from(world: World, a: int, purchaser: int, amount: int) -> None:
    """Add income from a purchaser to an agency's tie with it."""
    tie = world.ties[ensure_tie(world, a, purchaser)]
    tie.income[world.clock[0].season] += amount
    tie.income_year += amount


@rule
def pass_through_association(world: World, agency: AgencyRow, government: GovernmentRow, k: int, amount: int) -> int:
    """Pay fund money to the association, which keeps its fee, monitors, and passes on the rest returned."""
    contract = world.contracts[k]
    association = world.associations[contract.association]
    fee = round(amount * government.special_fund_management_fee)
    monitoring = round(fee * government.special_fund_monitoring)
    transfer(world, government, association, Purpose.FUND, k, amount)
    transfer(world, association, agency, Purpose.PASSED_ON, k, amount - fee)
    transfer(world, association, world.externals[Party.SUPPLIERS], Purpose.MONITORING, k, monitoring)
    contract.fee += fee
    association.fees += fee
    association.passed_on += amount - fee
    return int(amount - fee)


@rule
def book_income(world: World, a: int, source: int, amount: int) -> None:
    """Add income to this quarter's books and to the running year."""
    world.incomes[a, world.clock[0].season, source] += amount
    agency = world.agencies[a]
    agency.income += amount
    agency.income_year += amount


@rule
def turn_books(world: World, city: CityRow) -> None:
    """Open the quarter: drop the same quarter of last year from every running year."""
    season = world.clock[0].season
    for a in members_of(world, city):
        agency = world.agencies[a]
        agency.income_year -= world.incomes[a, season].sum()
        world.incomes[a, season] = 0
        tie = agency.first_tie
        while tie >= 0:
            world.ties[tie].income_year -= world.ties[tie].income[season]
            world.ties[tie].income[season] = 0
            tie = world.ties[tie].next


@rule
def year_income(world: World, a: int, source: int) -> int:
    """Income from one source over the last four quarters, fen."""
    year = world.incomes[a]
    return int(year[0, source] + year[1, source] + year[2, source] + year[3, source])


@rule
def count_sources(world: World, a: int) -> None:
    """Count the sources that matter, and how concentrated income is over sources."""
    agency = world.agencies[a]
    agency.sources = 0
    agency.source_concentration = 0.0
    if agency.income_year <= 0:
        return
    for source in range(SOURCES):
        share = year_income(world, a, source) / agency.income_year
        agency.source_concentration += squared(share)
        agency.sources += 1 if share >= MATTERS else 0


@rule
def close_books(world: World, a: int) -> None:
    """Sum up the year by source, and how concentrated it is over payers.

    Clients are many, so fees count as income without a large payer.
    """
    agency = world.agencies[a]
    agency.income_district_contracts = year_income(world, a, Source.DISTRICT_CONTRACTS)
    agency.income_special_fund = year_income(world, a, Source.SPECIAL_FUND)
    agency.income_sponsorship = year_income(world, a, Source.SPONSORSHIP)
    agency.income_fees = year_income(world, a, Source.FEES)
    agency.income_college = year_income(world, a, Source.COLLEGE)
    agency.income_donations = year_income(world, a, Source.DONATIONS)
    agency.income_institutions = year_income(world, a, Source.INSTITUTIONS)
    agency.income_grants = year_income(world, a, Source.GRANTS)
    agency.income_commissions = year_income(world, a, Source.COMMISSIONS)
    count_sources(world, a)
    if agency.income_year <= 0:
        agency.government_share = 0.0
        agency.concentration = 0.0
        return
    public = 0
    for source in PUBLIC_SOURCES:
        public += year_income(world, a, source)
    total = agency.income_year
    agency.government_share = public / total
    squares = squared(agency.income_sponsorship / total) + squared(agency.income_college / total)
    tie = agency.first_tie
    while tie >= 0:
        squares += squared(world.ties[tie].income_year / total)
        tie = world.ties[tie].next
    agency.concentration = squares
