"""Funding strategy: which sources an agency works on, and with which share of effort.

`agency.work` holds the sources that it has entered, each with the effort given to it and the capability in it.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Form, Origin
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import ASKED_SOURCES, Source
from sim.declarations.random_streams import Stream
from tests.oracle.agency import SourceWork
from tests.oracle.events import record
from tests.oracle.money import transfer
from tests.oracle.ordered_sums import add_up
from tests.oracle.sources import OTHER_MONEY, expected_yield, is_open, matching_rate

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City

LASTING = {Source.DISTRICT_CONTRACTS, Source.SPECIAL_FUND, Source.FEES}
"""Sources that no agency leaves."""


FOUND = (Source.INSTITUTIONS, Source.COMMISSIONS)
"""Sources whose payers approach an agency by themselves."""


def begin_portfolio(agency: Agency, sees_donors: bool = False) -> None:
    """Founders begin with bids and fees, their company's money, sources they had before, and donors in view."""
    rules = agency.model.rules
    shares: dict[Source, float] = {}
    if is_open(agency, Source.FEES):
        shares[Source.FEES] = rules.strategy_fees_effort
    if agency.sponsor:
        shares[Source.SPONSORSHIP] = rules.strategy_first_effort
    left = 1.0
    for share in shares.values():
        left -= share
    asks = sees_donors or agency.origin == Origin.CONVERTED
    if is_open(agency, Source.DONATIONS) and agency.form == Form.COMMERCIAL:
        shares[Source.DONATIONS] = 0.6 * left
        left -= shares[Source.DONATIONS]
    elif is_open(agency, Source.DONATIONS) and asks and left > rules.strategy_first_effort:
        shares[Source.DONATIONS] = rules.strategy_first_effort
        left -= rules.strategy_first_effort
    shares[Source.DISTRICT_CONTRACTS] = shares[Source.SPECIAL_FUND] = left / 2
    agency.work = {source: SourceWork(shares[source], rules.strategy_founding_capability) for source in sorted(shares)}
    if agency.form == Form.COMMERCIAL and Source.DONATIONS in agency.work:
        agency.work[Source.DONATIONS].capability = 0.6


def choose_strategy(model: Sector, city: City) -> None:
    """Let every agency with staff reallocate its effort, and once a year consider a new source."""
    for agency in city.members:
        if agency.founded != model.quarter and agency.staff > 0:
            discover(agency)
            model_agency = best_off_peer(agency)
            shift_effort(agency, model_agency)
            given_up = learn(agency)
            if (model.quarter - agency.founded) % 4 == 0:
                consider_entry(model, agency, model_agency, given_up)


def discover(agency: Agency) -> None:
    """Institutions that have paid are known."""
    for source in FOUND:
        if source not in agency.work and agency.year_income(source) > 0:
            agency.work[source] = SourceWork(0.0, agency.model.rules.strategy_first_capability)
    agency.work = dict(sorted(agency.work.items()))


def seeking(agency: Agency) -> float:
    """Propensity to diversify: dependence on public money and on few payers, as far as reserves allow."""
    rules = agency.model.rules
    afforded = min(max(agency.reserve_months, 0.0) / max(rules.closing_comfortable_reserves, 1e-9), 1.0)
    return rules.strategy_drive * agency.government_share * min(agency.concentration, 1.0) * afforded


def best_off_peer(agency: Agency) -> Agency | None:
    """Sister or best member of the association, whichever is more sustainable, if more so than the agency."""
    peers = [agency.sister, agency.association.best if agency.association else None]
    better = [one for one in peers if one and one.active and one.sustainability > agency.sustainability]
    return max(better, key=lambda one: one.sustainability, default=None)


def admiration(agency: Agency, peer: Agency | None) -> float:
    if peer is None:
        return 0.0
    return agency.model.rules.strategy_imitation * (peer.sustainability - agency.sustainability)


def shift_effort(agency: Agency, peer: Agency | None) -> None:
    """Move effort towards sources of income, smaller sources, and a peer's sources."""
    matched = 1.0 + matching_rate(agency)
    earned = {
        source: agency.year_income(source) * (matched if source in OTHER_MONEY else 1.0) for source in agency.work
    }
    income = add_up(earned.values())
    largest = max(earned, key=earned.__getitem__)
    others = len(earned) - 1
    away = seeking(agency) if others > 0 and income > 0 else 0.0
    example = {source: peer.year_income(source) if peer else 0 for source in agency.work}
    seen = sum(example.values())
    follow = min(admiration(agency, peer), 1.0 - away) if seen > 0 else 0.0
    for source, work in agency.work.items():
        aim = (1.0 - away - follow) * (earned[source] / income if income > 0 else work.effort)
        if source != largest and away > 0:
            aim += away / others
        if follow > 0:
            aim += follow * (example[source] / seen)
        work.effort += agency.model.rules.strategy_speed * (aim - work.effort)


def learn(agency: Agency) -> set[Source]:
    """Capability grows with effort and decays; sources without income and effort are left, and returned."""
    rules = agency.model.rules
    before = set(agency.work)
    for source, work in list(agency.work.items()):
        doing = work.effort / (work.effort + rules.strategy_half_learning_effort)
        learned = rules.strategy_learning * doing * (1.0 - work.capability)
        work.capability = max(work.capability + learned - rules.strategy_forgetting * work.capability, 0.01)
        idle = work.effort < rules.strategy_give_up and agency.year_income(source) == 0
        if idle and source not in LASTING:
            agency.work[Source.DISTRICT_CONTRACTS].effort += work.effort
            del agency.work[source]
    return before - set(agency.work)


def consider_entry(model: Sector, agency: Agency, peer: Agency | None, given_up: set[Source]) -> None:
    """Enter a source that would pay where dependence is felt; or else the best there is; or one that a peer lives on.

    Nothing that was given up a moment ago.
    """
    rules = model.rules
    known = given_up.union(agency.work)
    new = [source for source in map(Source.member, ASKED_SOURCES) if source not in known and is_open(agency, source)]
    yearly = {source: expected_yield(agency, source) for source in new}
    price = rules.strategy_entry_cost * agency.city.cost_index
    gains = {source: rules.strategy_horizon * yearly[source] - price for source in new}
    paying = [source for source in new if gains[source] > 0]
    if model.happens(seeking(agency), Stream.ENTRY, agency.id, 0) and paying:

        def drawn(source: Source) -> float:
            return log(max(yearly[source], 1.0)) + model.gumbel(Stream.ENTRY, agency.id, 16 + source)

        enter(model, agency, max(paying, key=drawn), Cause.DIVERSIFYING)
        return
    if paying:
        best = max(paying, key=gains.__getitem__)
        felt = rules.strategy_opportunity * gains[best] / (gains[best] + price)
        if model.happens(felt, Stream.ENTRY, agency.id, 1):
            enter(model, agency, best, Cause.OPPORTUNITY)
            return
    if peer and model.happens(admiration(agency, peer), Stream.ENTRY, agency.id, 2):
        lived_on = max(new, key=peer.year_income, default=None)
        if lived_on is not None and peer.year_income(lived_on) > 0:
            enter(model, agency, lived_on, Cause.IMITATION)


def enter(model: Sector, agency: Agency, source: Source, cause: Cause) -> None:
    """Pay for entry, if a month's staff cost stays in cash; other sources give up part of their effort."""
    rules = model.rules
    price = rules.strategy_entry_cost * agency.city.cost_index
    if agency.cash < price + agency.staff * agency.cost_per_person() / 3.0:
        return
    transfer(model, agency, model.outside[Party.SUPPLIERS], Purpose.ENTRY, round(price))
    for work in agency.work.values():
        work.effort *= 1.0 - rules.strategy_first_effort
    agency.work[source] = SourceWork(rules.strategy_first_effort, rules.strategy_first_capability)
    agency.work = dict(sorted(agency.work.items()))
    record(
        model, Event.ENTERED, cause, agency, agency.district, amount=round(price), persons=agency.staff, source=source
    )
