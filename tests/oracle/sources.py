"""Sources of funding: which have money where an agency is, and what a beginner would get there in a year."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from sim.declarations.choices import Form, Kind
from sim.declarations.income_sources import Source
from tests.oracle.ordered_sums import add_up

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City

OTHER_MONEY = (Source.DONATIONS, Source.SPONSORSHIP, Source.FEES)
"""Sources that matching grants add to."""


def is_open(agency: Agency, source: Source) -> bool:
    """Whether a source has money for the agency this year."""
    nonprofit = agency.kind == Kind.NONPROFIT
    city, district = agency.city, agency.district
    return {
        Source.DISTRICT_CONTRACTS: True,
        Source.SPECIAL_FUND: city.government.money_for_contracts > 0 and city.government.admits(agency),
        Source.DONATIONS: nonprofit and city.donors.pool > 0,
        Source.SPONSORSHIP: nonprofit and any(sponsor.takes_another for sponsor in city.sponsors),
        Source.FEES: agency.model.rules.fees_rate > 0,
        Source.INSTITUTIONS: any(one.budget > 0 for one in district.institutions) and district.admits(agency),
        Source.COMMISSIONS: any(one.commissions_left > 0 for one in district.institutions) and district.admits(agency),
    }.get(source, False)


def matching_rate(agency: Agency) -> float:
    """What governments add to a CNY raised, as far as they paid such claims last quarter."""
    if agency.kind != Kind.NONPROFIT or agency.form != Form.REGISTERED:
        return 0.0
    both = (agency.district, agency.city.government)
    return add_up(one.grants_matching * one.grants_cover for one in both if one.grants_budget > 0)


def encouragement(model: Sector, city: City) -> float:
    """Factor of the city's incentive on companies' budgets and on their search."""
    return 1.0 + model.rules.giving_incentive_effect * city.government.giving_csr_incentive


def offered_by_donors(model: Sector, city: City, uncounted: int = 0) -> float:
    """Most that donors would give this quarter; agencies that just begin may not count yet."""
    donors = city.donors
    agencies = city.agencies - uncounted
    relief = 1.0 + model.rules.giving_relief_effect * city.government.giving_tax_relief
    known = agencies / (agencies + model.rules.founding_legitimacy)
    return donors.pool / 4.0 * donors.growth_index * exp(donors.cycle * city.economy) * relief * known


def appeal_to_donors(model: Sector, staff: float, worth: float, reputation: float) -> float:
    """Size with falling returns, effort with skill, and the name."""
    return staff**model.rules.giving_size * worth * reputation if staff > 0 else 0.0


def answer_to_match(model: Sector, match: float) -> float:
    """Donors give more where their gift is matched; not more for a higher match than one to one."""
    return 1.0 + model.rules.giving_match_effect * min(match, 1.0)


def beginners_worth(model: Sector) -> float:
    rules = model.rules
    return rules.strategy_first_effort * (0.3 + 0.7 * rules.strategy_founding_capability)


def beginners_gifts(
    model: Sector, city: City, staff: float, reputation: float, match: float, uncounted: int = 0
) -> float:
    """A year's donations to a beginner, beside those who asked last quarter."""
    donors = city.donors
    if donors.pool <= 0:
        return 0.0
    appeal = appeal_to_donors(model, staff, beginners_worth(model), reputation)
    part = 4.0 * offered_by_donors(model, city, uncounted) * appeal / (donors.asked + appeal + donors.reach)
    return part * answer_to_match(model, match)


def billed_fees(agency: Agency, share: float) -> float:
    """A quarter's fees: hours of clients who pay, their means, the quality of service, the share that is billed."""
    model = agency.model
    rules = model.rules
    paying = add_up(hours * part for hours, part in zip(agency.practice, model.paying_share, strict=True))
    rate = rules.fees_rate * agency.city.wage_index * agency.district.wealth
    return paying * rate * (agency.quality / 0.6) ** rules.fees_quality * share


def expected_sponsorship(model: Sector, city: City) -> float:
    """What a company that looks gives on average, times the chance to meet one in a year."""
    looking = [sponsor for sponsor in city.sponsors if sponsor.takes_another]
    if not looking:
        return 0.0
    spur = encouragement(model, city)
    given = add_up(sponsor.budget * spur / (sponsor.agencies + 1.0) for sponsor in looking) / len(looking)
    searches = 4.0 * model.rules.giving_search * spur * len(looking)
    return given * min(searches / (1.0 + 0.1 * city.agencies), 1.0)


def expected_yield(agency: Agency, source: Source) -> float:
    """A year's money for a beginner's effort on an open source."""
    model, city, district = agency.model, agency.city, agency.district
    match = matching_rate(agency)
    if source == Source.DONATIONS:
        gifts = beginners_gifts(model, city, agency.staff, agency.reputation, (1.0 + match) - 1.0)
        return (1.0 + match) * gifts
    if source == Source.SPONSORSHIP:
        return (1.0 + match) * expected_sponsorship(model, city)
    if source == Source.FEES:
        worth = beginners_worth(model)
        return (1.0 + match) * 4.0 * billed_fees(agency, worth / (worth + model.rules.strategy_half_effort))
    if source == Source.SPECIAL_FUND:
        return city.government.money_for_contracts / (1.0 + city.agencies)
    if source == Source.INSTITUTIONS:
        return sum(one.budget for one in district.institutions) / (1.0 + district.agencies)
    if source == Source.COMMISSIONS:
        return sum(one.commissions_left for one in district.institutions) / (1.0 + district.agencies)
    return district.money_for_contracts / (1.0 + district.agencies)
