"""Grants: core, incubation and matching, out of a share of the budget; cut in proportion where that is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Purpose
from sim.declarations.choices import Form, Kind
from sim.declarations.income_sources import Source
from tests.oracle.money import transfer
from tests.oracle.sources import OTHER_MONEY

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City

KINDS = {
    Purpose.CORE_GRANT: "core_grants",
    Purpose.INCUBATION: "incubation_grants",
    Purpose.MATCHING_GRANT: "matching_grants",
}


def pay_grants(model: Sector, city: City) -> None:
    """Every government pays its grants: a district to agencies based there, the city to all."""
    for government in city.purchasers:
        for name in KINDS.values():
            setattr(government, name, 0)
        if government.grants_budget <= 0:
            continue
        districts = city.districts if government.is_city else [government]
        agencies = [agency for district in districts for agency in district.home_agencies]
        claims = {agency: claims_of(model, government, agency) for agency in agencies}
        budget, season = government.grants_budget, model.season
        pot = min(budget * (season + 1) // 4 - budget * season // 4, government.cash)
        wanted = sum(sum(claim.values()) for claim in claims.values())
        part = min(max(pot, 0) / wanted, 1.0) if wanted > 0 else 1.0
        government.grants_cover = part
        if pot <= 0:
            continue
        for agency, claim in claims.items():
            for purpose, amount in claim.items():
                given = int(amount * part)
                transfer(model, government, agency, purpose, given)
                setattr(government, KINDS[purpose], getattr(government, KINDS[purpose]) + given)
                if given > 0:
                    agency.book(Source.GRANTS, given)
                    agency.tie_with(government).income[model.season] += given


def claims_of(model: Sector, government: Government, agency: Agency) -> dict[Purpose, int]:
    """What an agency can claim from a government this quarter."""
    claims = dict.fromkeys(KINDS, 0)
    if agency.kind != Kind.NONPROFIT or agency.form == Form.COMMERCIAL:
        return claims
    if model.quarter - agency.founded < 4:
        claims[Purpose.INCUBATION] = int(government.grants_incubation / 4.0)
    if agency.form == Form.REGISTERED:
        if agency.reputation >= government.grants_reputation:
            claims[Purpose.CORE_GRANT] = int(government.grants_core / 4.0)
        raised = sum(agency.incomes[(model.season - 1) % 4][source] for source in OTHER_MONEY)
        claims[Purpose.MATCHING_GRANT] = int(government.grants_matching * raised)
    return claims
