"""Service delivery: staff time goes to administration, contracts and own projects; it relieves need or builds strength.

Activities relieve need now.  Development builds a community's own strength, as far as the agency is rooted there.
"""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from tests.oracle.bidding import planned_shading
from tests.oracle.community import Community, decay_per_quarter, rootedness
from tests.oracle.contract import Contract
from tests.oracle.direct_hiring import serve_directly
from tests.oracle.events import record
from tests.oracle.measures import pressable
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City

NOTICEABLE = 0.9
"""Delivered over promised hours below which a purchaser that checks can notice."""


def deliver_services(model: Sector, city: City) -> None:
    """Government social workers, then every agency, serve for a quarter."""
    serve_directly(model, city)
    for agency in city.members:
        agency.administrative = administrative_share(agency)
        agency.placements = 0.0
        if agency.college:
            # Equal parts, but nobody supervises more than one student.
            agency.placements = min(agency.college.placements / agency.college.affiliates, float(agency.staff))
        by_students = agency.placements * model.rules.people_placement_hours * model.rules.people_placement_output
        agency.hours = staff_hours(agency) * (1.0 - agency.administrative) + by_students
        agency.promised = agency.committed
        agency.quality = service_quality(agency)
        agency.practice = [0.0 for _ in model.fields]
        agency.hours_off_mission = 0.0
        serve_contracts(model, agency)
        serve_own_projects(agency)
        agency.effective = (agency.delivered - agency.handover_hours + agency.own_hours) * agency.quality
    for community in city.communities:
        community.continuity = community.steady_hours / community.hours if community.hours > 0 else 0.0


def administrative_share(agency: Agency) -> float:
    """Staff time on tasks: what any office takes, and what purchasers ask of agencies that depend on them.

    The more independent in resources the agency, the less of what is asked is done.
    """
    rules = agency.model.rules
    asked = 0.0
    for purchaser, tie in reversed(agency.ties.items()):
        asked += agency.income_share_of(tie) * purchaser.administrative_pressure
    tasks = rules.delivery_base_tasks + rules.delivery_pressure_tasks * asked * (1.0 - 0.5 * pressable(agency))
    return min(tasks, rules.delivery_most_tasks)


def staff_hours(agency: Agency) -> float:
    """Working hours of all staff; people in their first quarter give less."""
    rules = agency.model.rules
    return rules.people_hours * (agency.staff - sum(agency.cohorts[0]) * (1.0 - rules.people_learning))


def service_quality(agency: Agency) -> float:
    """Weighted mean of skill, licences, supervision, and a bearable workload."""
    if agency.staff == 0:
        return 0.0
    rules = agency.model.rules
    agency.supervision = supervision(agency)
    # The score is 1 while a fifth of the time is free and 0 when a fifth more is promised than there is.
    workload_slack = min(max((1.2 - agency.promised / max(agency.hours, 1e-9)) / 0.4, 0.0), 1.0)
    parts = [
        rules.delivery_skill_quality * mean_skill(agency),
        rules.delivery_licence_quality * agency.licensed / agency.staff,
        rules.delivery_supervision_quality * agency.supervision,
        rules.delivery_workload_slack_quality * workload_slack,
    ]
    weights = [
        rules.delivery_skill_quality,
        rules.delivery_licence_quality,
        rules.delivery_supervision_quality,
        rules.delivery_workload_slack_quality,
    ]
    return add_up(parts) / max(add_up(weights), 1e-9)


def mean_skill(agency: Agency) -> float:
    """Skill weighted by the hours practised last quarter; in the main field where there were none."""
    hours = add_up(agency.practice)
    if hours <= 0:
        return agency.skills[agency.field]
    return add_up(skill * done for skill, done in zip(agency.skills, agency.practice, strict=True)) / hours


def supervision(agency: Agency) -> float:
    """Supervision by settled staff, peers and a college, each of which closes part of the remaining gap."""
    rules = agency.model.rules
    lacking = 1.0 - rules.delivery_own_supervision * agency.settled / max(agency.staff, 1)
    if agency.association and agency.association.members > 1:
        lacking *= 1.0 - rules.delivery_peer_supervision
    if agency.college:
        free = min(agency.college.supervision / max(agency.college.affiliates, 1), 1.0)
        lacking *= 1.0 - rules.delivery_college_supervision * free
    return 1.0 - lacking


def serve_contracts(model: Sector, agency: Agency) -> None:
    """Share the hours over contracts as promised, less what is left out on purpose.

    How an agency divides its effort follows its mission and, the more it complies, what its purchaser counts.
    """
    fulfilled = min(agency.hours / agency.promised, 1.0) if agency.promised > 0 else 1.0
    for contract in agency.running:
        agency.shading = planned_shading(agency, contract)
        hours = contract.promised_hours * fulfilled * (1.0 - agency.shading)
        development = agency.mission + agency.compliance * (contract.development - agency.mission)
        # An agency that takes over from another needs time for it, which serves no clients but was asked for.
        handed = 0.0
        if model.quarter == contract.begun:
            handed = hours * model.rules.assessing_handover_time * contract.handover
        serve_contract(agency, contract, hours - handed, development)
        agency.delivered += hours
        agency.hours_off_mission += hours * abs(development - agency.founding_mission)
        agency.handover_hours += handed
        contract.promised_total += contract.promised_hours
        contract.delivered_total += hours
        contract.effective_total += (hours - handed) * agency.quality
        contract.taken_over += handed * agency.quality
        if hours < NOTICEABLE * contract.promised_hours:
            watched = contract.government.payment_oversight
            if model.happens(watched, Stream.SHADING_NOTICED, contract.id, 0):
                record_detection(model, agency, contract, Cause.NOT_DELIVERED)


def serve_contract(agency: Agency, contract: Contract, hours: float, development: float) -> None:
    """Serve in the contract's field; a centre serves all fields in proportion to unmet hours."""
    community = contract.community
    if contract.form != ContractForm.CENTRE:
        serve(agency, community, contract.field, hours, development)
        return
    unmet = [need.hours for need in community.needs]
    total = add_up(unmet)
    for f, part in enumerate(unmet):
        serve(agency, community, f, hours * (part / total if total > 0 else 1.0 / len(unmet)), development)


def record_detection(model: Sector, agency: Agency, contract: Contract, cause: Cause) -> None:
    """Missing hours reduce relation and reputation."""
    kept = 1.0 - model.rules.standing_shading_penalty
    agency.reputation *= kept
    agency.tie_with(contract.purchaser).relation *= kept
    record(model, Event.SHADING_NOTICED, cause, agency, contract.government, contract.purchaser)


def serve_own_projects(agency: Agency) -> None:
    """Part of the hours free of contracts goes into the agency's own projects in its community."""
    free = max(agency.hours - min(agency.promised, agency.hours) - agency.commission_hours, 0.0)
    agency.own_hours = agency.model.rules.delivery_own_work * free
    if agency.own_hours > 0:
        serve(agency, agency.community, agency.field, agency.own_hours, agency.mission)
    agency.hours_off_mission += agency.own_hours * abs(agency.mission - agency.founding_mission)
    served = agency.delivered + agency.own_hours
    agency.judgement = 1.0 - agency.hours_off_mission / served if served > 0 else nan


def serve(agency: Agency, community: Community, field: int, hours: float, development: float) -> None:
    """Serve a community in a field for so many hours, a share of them for development.

    Hours equal to all that need asks for, kept up for long, would just hold it at zero.
    """
    rules = agency.model.rules
    presence = agency.presence_in(community)
    effective = hours * agency.quality
    need = community.needs[field]
    relieved = (1.0 - development) * effective * decay_per_quarter(rules.need_half_life) / max(need.load, 1e-9)
    need.unmet = max(need.unmet - relieved, 0.0)
    rooted = rootedness(presence.quarters, rules.need_rooting_time)
    built = rules.need_strength_gain * development * effective * rooted / max(community.load, 1e-9)
    community.strength += min(built, 1.0) * (1.0 - community.strength)
    community.hours += hours
    if agency.model.quarter - presence.since >= 4:
        community.steady_hours += hours
    presence.hours += hours
    presence.last = agency.model.quarter
    agency.practice[field] += hours
