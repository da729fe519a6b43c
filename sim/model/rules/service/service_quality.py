"""Service quality of an agency: skill, licences, supervision and workload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.arithmetic import add_up
from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import World


@rule
def service_quality(world: World, a: int) -> float:
    """Quality of service, 0 to 1: weighted mean of skill, licences, supervision and a bearable workload."""
    rules = world.rules[0]
    agency = world.agencies[a]
    if agency.staff == 0:
        return 0.0
    agency.supervision = supervision_level(world, agency)
    workload = agency.promised / max(agency.hours, 1e-9)
    # Slack is 1 while a fifth of the time is free, and 0 when a fifth more is promised than there is.
    slack = min(max((1.2 - workload) / 0.4, 0.0), 1.0)
    weights = rules.delivery_skill_quality + rules.delivery_licence_quality
    weights += rules.delivery_supervision_quality + rules.delivery_workload_slack_quality
    total = rules.delivery_skill_quality * mean_skill(world, a)
    total += rules.delivery_licence_quality * agency.licensed / agency.staff
    total += rules.delivery_supervision_quality * agency.supervision
    total += rules.delivery_workload_slack_quality * slack
    return total / max(weights, 1e-9)


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
    """Supervision, 0 to 1, by settled staff, peers and a college, each of which closes part of the remaining gap."""
    rules = world.rules[0]
    lacking = 1.0 - rules.delivery_own_supervision * agency.settled / max(agency.staff, 1)
    if agency.association >= 0 and world.associations[agency.association].members > 1:
        lacking *= 1.0 - rules.delivery_peer_supervision
    if agency.college >= 0:
        college = world.colleges[agency.college]
        free = min(college.supervision / max(college.affiliates, 1), 1.0)
        lacking *= 1.0 - rules.delivery_college_supervision * free
    return 1.0 - lacking
