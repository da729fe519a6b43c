"""Company-form groups: groups that work under a company's registration turn nonprofit where there is work to win.

A scenario gives their number by district, or names them as agencies of company form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Cause
from sim.declarations.income_sources import Source
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Stage
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.lifecycle.agency_registration import agency_obstacle, register_agency
from sim.model.rules.lifecycle.founding_attempt import try_to_found_agency
from sim.model.rules.lifecycle.founding_prospects import nonprofit_prospects
from sim.model.rules.lifecycle.founding_teams import Founders, promotion_effect
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability
from sim.model.rules.shared.relations_and_presence import ensure_tie

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow, GovernmentRow
    from sim.model.state.world import World


@rule
def convert_groups(world: World, city: CityRow) -> None:
    """Let groups of company form seek registration: those that are only counted, then those that are agencies."""
    clock = world.clock[0]
    for g in range(city.first_district, city.first_district + city.districts):
        government = world.governments[g]
        if government.commercial_groups <= 0:
            continue
        rate = conversion_rate(world, government) * government.commercial_groups
        if bernoulli(clock, rate_to_probability(rate), Stream.CONVERSION, government.id, 0):
            founders = Founders(Party.GOVERNMENT, g, government.id, Origin.CONVERTED, Kind.NONPROFIT, 0)
            if try_to_found_agency(world, g, founders):
                government.commercial_groups -= 1
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        group = agency.form == Form.COMMERCIAL and agency.kind == Kind.NONPROFIT
        if not group or agency.stage != Stage.ACTIVE:
            continue
        rate = conversion_rate(world, world.governments[agency.district])
        if bernoulli(clock, rate_to_probability(rate), Stream.CONVERSION, agency.id, 0):
            seek_registration(world, agency)


@rule
def conversion_rate(world: World, government: GovernmentRow) -> float:
    """Hazard that one group seeks registration in a district, 1/quarter."""
    rate = world.rules[0].founding_conversion_rate * promotion_effect(government)
    return rate * nonprofit_prospects(world, government)


@rule
def seek_registration(world: World, agency: AgencyRow) -> None:
    """Register an agency of company form if nothing stands in the way: it keeps all that it has and begins to bid."""
    government = world.governments[agency.district]
    if agency_obstacle(world, agency) != Cause.NONE:
        return
    moved = 0.5 * agency.effort[Source.DONATIONS]
    agency.effort[Source.DONATIONS] -= moved
    agency.effort[Source.DISTRICT_CONTRACTS] += moved
    tie = world.ties[ensure_tie(world, agency.index, agency.district)]
    tie.relation = max(tie.relation, world.rules[0].founding_relation * government.promotion_push)
    register_agency(world, agency, Cause.GROUP_CONVERTED)
