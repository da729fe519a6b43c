"""Service outcomes of agencies: hours promised and delivered, knowledge of clients, quality and cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.engine.compilation import rule
from sim.model.observe.agency_sums import AgencySums, Sum, SumByKind
from sim.model.observe.ratios_and_units import FEN, ratio
from sim.model.rules.shared.agency_capacity_and_unit_cost import hours_served

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, SectorRow


@rule
def add_service(tally: AgencySums, agency: AgencyRow) -> None:
    """Add an active agency's hours, by kind where kinds are reported separately."""
    kind = agency.kind
    tally.kinds[SumByKind.PROMISED, kind] += agency.promised
    tally.kinds[SumByKind.DELIVERED, kind] += agency.delivered
    if agency.effective > 0:
        tally.kinds[SumByKind.QUALITY, kind] += agency.quality
        tally.kinds[SumByKind.WORKING, kind] += 1
    tally.sums[Sum.OWN_HOURS] += agency.own_hours
    tally.sums[Sum.EFFECTIVE] += agency.effective
    tally.sums[Sum.DIVERTED] += agency.diverted
    tally.sums[Sum.KNOWN_HOURS] += agency.known_hours
    tally.sums[Sum.EXTRA_HOURS] += agency.extra_hours
    tally.sums[Sum.RETURNED] += agency.returned
    tally.sums[Sum.SERVED_HOURS] += hours_served(agency) - agency.handover_hours
    tally.sums[Sum.COST] += agency.cost


@rule
def write_service(row: SectorRow, tally: AgencySums) -> None:
    """Set hours, knowledge of clients, quality and cost."""
    promised = tally.kinds[SumByKind.PROMISED]
    delivered = tally.kinds[SumByKind.DELIVERED]
    quality = tally.kinds[SumByKind.QUALITY]
    working = tally.kinds[SumByKind.WORKING]
    row.promised_hours = promised[Kind.NONPROFIT] + promised[Kind.FOR_PROFIT]
    row.delivered_hours = delivered[Kind.NONPROFIT] + delivered[Kind.FOR_PROFIT]
    row.service_hours = row.delivered_hours + tally.sums[Sum.EXTRA_HOURS] + tally.sums[Sum.OWN_HOURS]
    row.extra_hours = tally.sums[Sum.EXTRA_HOURS]
    row.returned = tally.sums[Sum.RETURNED] / FEN
    row.effective_hours = tally.sums[Sum.EFFECTIVE]
    row.own_work_share = ratio(tally.sums[Sum.OWN_HOURS], row.service_hours)
    # Hours of a quarter against income of a year.
    row.hours_per_income = ratio(4.0 * row.service_hours, tally.sums[Sum.INCOME] / (1_000.0 * FEN))
    row.cost_per_effective_hour = ratio(tally.sums[Sum.COST] / FEN, tally.sums[Sum.EFFECTIVE])
    row.diverted_hours = tally.sums[Sum.DIVERTED]
    row.client_knowledge = ratio(tally.sums[Sum.KNOWN_HOURS], tally.sums[Sum.SERVED_HOURS])
    row.effective_per_hour = ratio(row.effective_hours, row.service_hours)
    row.quality_nonprofit = ratio(quality[Kind.NONPROFIT], working[Kind.NONPROFIT])
    row.quality_for_profit = ratio(quality[Kind.FOR_PROFIT], working[Kind.FOR_PROFIT])
    row.staffing_nonprofit = ratio(delivered[Kind.NONPROFIT], promised[Kind.NONPROFIT])
    row.staffing_for_profit = ratio(delivered[Kind.FOR_PROFIT], promised[Kind.FOR_PROFIT])
