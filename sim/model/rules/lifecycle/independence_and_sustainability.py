"""Independence and sustainability of an agency: two composite indices, each a weighted geometric mean."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import TYPE_CHECKING

from sim.declarations.choices import Form, Origin
from sim.declarations.state_codes import Status
from sim.engine.compilation import rule
from sim.model.rules.shared.agency_capacity_and_unit_cost import months_of_reserves

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World


@rule
def weighted_log(part: float, weight: float, floor: float) -> float:
    """Term of one part in the logarithm of a weighted geometric mean.

    Parameters
    ----------
    part : float
        Part, 0 to 1.
    weight : float
        Its weight.
    floor : float
        Least value that counts, above 0.
    """
    return weight * log(max(part, floor))


@rule
def measure_independence(world: World, agency: AgencyRow) -> None:
    """Parts of independence (financial, operational, governance, voice) and their weighted geometric mean."""
    rules = world.rules[0]
    agency.financial = 0.5 * (1.0 - agency.concentration) + 0.5 * (1.0 - agency.government_share)
    agency.operational = 0.5 * (1.0 - agency.administrative) + 0.5 * agency.own_share
    standing = rules.independence_attached if agency.form == Form.ATTACHED else 1.0
    if agency.officers_in_common:
        standing *= 1.0 - rules.independence_overlap
    if agency.origin == Origin.GOVERNMENT:
        standing *= 1.0 - rules.independence_official
    agency.governance = standing
    floor = rules.independence_floor
    total = weighted_log(agency.financial, rules.independence_financial, floor)
    total += weighted_log(agency.operational, rules.independence_operational, floor)
    total += weighted_log(agency.governance, rules.independence_governance, floor)
    total += weighted_log(agency.voice, rules.independence_voice, floor)
    weights = rules.independence_financial + rules.independence_operational
    weights += rules.independence_governance + rules.independence_voice
    agency.independence = exp(total / max(weights, 1e-9))


@rule
def measure_sustainability(world: World, agency: AgencyRow) -> None:
    """Parts of sustainability (reserves, stability, retention, cover, continuity) and their weighted geometric mean."""
    rules = world.rules[0]
    agency.reserve_months = months_of_reserves(world, agency) if agency.staff > 0 else 0.0
    agency.reserves = min(max(agency.reserve_months, 0.0) / rules.sustainability_full_reserves, 1.0)
    varying = sqrt(agency.income_variance) / agency.income_mean if agency.income_mean > 0 else 1.0
    agency.stability = 1.0 / (1.0 + varying)
    agency.retention = min(max(1.0 - agency.turnover, 0.0), 1.0)
    agency.contract_cover = min(contracted_income(world, agency) / max(4.0 * agency.cost, 1.0), 1.0)
    floor = rules.sustainability_floor
    total = weighted_log(agency.reserves, rules.sustainability_reserves, floor)
    total += weighted_log(agency.stability, rules.sustainability_stability, floor)
    total += weighted_log(agency.retention, rules.sustainability_retention, floor)
    total += weighted_log(agency.contract_cover, rules.sustainability_contract_cover, floor)
    total += weighted_log(agency.continuity, rules.sustainability_continuity, floor)
    weights = rules.sustainability_reserves + rules.sustainability_stability + rules.sustainability_retention
    weights += rules.sustainability_contract_cover + rules.sustainability_continuity
    agency.sustainability = exp(total / max(weights, 1e-9))


@rule
def update_best_member(world: World, agency: AgencyRow) -> None:
    """Record the most sustainable member of each association this quarter: others may imitate it."""
    if agency.association < 0:
        return
    association = world.associations[agency.association]
    quarter = world.clock[0].quarter
    first = association.best_quarter != quarter
    if first or agency.sustainability > world.agencies[association.best].sustainability:
        association.best = agency.index
        association.best_quarter = quarter


@rule
def contracted_income(world: World, agency: AgencyRow) -> float:
    """Income under contract in the next four quarters, fen."""
    clock = world.clock[0]
    total = 0.0
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING:
            total += contract.price / 4.0 * min(contract.ends - clock.quarter - 1, 4)
        k = contract.next_of_agency
    return total
