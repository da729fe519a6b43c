"""Service delivery: staff time goes to administration, contracts and own projects; it relieves need or builds strength.

Activities relieve need now.  Development builds a community's own strength, but only as far as the agency
is rooted there.  The share of development follows the agency's mission and, the more it complies, what its
purchaser counts.  An hour by somebody who does not know the clients yet does less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Status
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.contracts.contract_handover import hours_of_handover
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract
from sim.model.rules.contracts.underdelivery_and_detection import (
    NOTICEABLE_DELIVERY_SHARE,
    hours_kept,
    penalise_noticed_shading,
    share_diverted,
)
from sim.model.rules.service.community_needs import update_community_strength
from sim.model.rules.service.own_and_extra_work import (
    hours_for_contracts,
    judgement_of_quarter,
    serve_extra_hours,
    serve_own_projects,
)
from sim.model.rules.service.service_quality import service_quality
from sim.model.rules.service.serving_communities import serve_contract
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import administrative_share
from sim.model.rules.shared.rates_and_half_lives import decay_per_quarter
from sim.model.rules.shared.relations_and_presence import relation_with
from sim.model.rules.workforce.direct_government_hiring import deliver_direct_services
from sim.model.rules.workforce.posts_filled_by_pay import EXPECTATION_SPEED

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World


@rule
def deliver_services(world: World, city: CityRow) -> None:
    """Let government social workers and agencies serve communities for a quarter."""
    fade = decay_per_quarter(world.rules[0].need_half_life)
    deliver_direct_services(world, city, fade)
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        agency.administrative = administrative_share(world, agency)
        agency.placements = students_in_placement(world, agency)
        agency.hours = staff_hours(world, agency) * (1.0 - agency.administrative) + student_hours(world, agency)
        agency.promised = agency.committed
        agency.quality = service_quality(world, a)
        agency.effective = 0.0
        agency.known_hours = 0.0
        world.practice[a] = 0.0
        serve_contracts(world, a, fade)
        remember_share_staffed(world, agency)
        serve_extra_hours(world, a, fade)
        serve_own_projects(world, a, fade)
        agency.judgement = judgement_of_quarter(agency)
        count_steady_hours(world, agency)
    update_community_continuity(world, city)
    update_community_strength(world, city)


@rule
def staff_hours(world: World, agency: AgencyRow) -> float:
    """Working hours of all staff; people in their first quarter give less."""
    new = agency.cohorts[0, 0] + agency.cohorts[0, 1]
    rules = world.rules[0]
    return rules.people_hours * (agency.staff - new * (1.0 - rules.people_learning))


@rule
def students_in_placement(world: World, agency: AgencyRow) -> float:
    """Students in placement: an equal share of the college's, at most one for each person on the staff."""
    if agency.college < 0:
        return 0.0
    college = world.colleges[agency.college]
    return min(college.placements / max(college.affiliates, 1), float(agency.staff))


@rule
def student_hours(world: World, agency: AgencyRow) -> float:
    """Hours of service that students in placement add; they are not planned with."""
    rules = world.rules[0]
    return agency.placements * rules.people_placement_hours * rules.people_placement_output


@rule
def serve_contracts(world: World, a: int, fade: float) -> None:
    """Divide the hours over contracts as planned, less what named staff do elsewhere; missing hours may be noticed.

    A team works overtime where it is too lean or short of people.  Hands that are missing and people who do other work
    do not add up: of the two limits the smaller holds.

    Parameters
    ----------
    a : int
        Index of the agency.
    fade : float
        Share of need that returns in a quarter.
    """
    clock = world.clock[0]
    rules = world.rules[0]
    agency = world.agencies[a]
    carried = hours_for_contracts(world, agency) * (1.0 + rules.delivery_overtime) / max(agency.planned, 1e-9)
    agency.hours_off_mission = 0.0
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING:
            government = world.governments[contract.government]
            relation = relation_with(world, agency, purchaser_of_contract(world, contract))
            stays = 1.0 - share_diverted(world, agency, government, relation)
            able = min(contract.staffing * carried, 1.0)
            hours = contract.promised_hours * min(able, stays)
            if agency.kind == Kind.NONPROFIT:
                agency.diverted += contract.promised_hours * able - hours
            left_out = 1.0 - min(hours_kept(rules, contract.staffing), stays)
            agency.shading += left_out * contract.promised_hours / agency.promised
            share = agency.mission + agency.compliance * (contract.development - agency.mission)
            handed = hours_of_handover(world, contract, hours)
            effective = serve_contract(world, a, contract, hours - handed, share, fade)
            agency.delivered += hours
            agency.hours_off_mission += hours * abs(share - agency.founding_mission)
            agency.handover_hours += handed
            contract.quarter_hours = hours
            contract.promised_total += contract.promised_hours
            contract.delivered_total += hours
            contract.effective_total += effective
            contract.taken_over += handed * agency.quality
            if hours < NOTICEABLE_DELIVERY_SHARE * contract.promised_hours and bernoulli(
                clock, government.payment_oversight, Stream.SHADING_NOTICED, contract.id, 0
            ):
                missing = 1.0 - hours / contract.promised_hours
                penalise_noticed_shading(world, a, contract, Cause.NOT_DELIVERED, missing)
        k = contract.next_of_agency


@rule
def remember_share_staffed(world: World, agency: AgencyRow) -> None:
    """Move the share of planned hours for which people are there; an agency counts on it when it next plans a team.

    Posts stay open, and people in their first quarter give less.
    """
    if agency.planned > 0.0:
        there = min(hours_for_contracts(world, agency) / agency.planned, 1.0)
        agency.staffed += EXPECTATION_SPEED * (there - agency.staffed)


@rule
def count_steady_hours(world: World, agency: AgencyRow) -> None:
    """Count an agency's hours as steady where it gave at least half as many in the same quarter a year ago."""
    n = agency.first_presence
    while n >= 0:
        presence = world.presences[n]
        if 2.0 * presence.past[world.clock[0].season] >= presence.hours:
            world.communities[presence.community].steady_hours += presence.hours
        n = presence.next


@rule
def update_community_continuity(world: World, city: CityRow) -> None:
    """Share of hours in each community from agencies that gave at least half as many a year ago."""
    government = world.governments[city.government]
    for c in range(government.first_community, government.first_community + government.communities):
        community = world.communities[c]
        community.continuity = community.steady_hours / community.hours if community.hours > 0 else 0.0
