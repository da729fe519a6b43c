"""Relations, presence, skill, reputation and mission of an agency after a quarter.

From them, and from its books, follow its measures.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.state_codes import Channel
from tests.oracle.community import rootedness
from tests.oracle.measures import measure
from tests.oracle.ordered_sums import add_up
from tests.oracle.payment import close_books

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import Association, City


def update_standing(model: Sector, city: City) -> None:
    """Summarise income, and update the state of every agency."""
    known = {association: mean_skills(association, city) for association in model.associations}
    for agency in city.members:
        close_books(agency)
        update_running_means(agency)
        update_relations(agency)
        update_presence(agency)
        update_skill(agency)
        learn_from_peers(agency, known)
        agency.looseness += model.rules.assessing_lapse * (1.0 - agency.looseness)
        update_reputation(agency)
        update_mission(agency)
        measure(agency)
    find_best_members(model, city)


def update_running_means(agency: Agency) -> None:
    """Mean and variance of quarterly income, and the yearly rate of leaving."""
    speed = agency.model.rules.sustainability_memory
    if agency.income_mean == 0.0:
        agency.income_mean = float(agency.income)
    gap = agency.income - agency.income_mean
    agency.income_mean += speed * gap
    agency.income_variance = (1.0 - speed) * (agency.income_variance + speed * gap * gap)
    left = agency.quits + agency.laid_off
    if agency.staff + left > 0:
        agency.turnover += speed * (4.0 * left / (agency.staff + left) - agency.turnover)


def update_relations(agency: Agency) -> None:
    """Relations grow with contact and compliance, and decay; officers in common keep them up."""
    rules = agency.model.rules
    agency.compliance = 0.0
    for purchaser, tie in reversed(agency.ties.items()):
        dependence = agency.income_share_of(tie)
        compliance = dependence * purchaser.administrative_pressure
        agency.compliance += compliance
        # A small project is contact too.
        contact = (
            dependence * (1.0 + rules.standing_contact) / (dependence + rules.standing_contact) if dependence else 0.0
        )
        gain = rules.standing_relation_gain * contact * (1.0 + rules.standing_compliance_effect * compliance)
        tie.relation += min(gain, 1.0) * (1.0 - tie.relation) - rules.standing_relation_decay * tie.relation
        if agency.officers_in_common:
            tie.relation = max(tie.relation, rules.standing_overlap_relation)


def update_presence(agency: Agency) -> None:
    """A quarter of service adds to presence; a gap longer than the grace period ends it."""
    rules = agency.model.rules
    hours, rooted = 0.0, 0.0
    for community, presence in reversed(list(agency.presences.items())):
        if agency.model.quarter - presence.last > rules.need_grace:
            agency.leave_community(community)
            continue
        if presence.hours > 0:
            presence.quarters += 1.0
            community.agencies += 1
            community.unbroken_years = max(community.unbroken_years, (agency.model.quarter + 1 - presence.since) / 4.0)
            hours += presence.hours
            rooted += presence.hours * rootedness(presence.quarters, rules.need_rooting_time)
        # Knowledge of clients follows the hours served, and service that shrinks loses it as slowly.
        presence.known += (1.0 - exp(-1.0 / (4.0 * rules.delivery_knowledge_time))) * (presence.hours - presence.known)
        presence.past[agency.model.season] = presence.hours
        presence.hours = 0.0
    agency.continuity = rooted / hours if hours > 0 else 0.0


def update_skill(agency: Agency) -> None:
    """Skill grows with practice in a field, up to one person's full time, and decays slowly."""
    rules = agency.model.rules
    for f, skill in enumerate(agency.skills):
        practised = min(agency.practice[f] / agency.hours_per_person(), 1.0)
        agency.skills[f] += rules.standing_skill_gain * practised * (1.0 - skill) - rules.standing_skill_loss * skill


def mean_skills(association: Association, city: City) -> list[float]:
    """Mean skill by field of an association's members."""
    members = [agency for agency in city.members if agency.association is association]
    return [add_up(one.skills[f] / len(members) for one in members) for f in range(len(city.model.fields))]


def learn_from_peers(agency: Agency, known: dict[Association, list[float]]) -> None:
    """Members with less skill in a field than the association's mean move towards it."""
    speed = agency.model.rules.standing_peer_learning * agency.nearness_to_peers
    if agency.association:
        means = zip(agency.skills, known[agency.association], strict=True)
        agency.skills = [skill + speed * max(mean - skill, 0.0) for skill, mean in means]


def update_reputation(agency: Agency) -> None:
    """Reputation follows the quality of what was delivered."""
    kept = agency.delivered / agency.promised if agency.promised > 0 else 1.0
    speed = agency.model.rules.standing_reputation_speed
    agency.reputation += speed * (agency.quality * kept - agency.reputation)


def update_mission(agency: Agency) -> None:
    """Compliance draws the mission towards what contracts count; own projects renew it."""
    rules = agency.model.rules
    own = agency.own_hours
    counted = 0.0
    for contract in agency.running:
        counted += contract.development / agency.contracts
        if contract.channel == Channel.SPECIAL_FUND and agency.promised > 0:
            # A project proposed to the fund is half of one's own design: the theme is the fund's.
            own += 0.5 * contract.promised_hours * agency.delivered / agency.promised
    total = agency.delivered + agency.extra_hours + agency.own_hours
    agency.own_share = own / total if total > 0 else 0.0
    if agency.contracts > 0:
        agency.mission += rules.standing_mission_drift * agency.compliance * (counted - agency.mission)
    agency.mission += rules.standing_mission_renewal * agency.own_share * (1.0 - agency.mission)


def find_best_members(model: Sector, city: City) -> None:
    """Most sustainable member of each association; the first of equals."""
    for association in city.associations:
        members = [agency for agency in city.members if agency.association is association]
        if members:
            association.best = max(members, key=lambda agency: agency.sustainability)
            association.best_quarter = model.quarter
