"""Company-form groups seek registration where there is work to win: those only counted, and those that are agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Cause
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from tests.oracle.founding_attempt import try_to_found
from tests.oracle.founding_prospects import encouraged, prospects, rate_to_probability
from tests.oracle.new_agency import Founders
from tests.oracle.registration import become_registered, obstacle_at_work

if TYPE_CHECKING:
    from tests.oracle.agency import Agency
    from tests.oracle.government import Government
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import City


def convert_groups(model: Sector, city: City, existing: list[Agency]) -> None:
    """Each district's groups first, then the agencies of company form."""
    for district in city.districts:
        if district.commercial_groups > 0:
            rate = conversion_rate(model, district) * district.commercial_groups
            if model.happens(rate_to_probability(rate), Stream.CONVERSION, district.id, 0):
                group = Founders(district, district.id, Origin.CONVERTED)
                district.commercial_groups -= try_to_found(model, district, group)
    for agency in existing:
        if agency.form == Form.COMMERCIAL and agency.kind == Kind.NONPROFIT:
            rate = conversion_rate(model, agency.district)
            if model.happens(rate_to_probability(rate), Stream.CONVERSION, agency.id, 0):
                convert(model, agency)


def conversion_rate(model: Sector, district: Government) -> float:
    return model.rules.founding_conversion_rate * encouraged(district) * prospects(model, district)


def convert(model: Sector, agency: Agency) -> None:
    """It keeps all that it has, and half of the effort on donors goes to bids for district contracts."""
    district = agency.district
    if obstacle_at_work(model, agency) != Cause.NONE:
        return
    moved = 0.0
    if Source.DONATIONS in agency.work:
        moved = 0.5 * agency.work[Source.DONATIONS].effort
        agency.work[Source.DONATIONS].effort -= moved
    agency.work[Source.DISTRICT_CONTRACTS].effort += moved
    tie = agency.tie_with(district)
    tie.relation = max(tie.relation, model.rules.founding_relation * district.promotion_push)
    become_registered(model, agency, Cause.GROUP_CONVERTED)
