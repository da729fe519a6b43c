"""Money that is not under contract: donations, companies' money, fees of clients, colleges' support funds."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Host
from tests.oracle.events import record
from tests.oracle.money import transfer
from tests.oracle.ordered_sums import add_up
from tests.oracle.sources import (
    answer_to_match,
    appeal_to_donors,
    billed_fees,
    encouragement,
    matching_rate,
    offered_by_donors,
)

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City, Sponsor


def receive_other_income(model: Sector, city: City) -> None:
    """Companies come and go; donors, clients and companies give."""
    fund_colleges(model, city)
    end_sponsorships(model, city)
    for sponsor in city.sponsors:
        look_for_agency(model, sponsor)
        set_money_aside(model, sponsor)
    collect_donations(model, city)
    call_for_projects(model, city)
    for agency in city.members:
        collect_fees(model, agency)
        if agency.sponsor:
            receive_sponsorship(model, agency, agency.sponsor)


def return_unused(model: Sector, city: City) -> None:
    """Sponsors give what they did not need back to their companies."""
    for sponsor in city.sponsors:
        transfer(model, sponsor, model.outside[Party.COMPANIES], Purpose.RETURN, sponsor.cash)
        sponsor.served = 0


# --- Companies


def end_sponsorships(model: Sector, city: City) -> None:
    """Each company leaves an agency after its mean patience; sooner if reputation is low or the economy weak."""
    for agency in city.members:
        sponsor = agency.sponsor
        if sponsor is None:
            continue
        hazard = 2.0 * (1.0 - agency.reputation) / (4.0 * sponsor.patience) * exp(-sponsor.cycle * city.economy)
        if model.happens(1.0 - exp(-hazard), Stream.PATIENCE, agency.id, 0):
            people = agency.staff
            record(model, Event.SPONSOR_LEFT, Cause.PATIENCE_SPENT, agency, agency.district, sponsor, persons=people)
            sponsor.agencies -= 1
            agency.sponsor = None
            if agency.host == Host.SPONSOR:
                agency.host = Host.OWN


def look_for_agency(model: Sector, sponsor: Sponsor) -> None:
    """A company with money for another agency draws one of those that ask, by how well each asks."""
    city = sponsor.city
    if not sponsor.takes_another:
        return
    if not model.happens(model.rules.giving_search * encouragement(model, city), Stream.SPONSOR_MATCH, sponsor.id, 0):
        return
    asking = [agency for agency in city.members if asking_companies(agency) > 0]
    if not asking:
        return

    def drawn(agency: Agency) -> float:
        return log(asking_companies(agency)) + model.gumbel(Stream.SPONSOR_MATCH, sponsor.id, agency.id)

    chosen = max(asking, key=drawn)
    chosen.sponsor = sponsor
    sponsor.agencies += 1
    record(model, Event.SPONSOR_CAME, Cause.ASKED_AND_MATCHED, chosen, chosen.district, sponsor, persons=chosen.staff)


def asking_companies(agency: Agency) -> float:
    if agency.sponsor or agency.kind != Kind.NONPROFIT:
        return 0.0
    return agency.worth_of(Source.SPONSORSHIP) * agency.reputation


def set_money_aside(model: Sector, sponsor: Sponsor) -> None:
    """A quarter's money, following the economy, from a company that pays anybody."""
    if sponsor.agencies > 0:
        city = sponsor.city
        budget = sponsor.budget / 4.0 * exp(sponsor.cycle * city.economy) * encouragement(model, city)
        transfer(model, model.outside[Party.COMPANIES], sponsor, Purpose.ALLOCATION, int(budget))


def receive_sponsorship(model: Sector, agency: Agency, sponsor: Sponsor) -> None:
    """An equal part of the sponsor's money for this quarter."""
    amount = sponsor.cash // max(sponsor.agencies - sponsor.served, 1)
    sponsor.served += 1
    transfer(model, sponsor, agency, Purpose.SPONSORSHIP, amount)
    agency.book(Source.SPONSORSHIP, amount)


# --- Donors


def collect_donations(model: Sector, city: City) -> None:
    """Every agency that asks gets a part by how well it asks; some of the pool always stays with the donors."""
    donors = city.donors
    if model.season == 0 and model.quarter > 0:
        donors.growth_index *= 1.0 + donors.growth
    donors.given, donors.asked = 0, 0.0
    if donors.pool == 0:
        return
    donors.asked = add_up(map(asking_donors, city.members))
    if donors.asked == 0:
        return
    offered = (1.0 - donors.calls) * offered_by_donors(model, city)
    for agency in city.members:
        asked = asking_donors(agency)
        if asked > 0:
            pay_for_asking(model, agency)
            answer = answer_to_match(model, matching_rate(agency))
            amount = int(offered * asked / (donors.asked + donors.reach) * answer)
            transfer(model, model.outside[Party.HOUSEHOLDS], donors, Purpose.ALLOCATION, amount)
            transfer(model, donors, agency, Purpose.DONATION, amount)
            agency.book(Source.DONATIONS, amount)
            donors.given += amount


def call_for_projects(model: Sector, city: City) -> None:
    """Foundations promise projects as far as their money goes, each to one that has none; quarters are paid."""
    donors = city.donors
    if donors.calls <= 0 and donors.cash == 0:
        return
    if donors.asked > 0:
        money = int(donors.calls * offered_by_donors(model, city) * donors.asked / (donors.asked + donors.reach))
        transfer(model, model.outside[Party.HOUSEHOLDS], donors, Purpose.ALLOCATION, money)
    free = donors.cash - sum(agency.project_left for agency in city.members)
    price = round(donors.project * city.cost_index)

    def drawn(agency: Agency) -> float:
        worth = agency.worth_of(Source.DONATIONS) * agency.reputation
        return log(worth) + model.gumbel(Stream.PROJECT_GRANT, agency.id, 0)

    able = [
        agency
        for agency in city.members
        if agency.kind == Kind.NONPROFIT
        and agency.staff > 0
        and agency.project_left == 0
        and agency.worth_of(Source.DONATIONS) * agency.reputation > 0
    ]
    for agency in sorted(able, key=drawn, reverse=True)[: max(free // price, 0)]:
        agency.project = agency.project_left = price
        people = agency.staff
        record(
            model,
            Event.PROJECT_GRANTED,
            Cause.CALL_WON,
            agency,
            agency.district,
            donors,
            amount=price,
            persons=people,
        )
    for agency in city.members:
        amount = min(agency.project_left, -(-agency.project // 4))
        if amount > 0:
            agency.project_left -= amount
            donors.given += amount
            transfer(model, donors, agency, Purpose.DONATION, amount)
            agency.book(Source.DONATIONS, amount)


def asking_donors(agency: Agency) -> float:
    """People who ask, what their work is worth, and the name of their agency."""
    return appeal_to_donors(agency.model, agency.staff, agency.worth_of(Source.DONATIONS), agency.reputation)


def pay_for_asking(model: Sector, agency: Agency) -> None:
    """Pay for fundraising (letters, events, receipts), as far as cash goes."""
    at_it = agency.staff * agency.work[Source.DONATIONS].effort
    cost = model.rules.giving_asking_cost * agency.city.cost_index * at_it
    spent = min(round(cost), max(agency.cash, 0))
    transfer(model, agency, model.outside[Party.SUPPLIERS], Purpose.FUNDRAISING, spent)


# --- Clients and colleges


def collect_fees(model: Sector, agency: Agency) -> None:
    """What clients pay."""
    amount = int(billed_fees(agency, agency.share_won(Source.FEES)))
    transfer(model, model.outside[Party.HOUSEHOLDS], agency, Purpose.FEES, amount)
    agency.book(Source.FEES, amount)


def fund_colleges(model: Sector, city: City) -> None:
    """Once a year, and at the start, colleges set money aside for affiliates in distress."""
    if model.season == 0 or model.quarter == 0:
        funds = model.outside[Party.EDUCATION]
        for college in city.colleges:
            transfer(model, college, funds, Purpose.RETURN, college.cash)
            transfer(model, funds, college, Purpose.ALLOCATION, college.emergency)
