"""Measures of an agency: resource independence, voice, operational autonomy, quadrant, sustainability."""

from __future__ import annotations

from math import isnan, nan, sqrt
from typing import TYPE_CHECKING

from sim.declarations.choices import Form, Origin
from sim.declarations.income_sources import Source
from sim.declarations.state_codes import Quadrant
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.government import Government

CONTRACTS = (Source.DISTRICT_CONTRACTS, Source.SPECIAL_FUND, Source.INSTITUTIONS)
"""Sources whose contracts are counted one by one."""


def start_measures(agency: Agency) -> None:
    """Nothing is measured yet."""
    agency.operating = False
    agency.founding_mission = agency.hours_off_mission = 0.0
    agency.governance = agency.heard = agency.agreement = agency.voice = agency.time = 0.0
    agency.judgement = agency.operational_autonomy = agency.autonomy_without_voice = nan
    agency.last_autonomy = 0.5
    agency.quadrant = Quadrant.UNDEFINED
    agency.independence = nan
    agency.lines = 0
    agency.sustainability = agency.reserve_months = 0.0
    agency.stability = agency.retention = agency.contract_cover = agency.continuity = 0.0
    forget_year(agency)


def forget_year(agency: Agency) -> None:
    """No income to speak of, and no running means."""
    agency.resource_independence = nan
    agency.reserve_year = agency.line_mean = agency.staff_mean = nan


def wishes_of(agency: Agency) -> list[float]:
    """What an agency wishes a budget to be spent on: half as needs are in its community, half as its skills are."""
    home = agency.community
    unmet = max(add_up(need.hours for need in home.needs), 1e-9)
    known = max(add_up(agency.skills), 1e-9)
    weights = [
        0.5 * (need.hours / unmet) + 0.5 * skill / known for need, skill in zip(home.needs, agency.skills, strict=True)
    ]
    total = max(add_up(weights), 1e-9)
    return [weight / total for weight in weights]


def speech_to(agency: Agency, government: Government) -> float:
    """How openly it speaks: ties give access, compliance holds back."""
    rules = agency.model.rules
    access = rules.voice_access + (1.0 - rules.voice_access) * agency.relation_with(government)
    return access * (1.0 - rules.voice_restraint * agency.compliance)


def pressable(agency: Agency) -> float:
    """Resource independence where it is defined; nobody can press who pays nothing."""
    return 1.0 if isnan(agency.resource_independence) else agency.resource_independence


def measure(agency: Agency) -> None:
    """All measures, at the end of a quarter."""
    agency.operating = agency.staff >= 2 or agency.contracts > 0
    move_year_means(agency)
    measure_resources(agency)
    measure_voice(agency)
    measure_autonomy(agency)
    place_in_plane(agency)
    measure_sustainability(agency)


def move_year_means(agency: Agency) -> None:
    """Reserves, lines of income and staff, over about a year."""
    agency.reserve_months = agency.months_of_reserve() if agency.staff > 0 else 0.0
    person = 4.0 * agency.cost_per_person()
    others = [source for source in Source if source not in CONTRACTS]
    agency.lines = agency.contracts + sum(agency.year_income(source) >= person for source in others)
    for mean, value in (
        ("reserve_year", agency.reserve_months),
        ("line_mean", agency.lines),
        ("staff_mean", agency.staff),
    ):
        before = getattr(agency, mean)
        setattr(agency, mean, float(value) if isnan(before) else before + 0.25 * (value - before))


def measure_resources(agency: Agency) -> None:
    """Income that hangs neither on few payers nor on public money, with what reserves could replace."""
    rules = agency.model.rules
    agency.governance = rules.independence_attached if agency.form == Form.ATTACHED else 1.0
    if agency.officers_in_common:
        agency.governance *= 1.0 - rules.independence_overlap
    if agency.origin == Origin.GOVERNMENT:
        agency.governance *= 1.0 - rules.independence_official
    if agency.income_year <= 0:
        agency.resource_independence = nan
        return
    dependence = rules.resource_public * agency.government_share
    dependence += (1.0 - rules.resource_public) * agency.concentration
    held = max(agency.reserve_year, 0.0)
    bridged = held / (rules.resource_bridge + held)
    legal = 1.0 - rules.resource_legal * (1.0 - agency.governance)
    agency.resource_independence = (1.0 - dependence * (1.0 - bridged)) * legal


def measure_voice(agency: Agency) -> None:
    """Heard times agreement, by district and city, weighted by what their budgets bring to the district."""
    wishes = wishes_of(agency)
    city = agency.city
    weights = [agency.district.budget, city.government.budget / len(city.districts)]
    if sum(weights) <= 0:
        weights = [1.0, 0.0]
    agency.heard = agency.agreement = agency.voice = 0.0
    for government, weight in zip((agency.district, city.government), weights, strict=True):
        part = weight / sum(weights)
        heard = government.procurement_openness * speech_to(agency, government)
        agreement = add_up(min(has, wish) for has, wish in zip(government.split, wishes, strict=True))
        agency.heard += part * heard
        agency.agreement += part * agreement
        agency.voice += part * heard * agreement


def measure_autonomy(agency: Agency) -> None:
    """Design, judgement, time and voice; what was last known counts in a quarter without hours."""
    rules = agency.model.rules
    agency.time = 1.0 - agency.administrative
    served = agency.delivered + agency.extra_hours + agency.own_hours
    agency.operational_autonomy = agency.autonomy_without_voice = nan
    if served <= 0:
        return
    parts = [
        (rules.autonomy_design, agency.own_share),
        (rules.autonomy_judgement, agency.judgement),
        (rules.autonomy_time, agency.time),
    ]
    agency.autonomy_without_voice = weighted_mean(parts)
    agency.operational_autonomy = weighted_mean([*parts, (rules.autonomy_voice, agency.voice)])
    agency.last_autonomy = agency.operational_autonomy


def weighted_mean(parts: list[tuple[float, float]]) -> float:
    """Mean of parts by their weights; not a number where all weights are zero."""
    total = add_up(weight for weight, _ in parts)
    return add_up(weight * part for weight, part in parts) / total if total > 0 else nan


def place_in_plane(agency: Agency) -> None:
    """Quadrant, and the composite of both measures."""
    rules = agency.model.rules
    resource, autonomy = agency.resource_independence, agency.operational_autonomy
    agency.quadrant, agency.independence = Quadrant.UNDEFINED, nan
    if isnan(resource) or isnan(autonomy):
        return
    agency.quadrant = {
        (True, True): Quadrant.INDEPENDENT_AUTONOMOUS,
        (True, False): Quadrant.INDEPENDENT_TIED,
        (False, True): Quadrant.DEPENDENT_AUTONOMOUS,
        (False, False): Quadrant.DEPENDENT_TIED,
    }[resource >= rules.plane_resource, autonomy >= rules.plane_autonomy]
    floor = rules.independence_floor
    agency.independence = sqrt(max(resource, floor) * max(autonomy, floor))


def measure_sustainability(agency: Agency) -> None:
    """What could stop it is less with reserves, lines of income and colleagues; and what is reported beside."""
    rules = agency.model.rules
    bridge = rules.sustainability_bridge
    stopped = bridge / (bridge + max(agency.reserve_year, 0.0))
    stopped *= rules.sustainability_loss**agency.line_mean
    stopped *= (1.0 + agency.staff_mean) ** -rules.sustainability_size
    agency.sustainability = 1.0 - stopped
    varying = sqrt(agency.income_variance) / agency.income_mean if agency.income_mean > 0 else 1.0
    agency.stability = 1.0 / (1.0 + varying)
    agency.retention = min(max(1.0 - agency.turnover, 0.0), 1.0)
    now = agency.model.quarter
    ahead = add_up(contract.price / 4.0 * min(contract.ends - now - 1, 4) for contract in agency.running)
    agency.contract_cover = min(ahead / max(4.0 * agency.cost, 1.0), 1.0)
