"""Relations, presence, skill, reputation and mission of an agency after a quarter's work.

From them, and from its income, follow the measures that the simulator is about: independence and autonomy
(`sim.model.rules.lifecycle.independence_and_autonomy`) and sustainability (`sim.model.rules.lifecycle.sustainability`).
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.state_codes import Channel, Stage, Status
from sim.engine.compilation import rule
from sim.model.rules.ledger.income_accounts import summarise_annual_income
from sim.model.rules.lifecycle.independence_and_autonomy import measure_independence_and_autonomy
from sim.model.rules.lifecycle.sustainability import measure_sustainability, update_best_member, update_year_means
from sim.model.rules.service.community_needs import rootedness
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.agency_capacity_and_unit_cost import hours_per_person, hours_served
from sim.model.rules.shared.operating_agencies import is_operating
from sim.model.rules.shared.purchaser_numbers import pressure_by_purchaser
from sim.model.rules.shared.relations_and_presence import relation_with, remove_presence
from sim.model.rules.workforce.peer_learning import learn_from_peers, update_peer_skills

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World


@rule
def update_agency_state(world: World, city: CityRow) -> None:
    """Summarise income, update relations, skill and reputation of every active agency, and measure it."""
    update_peer_skills(world, city)
    wishes = world.fields[:, 0] * 0.0
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.stage != Stage.ACTIVE:
            continue
        summarise_annual_income(world, a)
        update_income_history(world, agency)
        update_relations(world, agency)
        update_presences(world, agency)
        update_skill(world, a)
        learn_from_peers(world, a)
        agency.looseness += world.rules[0].assessing_lapse * (1.0 - agency.looseness)
        update_reputation_and_mission(world, a)
        agency.operating = is_operating(agency)
        update_year_means(world, a)
        measure_independence_and_autonomy(world, a, wishes)
        measure_sustainability(world, agency)
        update_best_member(world, agency)


@rule
def update_income_history(world: World, agency: AgencyRow) -> None:
    """Moving mean and variance of quarterly income, and moving yearly rate of leaving."""
    rules = world.rules[0]
    speed = rules.sustainability_memory
    if agency.income_mean == 0.0:
        agency.income_mean = float(agency.income)
    gap = agency.income - agency.income_mean
    agency.income_mean += speed * gap
    agency.income_variance = (1.0 - speed) * (agency.income_variance + speed * gap * gap)
    left = agency.quits + agency.laid_off
    if agency.staff + left > 0:
        agency.turnover += speed * (4.0 * left / (agency.staff + left) - agency.turnover)


@rule
def update_relations(world: World, agency: AgencyRow) -> None:
    """Relations grow with contact and compliance, and decay; officers in common keep them up.

    Compliance is the agency's dependence on purchasers, weighted by the pressure of each.
    """
    rules = world.rules[0]
    agency.compliance = 0.0
    tie = agency.first_tie
    while tie >= 0:
        bond = world.ties[tie]
        dependence = bond.income_year / agency.income_year if agency.income_year > 0 else 0.0
        compliance = dependence * pressure_by_purchaser(world, bond.purchaser)
        agency.compliance += compliance
        near = closeness_of_contact(rules.standing_contact, dependence)
        gain = rules.standing_relation_gain * near * (1.0 + rules.standing_compliance_effect * compliance)
        # A quarter closes at most the whole gap to a full relation.
        gain = min(gain, 1.0)
        bond.relation += gain * (1.0 - bond.relation) - rules.standing_relation_decay * bond.relation
        if agency.officers_in_common:
            bond.relation = max(bond.relation, rules.standing_overlap_relation)
        tie = bond.next
    agency.relation = relation_with(world, agency, agency.district)


@rule
def closeness_of_contact(contact: float, dependence: float) -> float:
    """Contact with a purchaser, from 0 to 1: a small project is contact too.

    Parameters
    ----------
    contact : float
        Dependence at which contact is about half as close as it can be.
    dependence : float
        Share of the year's income that comes from it.
    """
    if dependence <= 0.0:
        return 0.0
    return dependence * (1.0 + contact) / (dependence + contact)


@rule
def update_presences(world: World, agency: AgencyRow) -> None:
    """A quarter of service adds to presence in a community; a gap longer than the grace period ends it.

    Knowledge of clients follows the hours served, so that service that shrinks loses it as slowly as it grew.
    """
    rules = world.rules[0]
    learnt = 1.0 - exp(-1.0 / (4.0 * rules.delivery_knowledge_time))
    clock = world.clock[0]
    hours = 0.0
    rooted = 0.0
    previous = -1
    n = agency.first_presence
    while n >= 0:
        presence = world.presences[n]
        if clock.quarter - presence.last > rules.need_grace:
            n = remove_presence(world, agency, n, previous)
            continue
        if presence.hours > 0:
            presence.quarters += 1.0
            community = world.communities[presence.community]
            community.agencies += 1
            community.unbroken_years = max(community.unbroken_years, (clock.quarter + 1 - presence.since) / 4.0)
            hours += presence.hours
            rooted += presence.hours * rootedness(presence.quarters, rules.need_rooting_time)
        presence.known += learnt * (presence.hours - presence.known)
        presence.past[clock.season] = presence.hours
        presence.hours = 0.0
        previous = n
        n = presence.next
    agency.continuity = rooted / hours if hours > 0 else 0.0


@rule
def update_skill(world: World, a: int) -> None:
    """Skill in a field grows with practice, up to that of one person's full time, and decays slowly.

    People share what they learn, so a second person in a field adds no second skill, and a team that serves several
    fields learns in each.
    """
    rules = world.rules[0]
    full = hours_per_person(world, world.agencies[a])
    for f in range(world.skills.shape[1]):
        practised = min(world.practice[a, f] / full, 1.0)
        skill = world.skills[a, f]
        world.skills[a, f] += rules.standing_skill_gain * practised * (1.0 - skill) - rules.standing_skill_loss * skill


@rule
def update_reputation_and_mission(world: World, a: int) -> None:
    """Reputation follows quality delivered; mission drifts with compliance, and own projects renew it.

    Compliance draws the mission towards what contracts count; own projects draw it towards development.
    """
    rules = world.rules[0]
    agency = world.agencies[a]
    kept = agency.delivered / agency.promised if agency.promised > 0 else 1.0
    agency.reputation += rules.standing_reputation_speed * (agency.quality * kept - agency.reputation)
    counted = 0.0
    own = agency.own_hours
    total = hours_served(agency)
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING:
            counted += contract.development / agency.contracts
            if contract.channel == Channel.SPECIAL_FUND and agency.promised > 0:
                # A project proposed to the fund counts half as an own project: the theme is the fund's.
                own += 0.5 * contract.promised_hours * agency.delivered / agency.promised
        k = contract.next_of_agency
    agency.own_share = own / total if total > 0 else 0.0
    if agency.contracts > 0:
        agency.mission += rules.standing_mission_drift * agency.compliance * (counted - agency.mission)
    agency.mission += rules.standing_mission_renewal * agency.own_share * (1.0 - agency.mission)
