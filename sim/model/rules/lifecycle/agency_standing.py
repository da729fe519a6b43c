"""Standing: what a quarter's work did to relations, roots, reputation, skill and mission of an agency.

From them, and from its books, follow the two composites that the simulator is about: independence and
sustainability, each a weighted geometric mean whose parts are kept beside it.
"""

from __future__ import annotations

from math import exp, log, sqrt
from typing import TYPE_CHECKING

from sim.declarations.choices import Form, Origin
from sim.declarations.state_codes import Channel, Stage, Status
from sim.engine.arithmetic import add_up
from sim.engine.compilation import rule
from sim.model.rules.payment.contract_payments import close_books
from sim.model.rules.service.community_needs import rooting
from sim.model.rules.shared.active_agencies import members_of
from sim.model.rules.shared.agency_capacity import months_of_reserve
from sim.model.rules.shared.purchaser_index import pressure_of
from sim.model.rules.shared.relations_and_presence import drop_presence, relation_with
from sim.model.rules.workforce.peer_learning import learn_from_peers, note_peer_skills

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World


@rule
def update_standing(world: World, city: CityRow) -> None:
    """Close the books of every agency and update where it stands."""
    note_peer_skills(world, city)
    for a in members_of(world, city):
        agency = world.agencies[a]
        if agency.stage != Stage.ACTIVE:
            continue
        close_books(world, a)
        update_income_history(world, agency)
        update_relations(world, agency)
        update_roots(world, agency)
        update_skill(world, a)
        learn_from_peers(world, a)
        update_reputation_and_mission(world, a)
        measure_independence(world, agency)
        measure_sustainability(world, agency)
        compare_with_members(world, agency)


@rule
def update_income_history(world: World, agency: AgencyRow) -> None:
    """Running mean and variance of quarterly income, and running yearly rate of leaving."""
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
    """Relations grow with dependence and compliance, and fade; officers in common keep them up.

    Compliance is the agency's dependence on purchasers, weighted by the pressure they put on it.
    """
    rules = world.rules[0]
    agency.compliance = 0.0
    tie = agency.first_tie
    while tie >= 0:
        bond = world.ties[tie]
        dependence = bond.income_year / agency.income_year if agency.income_year > 0 else 0.0
        compliance = dependence * pressure_of(world, bond.purchaser)
        agency.compliance += compliance
        gain = rules.standing_relation_gain * dependence * (1.0 + rules.standing_compliance_effect * compliance)
        # No quarter closes more than the whole gap to a full relation.
        gain = min(gain, 1.0)
        bond.relation += gain * (1.0 - bond.relation) - rules.standing_relation_decay * bond.relation
        if agency.officers:
            bond.relation = max(bond.relation, rules.standing_overlap_relation)
        tie = bond.next
    agency.relation = relation_with(world, agency, agency.district)


@rule
def update_roots(world: World, agency: AgencyRow) -> None:
    """A quarter of service strengthens roots; a gap longer than the grace loses them."""
    rules = world.rules[0]
    clock = world.clock[0]
    hours = 0.0
    rooted = 0.0
    previous = -1
    n = agency.first_presence
    while n >= 0:
        presence = world.presences[n]
        if clock.quarter - presence.last > rules.need_grace:
            n = drop_presence(world, agency, n, previous)
            continue
        if presence.hours > 0:
            presence.quarters += 1.0
            community = world.communities[presence.community]
            community.agencies += 1
            community.unbroken = max(community.unbroken, (clock.quarter + 1 - presence.since) / 4.0)
            hours += presence.hours
            rooted += presence.hours * rooting(presence.quarters, rules.need_rooting_time)
        presence.hours = 0.0
        previous = n
        n = presence.next
    agency.continuity = rooted / hours if hours > 0 else 0.0


@rule
def update_skill(world: World, a: int) -> None:
    """Skill in a field grows with the share of all hours practised in it, and is forgotten slowly."""
    rules = world.rules[0]
    hours = add_up(world.practice[a])
    for f in range(world.skills.shape[1]):
        share = world.practice[a, f] / hours if hours > 0 else 0.0
        skill = world.skills[a, f]
        world.skills[a, f] += rules.standing_skill_gain * share * (1.0 - skill) - rules.standing_skill_loss * skill


@rule
def update_reputation_and_mission(world: World, a: int) -> None:
    """Reputation follows quality delivered; mission drifts with compliance, own work renews it.

    Compliance draws the mission towards what contracts count; own design draws it to full development.
    """
    rules = world.rules[0]
    agency = world.agencies[a]
    kept = agency.delivered / agency.promised if agency.promised > 0 else 1.0
    agency.reputation += rules.standing_reputation_speed * (agency.quality * kept - agency.reputation)
    counted = 0.0
    own = agency.own_hours
    total = agency.own_hours + agency.delivered
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING:
            counted += contract.development / agency.contracts
            if contract.channel == Channel.SPECIAL_FUND and agency.promised > 0:
                # A project proposed to the fund is half of one's own design: the theme is the fund's.
                own += 0.5 * contract.promised_hours * agency.delivered / agency.promised
        k = contract.next_of_agency
    agency.own_share = own / total if total > 0 else 0.0
    if agency.contracts > 0:
        agency.mission += rules.standing_mission_drift * agency.compliance * (counted - agency.mission)
    agency.mission += rules.standing_mission_renewal * agency.own_share * (1.0 - agency.mission)


@rule
def weighted_log(part: float, weight: float, floor: float) -> float:
    """One part's term in the logarithm of a weighted geometric mean."""
    return weight * log(max(part, floor))


@rule
def measure_independence(world: World, agency: AgencyRow) -> None:
    """Parts of independence and their weighted geometric mean."""
    rules = world.rules[0]
    agency.financial = 0.5 * (1.0 - agency.concentration) + 0.5 * (1.0 - agency.government_share)
    agency.operational = 0.5 * (1.0 - agency.administrative) + 0.5 * agency.own_share
    standing = rules.independence_attached if agency.form == Form.ATTACHED else 1.0
    if agency.officers:
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
    """Parts of sustainability and their weighted geometric mean."""
    rules = world.rules[0]
    agency.reserve_months = months_of_reserve(world, agency) if agency.staff > 0 else 0.0
    agency.reserves = min(agency.reserve_months / rules.sustainability_full_reserves, 1.0)
    varying = sqrt(agency.income_variance) / agency.income_mean if agency.income_mean > 0 else 1.0
    agency.stability = 1.0 / (1.0 + varying)
    agency.retention = min(max(1.0 - agency.turnover, 0.0), 1.0)
    agency.cover = min(covered(world, agency) / max(4.0 * agency.cost, 1.0), 1.0)
    floor = rules.sustainability_floor
    total = weighted_log(agency.reserves, rules.sustainability_reserves, floor)
    total += weighted_log(agency.stability, rules.sustainability_stability, floor)
    total += weighted_log(agency.retention, rules.sustainability_retention, floor)
    total += weighted_log(agency.cover, rules.sustainability_cover, floor)
    total += weighted_log(agency.continuity, rules.sustainability_continuity, floor)
    weights = rules.sustainability_reserves + rules.sustainability_stability + rules.sustainability_retention
    weights += rules.sustainability_cover + rules.sustainability_continuity
    agency.sustainability = exp(total / max(weights, 1e-9))


@rule
def compare_with_members(world: World, agency: AgencyRow) -> None:
    """Note the member of each association that stands best this quarter: others may follow it."""
    if agency.association < 0:
        return
    association = world.associations[agency.association]
    quarter = world.clock[0].quarter
    first = association.best_quarter != quarter
    if first or agency.sustainability > world.agencies[association.best].sustainability:
        association.best = agency.index
        association.best_quarter = quarter


@rule
def covered(world: World, agency: AgencyRow) -> float:
    """Income under contract in the four quarters to come, fen."""
    clock = world.clock[0]
    total = 0.0
    k = agency.first_contract
    while k >= 0:
        contract = world.contracts[k]
        if contract.status == Status.RUNNING:
            total += contract.price / 4.0 * min(contract.ends - clock.quarter - 1, 4)
        k = contract.next_of_agency
    return total
