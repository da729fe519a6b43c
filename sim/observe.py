"""Observation: fill the quarter's row of sector outcomes and copy the state of everybody who is watched."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

import numpy as np

from sim.agents.agency import Source, Stage
from sim.declare import Record
from sim.distributions import FEN, ratio, watch_distributions
from sim.funding.watch import watch_sources
from sim.observe_assessment import watch_assessment
from sim.observe_channels import watch_channels
from sim.observe_lives import watch_lives
from sim.procurement.contract import Route, Status
from sim.procurement.watch import watch_allocation
from sim.rule import rule
from sim.scenario.choices import Form, Kind, Origin

if TYPE_CHECKING:
    from sim.world import World


@rule
def observe(world: World) -> None:
    """Watch everything, once, at the end of a quarter."""
    row = world.sector[world.clock[0].quarter]
    count_agencies(world, row)
    watch_purchasers(world, row)
    watch_channels(world, row)
    watch_awards(world, row)
    watch_money_and_work(world, row)
    watch_people(world, row)
    watch_lives(world, row)
    watch_distributions(world, row)
    watch_sources(world, row)
    watch_communities(world, row)
    watch_assessment(world, row)
    watch_allocation(world, row)
    copy_panels(world)


@rule
def count_agencies(world: World, row: Record) -> None:
    """Count agencies by kind, form and origin; foundings and closures come from the events."""
    clock = world.clock[0]
    by_origin = np.zeros(6)
    by_form = np.zeros(3)
    by_kind = np.zeros(2)
    founded = 0
    converted = 0
    closed = 0
    dormant = 0
    for a in range(clock.agencies):
        agency = world.agencies[a]
        if agency.founded == clock.quarter and agency.name < 0:
            founded += 1
            converted += 1 if agency.origin == Origin.CONVERTED else 0
        closed += 1 if agency.closed == clock.quarter else 0
        dormant += 1 if agency.stage == Stage.DORMANT else 0
        if agency.stage == Stage.ACTIVE:
            by_origin[agency.origin] += 1
            by_form[agency.form] += 1
            by_kind[agency.kind] += 1
    row.agencies = by_kind.sum()
    row.agencies_nonprofit = by_kind[Kind.NONPROFIT]
    row.agencies_for_profit = by_kind[Kind.FOR_PROFIT]
    row.agencies_registered = by_form[Form.REGISTERED]
    row.agencies_attached = by_form[Form.ATTACHED]
    row.agencies_commercial_form = by_form[Form.COMMERCIAL]
    row.agencies_college = by_origin[Origin.COLLEGE]
    row.agencies_spin_off = by_origin[Origin.SPIN_OFF]
    row.agencies_converted = by_origin[Origin.CONVERTED]
    row.agencies_corporate = by_origin[Origin.CORPORATE]
    row.agencies_government = by_origin[Origin.GOVERNMENT]
    row.agencies_investor = by_origin[Origin.COMMERCIAL]
    row.foundings = founded
    row.conversions = converted
    row.closures = closed
    row.hazard = ratio(closed, row.agencies + dormant + closed - founded)


@rule
def watch_purchasers(world: World, row: Record) -> None:
    """Sum up what governments, and institutions with their money, planned, called, awarded, paid and gave back."""
    row.budget = 0.0
    row.called = 0.0
    row.awarded = 0.0
    row.running = 0.0
    row.paid = 0.0
    row.lapsed = 0.0
    for government in world.governments:
        row.budget += government.budget / FEN
        row.called += government.called / FEN
        row.awarded += government.awarded / FEN
        row.running += government.running / FEN
        row.paid += government.paid / FEN
        row.lapsed += government.lapsed / FEN
    for institution in world.institutions:
        row.called += institution.called / FEN
        row.awarded += institution.awarded / FEN
        row.running += institution.running / FEN
        row.paid += institution.paid / FEN
        row.lapsed += institution.lapsed / FEN
    row.association_fees = 0.0
    row.association_support = 0.0
    for association in world.associations:
        row.association_fees += association.fees / FEN
        row.association_support += association.support / FEN


@rule
def watch_awards(world: World, row: Record) -> None:
    """What the calls of this quarter came to."""
    clock = world.clock[0]
    lots = 0
    bids = 0
    awards = 0
    recalled = 0
    kept = 0
    price = 0.0
    for k in range(clock.first_lot, clock.contracts):
        lot = world.contracts[k]
        if lot.route == Route.RENEWAL:
            continue
        lots += 1
        bids += lot.bidders
        if lot.status == Status.RUNNING or lot.status == Status.BROKEN:
            awards += 1
            price += lot.price / lot.ceiling
            if lot.incumbent >= 0:
                recalled += 1
                kept += 1 if lot.incumbent == lot.agency else 0
    row.bidders = ratio(bids, lots)
    row.incumbent_wins = ratio(kept, recalled)
    row.price_to_ceiling = ratio(price, awards)


@rule
def watch_money_and_work(world: World, row: Record) -> None:
    """Income, hours, quality, dues and debts over active agencies."""
    income = 0.0
    public = 0.0
    concentration = 0.0
    earning = 0
    promised = np.zeros(2)
    delivered = np.zeros(2)
    quality = np.zeros(2)
    working = np.zeros(2)
    own = 0.0
    effective = 0.0
    cost = 0.0
    overdue = 0.0
    owed = 0
    wages_owed = 0.0
    sponsorship = 0.0
    fees = 0.0
    season = world.clock[0].season
    for a in range(world.clock[0].agencies):
        agency = world.agencies[a]
        if agency.stage != Stage.ACTIVE:
            continue
        if agency.income_year > 0:
            earning += 1
            concentration += agency.concentration
            income += agency.income_year
            public += agency.income_year * agency.government_share
        kind = agency.kind
        promised[kind] += agency.promised
        delivered[kind] += agency.delivered
        if agency.effective > 0:
            quality[kind] += agency.quality
            working[kind] += 1
        own += agency.own_hours
        effective += agency.effective
        cost += agency.cost
        overdue += agency.overdue_income
        owed += 1 if agency.overdue_income > 0 else 0
        wages_owed += agency.overdue_wages
        sponsorship += world.incomes[a, season, Source.SPONSORSHIP]
        fees += world.incomes[a, season, Source.FEES]
    row.government_share = ratio(public, income)
    row.concentration = ratio(concentration, earning)
    row.promised_hours = promised.sum()
    row.delivered_hours = delivered.sum()
    row.service_hours = row.delivered_hours + own
    row.effective_hours = effective
    row.cost_per_effective_hour = ratio(cost / FEN, effective)
    row.quality_nonprofit = ratio(quality[Kind.NONPROFIT], working[Kind.NONPROFIT])
    row.quality_for_profit = ratio(quality[Kind.FOR_PROFIT], working[Kind.FOR_PROFIT])
    row.staffing_nonprofit = ratio(delivered[Kind.NONPROFIT], promised[Kind.NONPROFIT])
    row.staffing_for_profit = ratio(delivered[Kind.FOR_PROFIT], promised[Kind.FOR_PROFIT])
    row.overdue_income = overdue / FEN
    row.agencies_overdue = ratio(owed, row.agencies)
    row.overdue_to_purchase = ratio(row.overdue_income, row.running)
    row.overdue_wages = wages_owed / FEN
    row.sponsorship = sponsorship / FEN
    row.fees = fees / FEN


@rule
def watch_people(world: World, row: Record) -> None:
    """Staff, turnover, tenure, wages and the labour market."""
    staff = 0
    licensed = 0
    hired = 0
    quits = 0
    first_year_quits = 0
    new = 0
    tenure = 0.0
    wage = 0.0
    outside_wage = 0.0
    for a in range(world.clock[0].agencies):
        agency = world.agencies[a]
        if agency.stage != Stage.ACTIVE:
            continue
        staff += agency.staff
        licensed += agency.licensed
        hired += agency.hired
        quits += agency.quits
        first_year_quits += agency.first_year_quits
        new += agency.staff - agency.settled
        tenure += agency.tenure
        wage += agency.wage * agency.staff
        outside_wage += world.cities[agency.city].market_wage * agency.staff
    row.staff = staff
    row.licensed = licensed
    row.hired = hired
    row.turnover = 4.0 * ratio(quits, staff + quits)
    row.first_year_turnover = 4.0 * ratio(first_year_quits, new + first_year_quits)
    row.tenure = ratio(tenure / 4.0, staff)
    row.wage = ratio(wage / FEN, staff)
    row.wage_ratio = ratio(wage, outside_wage)
    row.graduates_entering = 0.0
    row.seekers = 0.0
    economy = 0.0
    for city in world.cities:
        row.graduates_entering += city.graduates_entering
        row.seekers += city.seekers[0] + city.seekers[1]
        economy += exp(city.economy)
    row.economy = economy / len(world.cities)


@rule
def watch_communities(world: World, row: Record) -> None:
    """Need, strength and steadiness over communities."""
    load = 0.0
    unmet = 0.0
    people = 0.0
    strength = 0.0
    continuity = 0.0
    unbroken = 0.0
    served = 0
    disruptions = 0.0
    for c in range(len(world.communities)):
        community = world.communities[c]
        community.unmet = 0.0
        for f in range(world.needs.shape[1]):
            community.unmet += world.needs[c, f].unmet * world.needs[c, f].load / max(community.load, 1e-9)
        load += community.load
        unmet += community.unmet * community.load
        people += community.residents
        strength += community.strength * community.residents
        disruptions += community.disruptions
        if community.hours > 0:
            served += 1
            continuity += community.continuity
            unbroken += community.unbroken
    row.unmet_need = ratio(unmet, load)
    row.strength = ratio(strength, people)
    row.community_continuity = ratio(continuity, served)
    row.unbroken = ratio(unbroken, served)
    row.served = served / len(world.communities)
    quarter = world.clock[0].quarter
    so_far = 0.0
    if quarter > 0:
        for c in range(len(world.communities)):
            so_far += world.community_panel[quarter - 1, c].disruptions
    row.disruptions = disruptions - so_far


@rule
def copy_panels(world: World) -> None:
    """Copy the records of active agencies, and of everybody else, into the panels."""
    clock = world.clock[0]
    quarter = clock.quarter
    for a in range(clock.agencies if clock.detailed else 0):
        if world.agencies[a].stage != Stage.ACTIVE:
            continue
        world.panel[clock.panel] = world.agencies[a]
        world.panel_rows[clock.panel, 0] = quarter
        world.panel_rows[clock.panel, 1] = a
        world.panel_skills[clock.panel] = world.skills[a]
        clock.panel += 1
    for c in range(len(world.communities)):
        world.community_panel[quarter, c] = world.communities[c]
        for f in range(world.needs.shape[1]):
            world.unmet_panel[quarter, c, f] = world.needs[c, f].unmet
    for g in range(len(world.governments)):
        world.government_panel[quarter, g] = world.governments[g]
    for n in range(len(world.associations)):
        world.association_panel[quarter, n] = world.associations[n]
    for n in range(len(world.institutions)):
        world.institution_panel[quarter, n] = world.institutions[n]
    for n in range(len(world.cities)):
        world.city_panel[quarter, n] = world.cities[n]
