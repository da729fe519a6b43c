"""Service delivery: staff time goes to administration, contracts and own projects; it relieves need or builds strength.

Activities relieve need now.  Development builds a community's own strength, as far as the agency is rooted there.
"""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from sim.declarations.choices import Assessing, ContractForm, Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host
from tests.oracle.bidding import share_diverted
from tests.oracle.community import Community, decay_per_quarter, rootedness
from tests.oracle.contract import Contract
from tests.oracle.direct_hiring import serve_directly
from tests.oracle.events import record
from tests.oracle.guise import expose
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
        agency.effective = agency.known_hours = agency.hours_off_mission = 0.0
        serve_contracts(model, agency)
        if agency.planned > 0:
            there = min(hours_for_contracts(agency) / agency.planned, 1.0)
            agency.staffed += 0.25 * (there - agency.staffed)
        serve_extra_hours(agency)
        serve_own_projects(agency)
        served = agency.delivered + agency.extra_hours + agency.own_hours
        agency.judgement = 1.0 - agency.hours_off_mission / served if served > 0 else nan
        count_steady_hours(agency)
    for community in city.communities:
        community.continuity = community.steady_hours / community.hours if community.hours > 0 else 0.0
        community.gain_strength(model.rules.need_strength_speed, decay_per_quarter(model.rules.need_strength_half_life))


def administrative_share(agency: Agency) -> float:
    """Staff time on tasks: what any office takes, and what purchasers ask of agencies that depend on them.

    The more independent in resources the agency, the less of what is asked is done.
    """
    rules = agency.model.rules
    asked = files = 0.0
    for purchaser, tie in reversed(agency.ties.items()):
        asked += agency.income_share_of(tie) * purchaser.administrative_pressure
        # Institutions buy by the rules of their district.
        government = getattr(purchaser, "district", None) or purchaser
        weights = {Assessing.NONE: 0.0, Assessing.INTERNAL: rules.assessing_internal_weight, Assessing.THIRD_PARTY: 1.0}
        weight = weights[Assessing(int(government.assessment_regime))]
        files += agency.income_share_of(tie) * government.assessment_coverage * weight
    tasks = rules.delivery_base_tasks + rules.delivery_pressure_tasks * asked * (1.0 - 0.5 * pressable(agency))
    return min(tasks + rules.assessing_paper * files, rules.delivery_most_tasks)


def staff_hours(agency: Agency) -> float:
    """Working hours of all staff; people in their first quarter give less."""
    rules = agency.model.rules
    return rules.people_hours * (agency.staff - sum(agency.cohorts[0]) * (1.0 - rules.people_learning))


def service_quality(agency: Agency) -> float:
    """Weighted mean of skill, licences, supervision, and a bearable workload."""
    agency.supervisors = agency.supervisors_needed()
    if agency.staff == 0:
        return 0.0
    rules = agency.model.rules
    agency.supervision = supervision(agency)
    # Time that nobody asks for goes to other work: only what is asked beyond the hours there are is too much.
    posts = agency.own_posts + agency.extra_posts
    asked = agency.promised + agency.commission_hours + posts * agency.hours_per_person()
    workload = asked / max(agency.hours, 1e-9)
    workload_slack = min(max(1.0 - (workload - 1.0) / rules.delivery_strain_range, 0.0), 1.0)
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
    crowded = rules.rooms_casework_loss if agency.host == Host.ASSOCIATION else 0.0
    return add_up(parts) / max(add_up(weights), 1e-9) * (1.0 - crowded)


def mean_skill(agency: Agency) -> float:
    """Skill weighted by the hours practised last quarter; in the main field where there were none."""
    hours = add_up(agency.practice)
    if hours <= 0:
        return agency.skills[agency.field]
    return add_up(skill * done for skill, done in zip(agency.skills, agency.practice, strict=True)) / hours


def supervision(agency: Agency) -> float:
    """Supervision by own supervisors, peers and a college, each of which closes part of the remaining gap."""
    rules = agency.model.rules
    supervised = min(agency.supervisors_needed() * rules.people_span / max(agency.staff, 1), 1.0)
    lacking = 1.0 - rules.delivery_own_supervision * supervised
    if agency.association and agency.association.members > 1:
        lacking *= 1.0 - rules.delivery_peer_supervision * agency.nearness_to_peers
    for _ in range(agency.advisers):
        lacking *= 1.0 - rules.delivery_adviser_supervision
    if agency.college:
        free = min(agency.college.supervision / max(agency.college.affiliates, 1), 1.0)
        lacking *= 1.0 - rules.delivery_college_supervision * free
    return 1.0 - lacking


def serve_contracts(model: Sector, agency: Agency) -> None:
    """Share the hours over contracts as planned, less what named staff do elsewhere.

    How an agency divides its effort follows its mission and, the more it complies, what its purchaser counts.
    """
    overtime = 1.0 + model.rules.delivery_overtime
    for contract in agency.running:
        stays = 1.0 - share_diverted(agency, contract)
        able = min(contract.staffing * hours_for_contracts(agency) * overtime / agency.planned, 1.0)
        hours = contract.promised_hours * min(able, stays)
        if agency.kind == Kind.NONPROFIT:
            agency.diverted += contract.promised_hours * able - hours
        left_out = 1.0 - min(contract.staffing * overtime, 1.0, stays)
        agency.shading += left_out * contract.promised_hours / agency.promised
        development = agency.mission + agency.compliance * (contract.development - agency.mission)
        # An agency that takes over from another needs time for it, which serves no clients but was asked for.
        handed = 0.0
        if model.quarter == contract.begun:
            handed = hours * model.rules.assessing_handover_time * contract.handover
        effective = serve_contract(agency, contract, hours - handed, development)
        agency.delivered += hours
        agency.hours_off_mission += hours * abs(development - agency.founding_mission)
        agency.handover_hours += handed
        contract.quarter_hours = hours
        contract.promised_total += contract.promised_hours
        contract.delivered_total += hours
        contract.effective_total += effective
        contract.taken_over += handed * agency.quality
        if hours < NOTICEABLE * contract.promised_hours:
            watched = contract.government.payment_oversight
            if model.happens(watched, Stream.SHADING_NOTICED, contract.id, 0):
                missing = 1.0 - hours / contract.promised_hours
                record_detection(model, agency, contract, Cause.NOT_DELIVERED, missing)


def serve_contract(agency: Agency, contract: Contract, hours: float, development: float) -> float:
    """Effective hours of serving in the contract's field, or for a centre in all in proportion to unmet hours."""
    community = contract.community
    if contract.form != ContractForm.CENTRE:
        return serve(agency, community, contract.field, hours, development)
    unmet = [need.hours for need in community.needs]
    total = add_up(unmet)
    return add_up(
        serve(agency, community, f, hours * (part / total if total > 0 else 1.0 / len(unmet)), development)
        for f, part in enumerate(unmet)
    )


def record_detection(model: Sector, agency: Agency, contract: Contract, cause: Cause, missing: float) -> None:
    """Missing hours reduce relation and reputation, wholly from a fifth on; a nonprofit becomes stricter."""
    kept = 1.0 - model.rules.standing_shading_penalty * min(missing / 0.2, 1.0)
    if agency.kind == Kind.NONPROFIT:
        agency.looseness *= 1.0 - model.rules.assessing_lesson
    agency.reputation *= kept
    agency.tie_with(contract.purchaser).relation *= kept
    expose(model, contract, cause)
    record(model, Event.SHADING_NOTICED, cause, agency, contract.government, contract.purchaser)


def hours_for_contracts(agency: Agency) -> float:
    """Hours that contracts can take: not those of own posts, as far as these are there beside what was planned."""
    beside = max(agency.hours - agency.planned, 0.0)
    return agency.hours - min(agency.own_posts * agency.hours_per_person(), beside)


def hours_beside_contracts(agency: Agency) -> float:
    taken = min(agency.delivered, hours_for_contracts(agency))
    return max(agency.hours - taken - agency.commission_hours, 0.0)


def serve_extra_hours(agency: Agency) -> None:
    """Extra posts work on running contracts, by promised hours, beyond what was promised."""
    if agency.extra_posts <= 0 or agency.promised <= 0:
        return
    agency.extra_hours = min(agency.extra_posts * agency.hours_per_person(), hours_beside_contracts(agency))
    for contract in agency.running:
        hours = agency.extra_hours * (contract.promised_hours / agency.promised)
        development = agency.mission + agency.compliance * (contract.development - agency.mission)
        serve_contract(agency, contract, hours, development)
        contract.quarter_hours += hours
        agency.hours_off_mission += hours * abs(development - agency.founding_mission)


def serve_own_projects(agency: Agency) -> None:
    """Own posts work in full on what the agency wants, other free people in part.

    In its main field, at home and where contracts run, by the hours that are missing; at home where none are.
    """
    free = max(hours_beside_contracts(agency) - agency.extra_hours, 0.0)
    funded = min(agency.own_posts * agency.hours_per_person(), free)
    agency.own_hours = funded + agency.model.rules.delivery_own_work * (free - funded)
    agency.hours_off_mission += agency.own_hours * abs(agency.mission - agency.founding_mission)
    if agency.own_hours <= 0:
        return
    places = list(dict.fromkeys([agency.community, *(contract.community for contract in agency.running)]))
    missing = {place: place.needs[agency.field].hours for place in places}
    total = add_up(missing.values())
    if total <= 0:
        serve(agency, agency.community, agency.field, agency.own_hours, agency.mission)
        return
    for place in places:
        serve(agency, place, agency.field, agency.own_hours / total * missing[place], agency.mission)


def serve(agency: Agency, community: Community, field: int, hours: float, development: float) -> float:
    """Serve a community in a field for so many hours, a share of them for development.  Return effective hours.

    Hours equal to all that need asks for, kept up for long, would just hold it at zero.  Those who know the clients
    serve first; an hour of the others does less.
    """
    rules = agency.model.rules
    presence = agency.presence_in(community)
    known = min(presence.known, presence.hours + hours) - min(presence.known, presence.hours)
    effective = (hours - rules.delivery_knowledge_weight * (hours - known)) * agency.quality
    agency.known_hours += known
    agency.effective += effective
    need = community.needs[field]
    relieved = (1.0 - development) * effective * decay_per_quarter(rules.need_half_life) / max(need.load, 1e-9)
    need.unmet = max(need.unmet - relieved, 0.0)
    rooted = rootedness(presence.quarters, rules.need_rooting_time)
    community.built += rules.need_strength_gain * development * effective * rooted / max(community.load, 1e-9)
    community.hours += hours
    presence.hours += hours
    presence.last = agency.model.quarter
    agency.practice[field] += hours
    return effective


def count_steady_hours(agency: Agency) -> None:
    """Hours are steady where the agency gave at least half as many in the same quarter a year ago."""
    for community, presence in reversed(agency.presences.items()):
        if 2.0 * presence.past[agency.model.season] >= presence.hours:
            community.steady_hours += presence.hours
