"""Service quality of an agency: skill, licences, supervision and workload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Host
from sim.engine.arithmetic import add_up
from sim.engine.compilation import rule
from sim.model.rules.shared.agency_capacity_and_unit_cost import hours_per_person, supervisors_of
from sim.model.rules.shared.relations_and_presence import nearness_to_peers

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World


@rule
def service_quality(world: World, a: int) -> float:
    """Quality of service, 0 to 1: skill, licences, supervision and a bearable workload, less what shared rooms cost."""
    rules = world.rules[0]
    agency = world.agencies[a]
    agency.supervisors = supervisors_of(world, agency)
    if agency.staff == 0:
        return 0.0
    agency.supervision = supervision_level(world, agency)
    # All hours that are asked of the staff count: who has posts of its own is not calm because they are no contract's.
    # Time that nobody asks for goes to other work: nobody is idle, and nobody overloaded.
    posts = agency.own_posts + agency.extra_posts
    asked = agency.promised + agency.commission_hours + posts * hours_per_person(world, agency)
    workload = asked / max(agency.hours, 1e-9)
    slack = min(max(1.0 - (workload - 1.0) / rules.delivery_strain_range, 0.0), 1.0)
    weights = rules.delivery_skill_quality + rules.delivery_licence_quality
    weights += rules.delivery_supervision_quality + rules.delivery_workload_slack_quality
    total = rules.delivery_skill_quality * mean_skill(world, a)
    total += rules.delivery_licence_quality * agency.licensed / agency.staff
    total += rules.delivery_supervision_quality * agency.supervision
    total += rules.delivery_workload_slack_quality * slack
    crowded = rules.rooms_casework_loss if agency.host == Host.ASSOCIATION else 0.0
    return total / max(weights, 1e-9) * (1.0 - crowded)


@rule
def mean_skill(world: World, a: int) -> float:
    """Skill weighted by the hours practised last quarter; in the agency's main field where there were none."""
    hours = add_up(world.practice[a])
    if hours <= 0:
        return world.skills[a, world.agencies[a].field]
    weighted = 0.0
    for f in range(world.skills.shape[1]):
        weighted += world.skills[a, f] * world.practice[a, f]
    return weighted / hours


@rule
def supervision_level(world: World, agency: AgencyRow) -> float:
    """Supervision, 0 to 1: own supervisors, peers, advisers and a college each close part of the remaining gap."""
    rules = world.rules[0]
    supervised = min(supervisors_of(world, agency) * rules.people_span / max(agency.staff, 1), 1.0)
    lacking = 1.0 - rules.delivery_own_supervision * supervised
    if agency.association >= 0 and world.associations[agency.association].members > 1:
        lacking *= 1.0 - rules.delivery_peer_supervision * nearness_to_peers(world, agency)
    for _ in range(agency.advisers):
        lacking *= 1.0 - rules.delivery_adviser_supervision
    if agency.college >= 0:
        college = world.colleges[agency.college]
        free = min(college.supervision / max(college.affiliates, 1), 1.0)
        lacking *= 1.0 - rules.delivery_college_supervision * free
    return 1.0 - lacking
