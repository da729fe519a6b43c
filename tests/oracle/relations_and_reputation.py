"""Relations, presence, skill, reputation, mission and composites of an agency after a quarter.

From them, and from its books, follow independence and sustainability: weighted geometric means of their parts.
"""

from __future__ import annotations

from math import exp, log, sqrt
from typing import TYPE_CHECKING

from sim.declarations.choices import Form, Origin
from sim.declarations.state_codes import Channel
from tests.oracle.community import rootedness
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
        measure_independence(agency)
        measure_sustainability(agency)
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
    """Relations grow with dependence and compliance, and decay; officers in common keep them up."""
    rules = agency.model.rules
    agency.compliance = 0.0
    for purchaser, tie in reversed(agency.ties.items()):
        dependence = agency.income_share_of(tie)
        compliance = dependence * purchaser.administrative_pressure
        agency.compliance += compliance
        gain = rules.standing_relation_gain * dependence * (1.0 + rules.standing_compliance_effect * compliance)
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
    speed = agency.model.rules.standing_peer_learning
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
    total = agency.own_hours + agency.delivered
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


def geometric_mean(parts: list[tuple[float, float]], floor: float) -> float:
    """Weighted geometric mean of (weight, part); no part counts as less than the floor."""
    total = add_up(weight * log(max(part, floor)) for weight, part in parts)
    return exp(total / max(add_up(weight for weight, _ in parts), 1e-9))


def measure_independence(agency: Agency) -> None:
    """Financial, operational and governance independence, and voice."""
    rules = agency.model.rules
    agency.financial = 0.5 * (1.0 - agency.concentration) + 0.5 * (1.0 - agency.government_share)
    agency.operational = 0.5 * (1.0 - agency.administrative) + 0.5 * agency.own_share
    agency.governance = rules.independence_attached if agency.form == Form.ATTACHED else 1.0
    if agency.officers_in_common:
        agency.governance *= 1.0 - rules.independence_overlap
    if agency.origin == Origin.GOVERNMENT:
        agency.governance *= 1.0 - rules.independence_official
    agency.independence = geometric_mean(
        [
            (rules.independence_financial, agency.financial),
            (rules.independence_operational, agency.operational),
            (rules.independence_governance, agency.governance),
            (rules.independence_voice, agency.voice),
        ],
        rules.independence_floor,
    )


def measure_sustainability(agency: Agency) -> None:
    """Reserves, stability, retention, contract cover, continuity."""
    rules = agency.model.rules
    agency.reserve_months = agency.months_of_reserve() if agency.staff > 0 else 0.0
    agency.reserves = min(max(agency.reserve_months, 0.0) / rules.sustainability_full_reserves, 1.0)
    varying = sqrt(agency.income_variance) / agency.income_mean if agency.income_mean > 0 else 1.0
    agency.stability = 1.0 / (1.0 + varying)
    agency.retention = min(max(1.0 - agency.turnover, 0.0), 1.0)
    agency.contract_cover = min(income_to_come(agency) / max(4.0 * agency.cost, 1.0), 1.0)
    agency.sustainability = geometric_mean(
        [
            (rules.sustainability_reserves, agency.reserves),
            (rules.sustainability_stability, agency.stability),
            (rules.sustainability_retention, agency.retention),
            (rules.sustainability_contract_cover, agency.contract_cover),
            (rules.sustainability_continuity, agency.continuity),
        ],
        rules.sustainability_floor,
    )


def income_to_come(agency: Agency) -> float:
    """Income under contract in the next four quarters."""
    now = agency.model.quarter
    return add_up(contract.price / 4.0 * min(contract.ends - now - 1, 4) for contract in agency.running)
