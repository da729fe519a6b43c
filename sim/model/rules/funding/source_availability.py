"""Source availability: which sources of funding have anything to give to an agency where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Form, Kind
from sim.declarations.income_sources import Source
from sim.engine.compilation import rule
from sim.model.rules.contracts.contract_eligibility import may_hold_contracts

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, GovernmentRow, SponsorRow
    from sim.model.state.world import World


@rule
def seeks_another_agency(sponsor: SponsorRow) -> bool:
    """Whether a company has any money for agencies, and sponsors fewer than it would."""
    return bool(sponsor.agencies < sponsor.agencies_limit and sponsor.budget > 0)


@rule
def seeking_sponsors(world: World, city: CityRow) -> int:
    """Companies of a city that look for another agency."""
    seeking = 0
    for n in range(city.first_sponsor, city.first_sponsor + city.sponsors):
        seeking += 1 if seeks_another_agency(world.sponsors[n]) else 0
    return seeking


@rule
def institution_budgets(world: World, district: GovernmentRow) -> int:
    """Money of the year with which the institutions of a district buy contracts, fen."""
    money = 0
    for i in range(district.first_institution, district.first_institution + district.institutions):
        money += world.institutions[i].budget
    return int(money)


@rule
def commission_budgets(world: World, district: GovernmentRow) -> int:
    """Money for commissions that the institutions of a district have left this year, fen."""
    money = 0
    for i in range(district.first_institution, district.first_institution + district.institutions):
        money += world.institutions[i].commissions_left
    return int(money)


@rule
def is_source_available(world: World, agency: AgencyRow, s: int) -> bool:
    """Whether a source has money for an agency this year."""
    city = world.cities[agency.city]
    if s == Source.SPECIAL_FUND:
        government = world.governments[city.government]
        return bool(government.own_budget > 0 and may_hold_contracts(government, agency))
    if s == Source.DONATIONS:
        return bool(world.donors[agency.city].pool > 0 and agency.kind == Kind.NONPROFIT)
    if s == Source.SPONSORSHIP:
        return bool(agency.kind == Kind.NONPROFIT and seeking_sponsors(world, city) > 0)
    if s == Source.FEES:
        return bool(world.rules[0].fees_rate > 0)
    district = world.governments[agency.district]
    if s == Source.INSTITUTIONS:
        return bool(institution_budgets(world, district) > 0 and may_hold_contracts(district, agency))
    if s == Source.COMMISSIONS:
        return bool(commission_budgets(world, district) > 0 and may_hold_contracts(district, agency))
    return s == Source.DISTRICT_CONTRACTS


@rule
def matching_rate(world: World, agency: AgencyRow) -> float:
    """Matching grants per CNY that an agency raises, as far as last quarter's claims were paid.

    District and city match donations, sponsorship and fees of registered nonprofits; 0 for others.
    """
    if agency.form != Form.REGISTERED or agency.kind != Kind.NONPROFIT:
        return 0.0
    district = world.governments[agency.district]
    city = world.governments[world.cities[agency.city].government]
    return matching_in_force(district) + matching_in_force(city)


@rule
def matching_in_force(government: GovernmentRow) -> float:
    """Matching grants of a government per CNY raised, as far as last quarter's claims were paid."""
    return government.grants_matching * government.grants_cover if government.grants_budget > 0 else 0.0
