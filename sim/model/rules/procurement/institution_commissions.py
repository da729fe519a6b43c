"""Institution commissions: small direct orders, for surveys, trainings and assessments.

An institution places one with the probability that spends its money for commissions evenly over the year; the
agency is drawn in proportion to skill, reputation and free hours, in the district first and then in the city.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.engine.arithmetic import to_fen_down
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli, gumbel, lognormal_factor
from sim.model.rules.contracts.contract_eligibility import has_track_record, is_barred, may_hold_contracts
from sim.model.rules.contracts.contract_forms_and_prices import hourly_price_ceiling
from sim.model.rules.funding.funding_effort_and_capability import UNSKILLED_EFFORT_VALUE, share_of_source_won
from sim.model.rules.ledger.income_accounts import record_income, record_income_from_purchaser
from sim.model.rules.ledger.transfers_and_events import record_event, transfer
from sim.model.rules.service.service_delivery import staff_hours
from sim.model.rules.shared.purchaser_numbers import institution_number

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, InstitutionRow
    from sim.model.state.world import World


@rule
def award_commissions(world: World, city: CityRow) -> None:
    """Let the institutions of a city place their commissions."""
    area = world.governments[city.government]
    for i in range(area.first_institution, area.first_institution + area.institutions):
        if world.institutions[i].commissions_left > 0:
            consider_commission(world, city, i)


@rule
def consider_commission(world: World, city: CityRow, i: int) -> None:
    """Place a commission, if the draw says so this quarter and there is a suitable agency."""
    clock = world.clock[0]
    rules = world.rules[0]
    institution = world.institutions[i]
    g = institution.district
    value = rules.commissions_value * world.governments[g].price_index
    value *= lognormal_factor(clock, rules.commissions_spread, Stream.COMMISSION, institution.id, 2)
    # An even part of what is left for the year: where that is more than a usual order, the order is larger.
    even = institution.commissions_left / (4.0 - clock.season)
    if not bernoulli(clock, min(even / value, 1.0), Stream.COMMISSION, institution.id, 0):
        return
    amount = min(to_fen_down(min(max(value, even), float(institution.commissions_left))), institution.cash)
    if amount <= 0:
        return
    a = draw_commissioned_agency(world, institution, g, g + 1)
    if a < 0:
        a = draw_commissioned_agency(world, institution, city.first_district, city.first_district + city.districts)
    if a >= 0:
        pay_commission(world, i, a, amount)


@rule
def free_hours(world: World, agency: AgencyRow) -> float:
    """Hours of an agency that neither contracts nor commissions take."""
    hours = staff_hours(world, agency) * (1.0 - agency.administrative)
    return max(hours - agency.planned - agency.commission_hours, 0.0)


@rule
def suitability(world: World, institution: InstitutionRow, agency: AgencyRow) -> float:
    """Suitability of an agency for a commission: skill x reputation x free hours x effort; 0 where it is not eligible.

    Agencies without effort on commissions are considered too, with a lower weight.
    """
    if not may_hold_contracts(world.governments[institution.district], agency):
        return 0.0
    if not has_track_record(world, agency, institution.index) or is_barred(
        world, agency, institution_number(world, institution.index)
    ):
        return 0.0
    asks = UNSKILLED_EFFORT_VALUE + (1.0 - UNSKILLED_EFFORT_VALUE) * share_of_source_won(
        world, agency, Source.COMMISSIONS
    )
    return world.skills[agency.index, institution.field] * agency.reputation * free_hours(world, agency) * asks


@rule
def draw_commissioned_agency(world: World, institution: InstitutionRow, first: int, last: int) -> int:
    """Draw an agency based in the districts `first` to `last` - 1 in proportion to its suitability; -1 for none.

    The largest sum of a logarithm and a Gumbel draw is such a choice; each agency has a draw of its own.

    Parameters
    ----------
    institution : row
        Institution that orders.
    first, last : int
        Districts, `last` excluded.
    """
    chosen = -1
    highest = 0.0
    for d in range(first, last):
        a = world.governments[d].first_agency
        while a >= 0:
            agency = world.agencies[a]
            suited = suitability(world, institution, agency)
            if suited > 0.0:
                drawn = log(suited) + gumbel(world.clock[0], Stream.COMMISSION, institution.id, agency.id)
                if chosen < 0 or drawn > highest:
                    chosen = a
                    highest = drawn
            a = agency.next_in_district
    return int(chosen)


@rule
def pay_commission(world: World, i: int, a: int, amount: int) -> None:
    """Pay a commission at once; it takes hours at the district's price, as far as they are free.

    Parameters
    ----------
    i, a : int
        Institution, agency.
    amount : int
        Fen.
    """
    institution = world.institutions[i]
    agency = world.agencies[a]
    district = world.governments[institution.district]
    institution.commissions_left -= amount
    institution.commissions_paid += amount
    agency.commission_hours += min(amount / hourly_price_ceiling(world, district), free_hours(world, agency))
    transfer(world, institution, agency, Purpose.COMMISSION, -1, amount)
    record_income(world, a, Source.COMMISSIONS, amount)
    record_income_from_purchaser(world, a, institution_number(world, i), amount)
    record_event(
        world,
        Event.COMMISSIONED,
        Cause.TRACK_RECORD,
        a,
        institution.district,
        Party.INSTITUTION,
        i,
        amount,
        agency.staff,
    )
