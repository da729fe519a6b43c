"""Independence and sustainability outcomes: means and quantiles of the composites, and inequality of contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.engine.compilation import rule
from sim.engine.order_statistics import sort_ascending
from sim.model.observe.agency_sums import AgencySums, AgencyValue, Sum
from sim.model.observe.quantiles_and_gini import measure_inequality, quantile
from sim.model.observe.ratios_and_units import FEN, ratio

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, SectorRow
    from sim.model.state.world import Numbers


@rule
def add_composites(tally: AgencySums, agency: AgencyRow) -> None:
    """Store an active agency's values; its column is the number of active agencies before it."""
    sums = tally.sums
    place = int(sums[Sum.ACTIVE])
    tally.values[AgencyValue.INDEPENDENCE, place] = agency.independence
    tally.values[AgencyValue.SUSTAINABILITY, place] = agency.sustainability
    tally.values[AgencyValue.RESERVE_MONTHS, place] = agency.reserve_months
    tally.values[AgencyValue.VALUE, place] = agency.contract_value
    if agency.income_year > 0:
        tally.values[AgencyValue.GOVERNMENT_SHARE, int(sums[Sum.EARNING])] = agency.government_share
    if agency.kind == Kind.FOR_PROFIT:
        sums[Sum.FOR_PROFIT_VALUE] += agency.contract_value
    add_composite_parts(sums, agency)


@rule
def add_composite_parts(sums: Numbers, agency: AgencyRow) -> None:
    """Add the composites of one agency, their parts, and the composites weighted by income."""
    sums[Sum.FINANCIAL] += agency.financial
    sums[Sum.OPERATIONAL] += agency.operational
    sums[Sum.GOVERNANCE] += agency.governance
    sums[Sum.VOICE] += agency.voice
    sums[Sum.RESERVES] += agency.reserves
    sums[Sum.STABILITY] += agency.stability
    sums[Sum.RETENTION] += agency.retention
    sums[Sum.COVER] += agency.contract_cover
    sums[Sum.CONTINUITY] += agency.continuity
    sums[Sum.INDEPENDENCE] += agency.independence
    sums[Sum.SUSTAINABILITY] += agency.sustainability
    sums[Sum.WEIGHTED_INDEPENDENCE] += agency.independence * agency.income_year
    sums[Sum.WEIGHTED_SUSTAINABILITY] += agency.sustainability * agency.income_year
    sums[Sum.WEIGHT] += agency.income_year


@rule
def write_composites(row: SectorRow, sums: Numbers) -> None:
    """Set means of composites and parts, and the share of for-profits in contract value."""
    n = sums[Sum.ACTIVE]
    row.financial_mean = ratio(sums[Sum.FINANCIAL], n)
    row.operational_mean = ratio(sums[Sum.OPERATIONAL], n)
    row.governance_mean = ratio(sums[Sum.GOVERNANCE], n)
    row.voice_mean = ratio(sums[Sum.VOICE], n)
    row.reserves_mean = ratio(sums[Sum.RESERVES], n)
    row.stability_mean = ratio(sums[Sum.STABILITY], n)
    row.retention_mean = ratio(sums[Sum.RETENTION], n)
    row.contract_cover_mean = ratio(sums[Sum.COVER], n)
    row.continuity_mean = ratio(sums[Sum.CONTINUITY], n)
    row.independence_mean = ratio(sums[Sum.INDEPENDENCE], n)
    row.sustainability_mean = ratio(sums[Sum.SUSTAINABILITY], n)
    row.independence_weighted = ratio(sums[Sum.WEIGHTED_INDEPENDENCE], sums[Sum.WEIGHT])
    row.sustainability_weighted = ratio(sums[Sum.WEIGHTED_SUSTAINABILITY], sums[Sum.WEIGHT])
    row.for_profit_share = ratio(sums[Sum.FOR_PROFIT_VALUE] / FEN, row.running)


@rule
def write_quantiles(row: SectorRow, tally: AgencySums) -> None:
    """Set quantiles over agencies, and the inequality of contract value."""
    n = int(tally.sums[Sum.ACTIVE])
    independence = tally.values[AgencyValue.INDEPENDENCE, :n]
    sustainability = tally.values[AgencyValue.SUSTAINABILITY, :n]
    reserves = tally.values[AgencyValue.RESERVE_MONTHS, :n]
    public = tally.values[AgencyValue.GOVERNMENT_SHARE, : int(tally.sums[Sum.EARNING])]
    value = tally.values[AgencyValue.VALUE, :n]
    row.independence_p10 = quantile(independence, 0.1)
    row.independence_median = quantile(independence, 0.5)
    row.independence_p90 = quantile(independence, 0.9)
    row.sustainability_p10 = quantile(sustainability, 0.1)
    row.sustainability_median = quantile(sustainability, 0.5)
    row.sustainability_p90 = quantile(sustainability, 0.9)
    row.reserve_months_p10 = quantile(reserves, 0.1)
    row.reserve_months = quantile(reserves, 0.5)
    row.reserve_months_p90 = quantile(reserves, 0.9)
    row.government_share_median = quantile(public, 0.5)
    sort_ascending(value)
    measure_inequality(row, value)
