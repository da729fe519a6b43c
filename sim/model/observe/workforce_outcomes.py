"""Workforce outcomes of agencies: staff, posts that stay open, turnover, tenure and wages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import rule
from sim.model.observe.agency_sums import Sum
from sim.model.observe.ratios_and_units import FEN, ratio
from sim.model.rules.shared.agency_capacity_and_unit_cost import mean_pay

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, SectorRow
    from sim.model.state.world import Numbers, World


@rule
def add_workforce(world: World, sums: Numbers, agency: AgencyRow) -> None:
    """Add an active agency's staff, wages, and wages outside."""
    sums[Sum.STAFF] += agency.staff
    sums[Sum.LICENSED] += agency.licensed
    sums[Sum.SUPERVISORS] += agency.supervisors
    sums[Sum.HIRED] += agency.hired
    sums[Sum.QUITS] += agency.quits
    sums[Sum.FIRST_YEAR_QUITS] += agency.first_year_quits
    sums[Sum.NEW] += agency.staff - agency.settled
    sums[Sum.TENURE] += agency.tenure
    sums[Sum.WAGE] += agency.wage * agency.staff
    sums[Sum.PAY] += mean_pay(world, agency) * agency.staff
    sums[Sum.OUTSIDE_WAGE] += world.cities[agency.city].market_wage * agency.staff
    sums[Sum.VACANCIES] += agency.vacancies
    sums[Sum.UNFILLED] += agency.unfilled
    sums[Sum.PLACEMENTS] += agency.placements


@rule
def write_workforce(row: SectorRow, sums: Numbers) -> None:
    """Set staff, open posts, turnover, tenure and wages."""
    staff = sums[Sum.STAFF]
    quits = sums[Sum.QUITS]
    first_year_quits = sums[Sum.FIRST_YEAR_QUITS]
    row.staff = staff
    row.licensed = sums[Sum.LICENSED]
    # Those outside agencies are in it already.
    row.licence_holders += row.licensed
    row.supervisors = sums[Sum.SUPERVISORS]
    row.hired = sums[Sum.HIRED]
    row.turnover = 4.0 * ratio(quits, staff + quits)
    row.first_year_turnover = 4.0 * ratio(first_year_quits, sums[Sum.NEW] + first_year_quits)
    row.tenure = ratio(sums[Sum.TENURE] / 4.0, staff)
    row.wage = ratio(sums[Sum.WAGE] / FEN, staff)
    row.mean_pay = ratio(sums[Sum.PAY] / FEN, staff)
    row.unfilled_posts = ratio(sums[Sum.UNFILLED], sums[Sum.VACANCIES])
    row.wage_ratio = ratio(sums[Sum.WAGE], sums[Sum.OUTSIDE_WAGE])
    row.placements = sums[Sum.PLACEMENTS]
