"""Independence and sustainability outcomes: measures of operating agencies, and inequality of contracts."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.declarations.state_codes import Quadrant
from sim.engine.compilation import rule
from sim.engine.order_statistics import sort_ascending
from sim.model.observe.agency_sums import AgencySums, Measured, Sum, SumOfMeasure
from sim.model.observe.quantiles_and_gini import measure_inequality, quantile
from sim.model.observe.ratios_and_units import FEN, ratio

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, SectorRow
    from sim.model.state.world import Numbers


@rule
def add_measures(tally: AgencySums, agency: AgencyRow) -> None:
    """Add an active agency's contract value and, if it is operating, its measures and their parts."""
    sums = tally.sums
    add_value(tally, Measured.CONTRACT_VALUE, float(agency.contract_value), agency)
    if agency.kind == Kind.FOR_PROFIT:
        sums[Sum.FOR_PROFIT_VALUE] += agency.contract_value
    if not agency.operating:
        return
    sums[Sum.OPERATING] += 1
    tally.quadrants[agency.quadrant] += 1
    add_value(tally, Measured.RESOURCE_INDEPENDENCE, agency.resource_independence, agency)
    add_value(tally, Measured.OPERATIONAL_AUTONOMY, agency.operational_autonomy, agency)
    add_value(tally, Measured.INDEPENDENCE, agency.independence, agency)
    add_value(tally, Measured.SUSTAINABILITY, agency.sustainability, agency)
    add_value(tally, Measured.RESERVE_MONTHS, agency.reserve_months, agency)
    add_value(tally, Measured.CONTRACT_COVER, agency.contract_cover, agency)
    if agency.income_year > 0:
        add_value(tally, Measured.GOVERNMENT_SHARE, agency.government_share, agency)
    add_parts(sums, agency)


@rule
def add_value(tally: AgencySums, measure: int, value: float, agency: AgencyRow) -> None:
    """Store an agency's value of a measure and add it to the sums; nothing where it is undefined.

    Parameters
    ----------
    tally : AgencySums
        Changed in place.
    measure : Measured
        Measure.
    value : float
        Not a number where it is undefined.
    agency : row
        Agency; its staff and income are the weights.
    """
    if isnan(value):
        return
    sums = tally.measures[measure]
    tally.values[measure, int(sums[SumOfMeasure.AGENCIES])] = value
    sums[SumOfMeasure.AGENCIES] += 1
    sums[SumOfMeasure.TOTAL] += value
    sums[SumOfMeasure.STAFF] += agency.staff
    sums[SumOfMeasure.BY_STAFF] += value * agency.staff
    sums[SumOfMeasure.INCOME] += agency.income_year
    sums[SumOfMeasure.BY_INCOME] += value * agency.income_year


@rule
def add_parts(sums: Numbers, agency: AgencyRow) -> None:
    """Add the parts of the measures of one operating agency, and what is reported beside them."""
    sums[Sum.GOVERNANCE] += agency.governance
    sums[Sum.TIME] += agency.time
    sums[Sum.VOICE] += agency.voice
    sums[Sum.HEARD] += agency.heard
    sums[Sum.AGREEMENT] += agency.agreement
    if not isnan(agency.judgement):
        sums[Sum.WITH_HOURS] += 1
        sums[Sum.DESIGN] += agency.own_share
        sums[Sum.JUDGEMENT] += agency.judgement
    sums[Sum.STABILITY] += agency.stability
    sums[Sum.RETENTION] += agency.retention
    sums[Sum.CONTINUITY] += agency.continuity


@rule
def write_parts(row: SectorRow, tally: AgencySums) -> None:
    """Set the numbers of operating agencies and idle shells, shares of quadrants, and means of parts."""
    sums = tally.sums
    n = sums[Sum.OPERATING]
    row.operating = n
    row.idle_shells = row.agencies - n
    row.governance_mean = ratio(sums[Sum.GOVERNANCE], n)
    row.time_mean = ratio(sums[Sum.TIME], n)
    row.voice_mean = ratio(sums[Sum.VOICE], n)
    row.heard_mean = ratio(sums[Sum.HEARD], n)
    row.agreement_mean = ratio(sums[Sum.AGREEMENT], n)
    row.design_mean = ratio(sums[Sum.DESIGN], sums[Sum.WITH_HOURS])
    row.judgement_mean = ratio(sums[Sum.JUDGEMENT], sums[Sum.WITH_HOURS])
    row.stability_mean = ratio(sums[Sum.STABILITY], n)
    row.retention_mean = ratio(sums[Sum.RETENTION], n)
    row.continuity_mean = ratio(sums[Sum.CONTINUITY], n)
    placed = n - tally.quadrants[Quadrant.UNDEFINED]
    row.plane_ia = ratio(tally.quadrants[Quadrant.INDEPENDENT_AUTONOMOUS], placed)
    row.plane_da = ratio(tally.quadrants[Quadrant.DEPENDENT_AUTONOMOUS], placed)
    row.plane_it = ratio(tally.quadrants[Quadrant.INDEPENDENT_TIED], placed)
    row.plane_dt = ratio(tally.quadrants[Quadrant.DEPENDENT_TIED], placed)
    row.for_profit_share = ratio(sums[Sum.FOR_PROFIT_VALUE] / FEN, row.running)


@rule
def write_means(row: SectorRow, tally: AgencySums) -> None:
    """Set means of the measures over operating agencies, also weighted by staff and by income."""
    sums = tally.measures
    row.resource_independence_staff = mean_by_staff(sums[Measured.RESOURCE_INDEPENDENCE])
    row.resource_independence_value = mean_by_income(sums[Measured.RESOURCE_INDEPENDENCE])
    row.operational_autonomy_staff = mean_by_staff(sums[Measured.OPERATIONAL_AUTONOMY])
    row.operational_autonomy_value = mean_by_income(sums[Measured.OPERATIONAL_AUTONOMY])
    row.independence_mean = mean_of(sums[Measured.INDEPENDENCE])
    row.independence_weighted = mean_by_income(sums[Measured.INDEPENDENCE])
    row.sustainability_mean = mean_of(sums[Measured.SUSTAINABILITY])
    row.sustainability_staff = mean_by_staff(sums[Measured.SUSTAINABILITY])
    row.sustainability_weighted = mean_by_income(sums[Measured.SUSTAINABILITY])
    row.contract_cover_mean = mean_of(sums[Measured.CONTRACT_COVER])


@rule
def mean_of(sums: Numbers) -> float:
    """Mean of a measure, from its sums by `SumOfMeasure`."""
    return ratio(sums[SumOfMeasure.TOTAL], sums[SumOfMeasure.AGENCIES])


@rule
def mean_by_staff(sums: Numbers) -> float:
    """Mean of a measure weighted by staff, from its sums by `SumOfMeasure`."""
    return ratio(sums[SumOfMeasure.BY_STAFF], sums[SumOfMeasure.STAFF])


@rule
def mean_by_income(sums: Numbers) -> float:
    """Mean of a measure weighted by income of four quarters, from its sums by `SumOfMeasure`."""
    return ratio(sums[SumOfMeasure.BY_INCOME], sums[SumOfMeasure.INCOME])


@rule
def values_of(tally: AgencySums, measure: int) -> Numbers:
    """Values of a measure; float array, shape (agencies of which it is defined,)."""
    return tally.values[measure, : int(tally.measures[measure, SumOfMeasure.AGENCIES])]


@rule
def write_quantiles(row: SectorRow, tally: AgencySums) -> None:
    """Set quantiles over operating agencies, and the inequality of contract value over active ones."""
    resource = values_of(tally, Measured.RESOURCE_INDEPENDENCE)
    autonomy = values_of(tally, Measured.OPERATIONAL_AUTONOMY)
    independence = values_of(tally, Measured.INDEPENDENCE)
    sustainability = values_of(tally, Measured.SUSTAINABILITY)
    row.resource_independence_p10 = quantile(resource, 0.1)
    row.resource_independence_p50 = quantile(resource, 0.5)
    row.resource_independence_p90 = quantile(resource, 0.9)
    row.operational_autonomy_p10 = quantile(autonomy, 0.1)
    row.operational_autonomy_p50 = quantile(autonomy, 0.5)
    row.operational_autonomy_p90 = quantile(autonomy, 0.9)
    row.independence_p10 = quantile(independence, 0.1)
    row.independence_median = quantile(independence, 0.5)
    row.independence_p90 = quantile(independence, 0.9)
    row.sustainability_p10 = quantile(sustainability, 0.1)
    row.sustainability_median = quantile(sustainability, 0.5)
    row.sustainability_p90 = quantile(sustainability, 0.9)
    reserves = values_of(tally, Measured.RESERVE_MONTHS)
    row.reserve_months_p10 = quantile(reserves, 0.1)
    row.reserve_months = quantile(reserves, 0.5)
    row.reserve_months_p90 = quantile(reserves, 0.9)
    row.contract_cover_median = quantile(values_of(tally, Measured.CONTRACT_COVER), 0.5)
    row.government_share_median = quantile(values_of(tally, Measured.GOVERNMENT_SHARE), 0.5)
    value = values_of(tally, Measured.CONTRACT_VALUE)
    sort_ascending(value)
    measure_inequality(row, value)
