"""Direct government hiring: social workers whom a government employs itself."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.random_streams import Stream
from tests.oracle.agency import COHORTS, LICENCES, LICENSED, SETTLED, UNLICENSED, Agency
from tests.oracle.community import decay_per_quarter
from tests.oracle.contract_forms import post_hours
from tests.oracle.money import transfer
from tests.oracle.ordered_sums import add_up
from tests.oracle.quits_and_hiring import lose_experience, remove_staff

if TYPE_CHECKING:
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def hire_directly(model: Sector, city: City) -> None:
    """People quit; posts follow the budget; vacancies are filled from seekers, then from staff of agencies."""
    for government in city.purchasers:
        government.direct_vacancies = 0
        if government.direct_budget <= 0 and sum(government.workers) == 0:
            continue
        let_workers_quit(model, government)
        pay = 3.0 * city.market_wage * (1.0 + model.rules.direct_hiring_premium)
        money = max(min(government.direct_budget // 4, government.cash), 0)
        posts = int(money / (pay * (1.0 + model.rules.costs_social_insurance)))
        too_many = government.direct_staff - posts
        if too_many > 0:
            unlicensed = min(government.workers[UNLICENSED], too_many)
            move(government, city.seekers, unlicensed, too_many - unlicensed)
        else:
            government.direct_vacancies = -too_many
            hire_seekers(model, government)
            draw_people_away(model, government)
        wages = pay * government.direct_staff
        insurance = int(wages * model.rules.costs_social_insurance)
        households, fund = model.outside[Party.HOUSEHOLDS], model.outside[Party.SOCIAL_INSURANCE]
        transfer(model, government, households, Purpose.DIRECT_WAGES, min(int(wages), government.cash))
        transfer(model, government, fund, Purpose.INSURANCE, min(insurance, government.cash))


def move(government: Government, to: list[int], unlicensed: int, licensed: int) -> None:
    """Move people from a government to another list; negative numbers come from there."""
    for licence, people in ((UNLICENSED, unlicensed), (LICENSED, licensed)):
        government.workers[licence] -= people
        to[licence] += people


def let_workers_quit(model: Sector, government: Government) -> None:
    """Quits at the base rate; some leave the field."""
    rules, city = model.rules, government.city
    p = 1.0 - exp(-rules.people_quit_rate)
    for licence in LICENCES:
        leaving = model.count(government.workers[licence], p, Stream.DIRECT_HIRING, government.id, licence)
        away = model.count(leaving, rules.people_leave_field, Stream.DIRECT_HIRING, government.id, 2 + licence)
        government.workers[licence] -= leaving
        city.outside[licence] += away
        city.seekers[licence] += leaving - away


def hire_seekers(model: Sector, government: Government) -> None:
    """Fill vacancies from the city's seekers, with licence in proportion to their share."""
    seekers = government.city.seekers
    hired = min(government.direct_vacancies, sum(seekers))
    if hired > 0:
        share = seekers[LICENSED] / sum(seekers)
        licensed = model.count(hired, share, Stream.DIRECT_HIRING, government.id, 4)
        licensed = max(min(licensed, seekers[LICENSED]), hired - seekers[UNLICENSED])
        move(government, seekers, licensed - hired, -licensed)
        government.direct_vacancies -= hired


def draw_people_away(model: Sector, government: Government) -> None:
    """Staff of agencies move to vacant posts, with a hazard that rises with vacancies per person."""
    districts = government.city.districts if government.is_city else [government]
    agencies = [agency for district in districts for agency in district.home_agencies]
    staff = sum(agency.staff for agency in agencies)
    if government.direct_vacancies > 0 and staff > 0:
        hazard = model.rules.direct_hiring_pull * min(government.direct_vacancies / staff, 1.0)
        for agency in agencies:
            draw_from(model, government, agency, 1.0 - exp(-hazard))


def draw_from(model: Sector, government: Government, agency: Agency, p: float) -> None:
    """Draw how many of an agency's staff move to government posts."""
    first = 16 if government.is_city else 32
    before, settled = agency.staff, 0
    for cohort in COHORTS:
        for licence in LICENCES:
            index = first + 2 * cohort + licence
            leaving = model.count(agency.cohorts[cohort][licence], p, Stream.DIRECT_HIRING, agency.id, index)
            leaving = min(leaving, government.direct_vacancies)
            remove_staff(agency, cohort, licence, leaving)
            government.workers[licence] += leaving
            government.direct_vacancies -= leaving
            agency.quits += leaving
            if cohort == SETTLED:
                settled += leaving
            else:
                agency.first_year_quits += leaving
    lose_experience(agency, settled, before - agency.staff, before)


def serve_directly(model: Sector, city: City) -> None:
    """They relieve unmet need by activities, in proportion to unmet hours, and build up no presence."""
    for government in city.purchasers:
        if government.direct_staff == 0:
            continue
        effective = government.direct_staff * post_hours(model) * model.rules.direct_hiring_quality
        unmet = add_up(add_up(need.hours for need in community.needs) for community in government.communities)
        relieved = min(effective * decay_per_quarter(model.rules.need_half_life) / max(unmet, 1e-9), 1.0)
        for community in government.communities:
            for need in community.needs:
                need.unmet -= relieved * need.unmet
