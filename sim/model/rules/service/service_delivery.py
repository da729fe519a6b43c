"""Delivery: staff time goes to tasks, contracts and own projects; service relieves need or builds strength.

Activities relieve need now.  Development builds a community's own strength, but only as far as the agency
is rooted there.  How an agency divides its effort follows its mission and, the more it complies, what its
purchaser counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import ContractForm
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Status
from sim.engine.arithmetic import add_up
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.contracts.contract_forms import unmet_hours
from sim.model.rules.contracts.contract_handover import hours_of_handover
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract
from sim.model.rules.contracts.underdelivery_detection import planned_shading
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.service.community_needs import fading, rooting
from sim.model.rules.shared.active_agencies import members_of
from sim.model.rules.shared.agency_capacity import administrative_share
from sim.model.rules.shared.relations_and_presence import ensure_presence, relation_with
from sim.model.rules.workforce.direct_government_hiring import serve_directly

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, ContractRow
    from sim.model.state.world import World

NOTICEABLE = 0.9
"""Delivered over promised hours below which a purchaser that looks can notice."""


@rule
def deliver_services(world: World, city: CityRow) -> None:
    """Let every agency work for a quarter."""
    fade = fading(world.rules[0].need_half_life)
    serve_directly(world, city, fade)
    for a in members_of(world, city):
        agency = world.agencies[a]
        agency.administrative = administrative_share(world, agency)
        agency.placements = students_in_placement(world, agency)
        agency.hours = staff_hours(world, agency) * (1.0 - agency.administrative) + student_hours(world, agency)
        agency.promised = agency.committed
        agency.quality = service_quality(world, a)
        world.practice[a] = 0.0
        serve_contracts(world, a, fade)
        serve_own_projects(world, a, fade)
    close_the_quarter_in_communities(world, city)


@rule
def staff_hours(world: World, agency: AgencyRow) -> float:
    """Working hours of all staff; people in their first quarter give less."""
    new = agency.cohorts[0, 0] + agency.cohorts[0, 1]
    rules = world.rules[0]
    return rules.people_hours * (agency.staff - new * (1.0 - rules.people_learning))


@rule
def students_in_placement(world: World, agency: AgencyRow) -> float:
    """Equal part of its college's students; not more than there are people to guide them."""
    if agency.college < 0:
        return 0.0
    college = world.colleges[agency.college]
    return min(college.placements / max(college.affiliates, 1), float(agency.staff))


@rule
def student_hours(world: World, agency: AgencyRow) -> float:
    """Hours of service that students in placement add; nobody plans with them."""
    rules = world.rules[0]
    return agency.placements * rules.people_placement_hours * rules.people_placement_output


@rule
def service_quality(world: World, a: int) -> float:
    """Quality from skill, licences, supervision and a workload that can be borne; weighted mean."""
    rules = world.rules[0]
    agency = world.agencies[a]
    if agency.staff == 0:
        return 0.0
    agency.supervision = supervision(world, agency)
    workload = agency.promised / max(agency.hours, 1e-9)
    # Calm is full while a fifth of the time is free and gone when a fifth more is promised than there is.
    calm = min(max((1.2 - workload) / 0.4, 0.0), 1.0)
    weights = rules.delivery_skill_quality + rules.delivery_licence_quality
    weights += rules.delivery_supervision_quality + rules.delivery_calm_quality
    total = rules.delivery_skill_quality * mean_skill(world, a)
    total += rules.delivery_licence_quality * agency.licensed / agency.staff
    total += rules.delivery_supervision_quality * agency.supervision
    total += rules.delivery_calm_quality * calm
    return total / max(weights, 1e-9)


@rule
def mean_skill(world: World, a: int) -> float:
    """Skill weighted by the hours practised last quarter; in the main field where there were none."""
    hours = add_up(world.practice[a])
    if hours <= 0:
        return world.skills[a, world.agencies[a].field]
    weighted = 0.0
    for f in range(world.skills.shape[1]):
        weighted += world.skills[a, f] * world.practice[a, f]
    return weighted / hours


@rule
def supervision(world: World, agency: AgencyRow) -> float:
    """Supervision from settled staff, peers and a college, each closing part of what is lacking."""
    rules = world.rules[0]
    lacking = 1.0 - rules.delivery_own_supervision * agency.settled / max(agency.staff, 1)
    if agency.association >= 0 and world.associations[agency.association].members > 1:
        lacking *= 1.0 - rules.delivery_peer_supervision
    if agency.college >= 0:
        college = world.colleges[agency.college]
        free = min(college.supervision / max(college.affiliates, 1), 1.0)
        lacking *= 1.0 - rules.delivery_college_supervision * free
    return 1.0 - lacking


@rule
def serve_contracts(world: World, a: int, fade: float) -> None:
    """Share the hours over contracts as promised, less what is left out on purpose."""
    clock = world.clock[0]
    agency = world.agencies[a]
    fulfilled = min(agency.hours / agency.promised, 1.0) if agency.promised > 0 else 1.0
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING:
            government = world.governments[contract.government]
            relation = relation_with(world, agency, purchaser_of_contract(world, contract))
            agency.shading = planned_shading(world, agency, government, relation)
            hours = contract.promised_hours * fulfilled * (1.0 - agency.shading)
            share = agency.mission + agency.compliance * (contract.development - agency.mission)
            handed = hours_of_handover(world, contract, hours)
            serve_contract(world, a, contract, hours - handed, share, fade)
            agency.delivered += hours
            agency.handover_hours += handed
            contract.promised_total += contract.promised_hours
            contract.delivered_total += hours
            contract.effective_total += (hours - handed) * agency.quality
            contract.taken_over += handed * agency.quality
            if hours < NOTICEABLE * contract.promised_hours and bernoulli(
                clock, government.payment_oversight, Stream.SHADING_NOTICED, contract.id, 0
            ):
                be_noticed(world, a, contract, Cause.NOT_DELIVERED)
        k = contract.next_of_agency


@rule
def serve_contract(world: World, a: int, contract: ContractRow, hours: float, development: float, fade: float) -> None:
    """Serve under a contract: in its field or, for a centre, in all as hours are unmet."""
    c = contract.community
    if contract.form != ContractForm.CENTRE:
        serve(world, a, c, contract.field, hours, development, fade)
        return
    total = unmet_hours(world, c)
    fields = world.needs.shape[1]
    for f in range(fields):
        need = world.needs[c, f]
        part = need.unmet * need.load / total if total > 0 else 1.0 / fields
        serve(world, a, c, f, hours * part, development, fade)


@rule
def be_noticed(world: World, a: int, contract: ContractRow, cause: int) -> None:
    """Lose relation and reputation because hours were missing."""
    agency = world.agencies[a]
    kept = 1.0 - world.rules[0].standing_shading_penalty
    agency.reputation *= kept
    purchaser = purchaser_of_contract(world, contract)
    tie = agency.first_tie
    while tie >= 0:
        if world.ties[tie].purchaser == purchaser:
            world.ties[tie].relation *= kept
        tie = world.ties[tie].next
    record_event(
        world,
        Event.SHADING_NOTICED,
        cause,
        a,
        contract.government,
        Party.INSTITUTION if contract.institution >= 0 else Party.GOVERNMENT,
        contract.institution if contract.institution >= 0 else contract.government,
        0,
        0,
    )


@rule
def serve_own_projects(world: World, a: int, fade: float) -> None:
    """Put part of the hours free of contracts and commissions into work of the agency's own design, at home."""
    agency = world.agencies[a]
    free = max(agency.hours - min(agency.promised, agency.hours) - agency.commissioned, 0.0)
    agency.own_hours = world.rules[0].delivery_own_work * free
    if agency.own_hours > 0:
        ensure_presence(world, a, agency.community)
        serve(world, a, agency.community, agency.field, agency.own_hours, agency.mission, fade)
    agency.effective = (agency.delivered - agency.handover_hours + agency.own_hours) * agency.quality


@rule
def serve(world: World, a: int, c: int, f: int, hours: float, development: float, fade: float) -> None:
    """Serve a community in a field for so many hours, a share of them for development.

    `fade` is the share of need that comes back in a quarter: hours equal to all that time asks for would,
    kept up for long, just hold need at nought.
    """
    rules = world.rules[0]
    need = world.needs[c, f]
    community = world.communities[c]
    presence = world.presences[ensure_presence(world, a, c)]
    effective = hours * world.agencies[a].quality
    relieved = (1.0 - development) * effective * fade / max(need.load, 1e-9)
    need.unmet = max(need.unmet - relieved, 0.0)
    rooted = rooting(presence.quarters, rules.need_rooting_time)
    built = rules.need_strength_gain * development * effective * rooted / max(community.load, 1e-9)
    community.strength += min(built, 1.0) * (1.0 - community.strength)
    community.hours += hours
    if world.clock[0].quarter - presence.since >= 4:
        community.steady_hours += hours
    presence.hours += hours
    presence.last = world.clock[0].quarter
    world.practice[a, f] += hours


@rule
def close_the_quarter_in_communities(world: World, city: CityRow) -> None:
    """Note how steady the service was."""
    government = world.governments[city.government]
    for c in range(government.first_community, government.first_community + government.communities):
        community = world.communities[c]
        community.continuity = community.steady_hours / community.hours if community.hours > 0 else 0.0
