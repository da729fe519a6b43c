"""Distributions over agencies: composites and their parts, quantiles, and how unequal contracts are shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.agents.agency import Stage
from sim.arithmetic import add_up
from sim.declare import Record
from sim.procurement.contract import Status
from sim.rule import rule
from sim.scenario.choices import Kind

if TYPE_CHECKING:
    from sim.world import Numbers, World

FEN = 100.0
"""Fen in a CNY; outcomes are in CNY."""


@rule
def ratio(part: float, whole: float) -> float:
    """Part over whole; not a number where the whole is nought."""
    return part / whole if whole > 0 else np.nan


@rule
def quantile(ordered: Numbers, share: float) -> float:
    """Quantile of ordered values by linear interpolation; not a number where there are none."""
    if len(ordered) == 0:
        return np.nan
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


@rule
def watch_distributions(world: World, row: Record) -> None:
    """Composites and their parts over active agencies, and how unequal contracts are shared."""
    clock = world.clock[0]
    n = int(row.agencies)
    independence = np.empty(n)
    sustainability = np.empty(n)
    reserves = np.empty(n)
    public = np.empty(n)
    value = np.zeros(n)
    sums = np.zeros(13)
    earning = 0
    i = 0
    for a in range(clock.agencies):
        agency = world.agencies[a]
        if agency.stage != Stage.ACTIVE:
            continue
        independence[i] = agency.independence
        sustainability[i] = agency.sustainability
        reserves[i] = agency.reserve_months
        if agency.income_year > 0:
            public[earning] = agency.government_share
            earning += 1
        k = agency.first_contract
        while k >= 0:
            if world.contracts[k].status == Status.RUNNING:
                value[i] += world.contracts[k].price
                if agency.kind == Kind.FOR_PROFIT:
                    sums[12] += world.contracts[k].price
            k = world.contracts[k].next_of_agency
        add_parts(agency, sums)
        i += 1
    row.for_profit_share = ratio(sums[12] / FEN, row.running)
    row.independence_weighted = ratio(sums[9], sums[11])
    row.sustainability_weighted = ratio(sums[10], sums[11])
    write_parts(row, sums, n)
    row.independence_mean = ratio(add_up(independence), n)
    row.sustainability_mean = ratio(add_up(sustainability), n)
    independence.sort()
    sustainability.sort()
    reserves.sort()
    public = public[:earning]
    public.sort()
    row.independence_p10 = quantile(independence, 0.1)
    row.independence_median = quantile(independence, 0.5)
    row.independence_p90 = quantile(independence, 0.9)
    row.sustainability_p10 = quantile(sustainability, 0.1)
    row.sustainability_median = quantile(sustainability, 0.5)
    row.sustainability_p90 = quantile(sustainability, 0.9)
    row.reserve_months = quantile(reserves, 0.5)
    row.government_share_median = quantile(public, 0.5)
    value.sort()
    watch_inequality(row, value)


@rule
def add_parts(agency: Record, sums: Numbers) -> None:
    """Add one agency's parts of the composites, and the composites weighted by income."""
    sums[0] += agency.financial
    sums[1] += agency.operational
    sums[2] += agency.governance
    sums[3] += agency.voice
    sums[4] += agency.reserves
    sums[5] += agency.stability
    sums[6] += agency.retention
    sums[7] += agency.cover
    sums[8] += agency.continuity
    sums[9] += agency.independence * agency.income_year
    sums[10] += agency.sustainability * agency.income_year
    sums[11] += agency.income_year


@rule
def write_parts(row: Record, sums: Numbers, n: int) -> None:
    """Write the mean of each part."""
    row.financial_mean = ratio(sums[0], n)
    row.operational_mean = ratio(sums[1], n)
    row.governance_mean = ratio(sums[2], n)
    row.voice_mean = ratio(sums[3], n)
    row.reserves_mean = ratio(sums[4], n)
    row.stability_mean = ratio(sums[5], n)
    row.retention_mean = ratio(sums[6], n)
    row.cover_mean = ratio(sums[7], n)
    row.continuity_mean = ratio(sums[8], n)


@rule
def watch_inequality(row: Record, value: Numbers) -> None:
    """Gini coefficient and top-decile share of contract value, from values in rising order."""
    n = len(value)
    whole = add_up(value)
    if whole <= 0:
        row.gini = np.nan
        row.top_decile = np.nan
        return
    ranked = 0.0
    for i in range(n):
        ranked += (2.0 * (i + 1) - n - 1.0) * value[i]
    row.gini = ranked / (n * whole)
    top = (n + 9) // 10
    row.top_decile = add_up(value[n - top :]) / whole
