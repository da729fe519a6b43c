"""Independence and autonomy of an agency: resource independence, voice, operational autonomy, and its quadrant.

The two measures are apart, because an agency can depend on one payer and still decide what it does.
"""

from __future__ import annotations

from math import exp, isnan, log
from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.choices import Form, Origin
from sim.declarations.state_codes import Quadrant
from sim.engine.compilation import rule
from sim.model.rules.shared.agency_voice import fill_wishes, speech_to

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import Numbers, World


@rule
def measure_independence_and_autonomy(world: World, a: int, wishes: Numbers) -> None:
    """Measure resource independence, voice and operational autonomy of an agency, its quadrant and the composite.

    Parameters
    ----------
    a : int
        Index of the agency.
    wishes : float array, shape (fields,)
        Scratch space.
    """
    rules = world.rules[0]
    agency = world.agencies[a]
    measure_resource_independence(world, agency)
    fill_wishes(world, a, wishes)
    measure_voice(world, agency, wishes)
    measure_operational_autonomy(world, agency)
    agency.quadrant = quadrant_of(world, agency)
    if agency.quadrant == Quadrant.UNDEFINED:
        agency.independence = np.nan
        return
    floor = rules.independence_floor
    logs = log(max(agency.resource_independence, floor)) + log(max(agency.operational_autonomy, floor))
    agency.independence = exp(0.5 * logs)


@rule
def measure_resource_independence(world: World, agency: AgencyRow) -> None:
    """Part of income that hangs neither on few payers nor on public money, with reserves and legal standing.

    What own reserves could replace counts as free; without income nothing is measured.
    """
    rules = world.rules[0]
    standing = rules.independence_attached if agency.form == Form.ATTACHED else 1.0
    if agency.officers_in_common:
        standing *= 1.0 - rules.independence_overlap
    if agency.origin == Origin.GOVERNMENT:
        standing *= 1.0 - rules.independence_official
    agency.governance = standing
    if agency.income_year <= 0:
        agency.resource_independence = np.nan
        return
    public = rules.resource_public
    dependence = public * agency.government_share + (1.0 - public) * agency.concentration
    unbridged = rules.resource_bridge / (rules.resource_bridge + max(agency.reserve_year, 0.0))
    agency.resource_independence = (1.0 - dependence * unbridged) * (1.0 - rules.resource_legal * (1.0 - standing))


@rule
def measure_voice(world: World, agency: AgencyRow, wishes: Numbers) -> None:
    """Voice: how far an agency is heard, times how far priorities agree with what it wishes.

    It is a level: it neither fades when a wish is met nor rises with a split that swings.  Home district and city
    count by what their budgets would bring to the district.

    Parameters
    ----------
    agency : row
        Active agency.
    wishes : float array, shape (fields,)
        Its wishes, as shares.
    """
    city = world.cities[agency.city]
    near = float(world.governments[agency.district].budget)
    far = world.governments[city.government].budget / city.districts
    if near + far <= 0:
        near = 1.0
    near /= near + far
    heard_near = world.governments[agency.district].procurement_openness * speech_to(world, agency, agency.district)
    heard_far = world.governments[city.government].procurement_openness * speech_to(world, agency, city.government)
    agreed_near = 0.0
    agreed_far = 0.0
    for f in range(len(wishes)):
        agreed_near += min(world.split[agency.district, f], wishes[f])
        agreed_far += min(world.split[city.government, f], wishes[f])
    agency.heard = near * heard_near + (1.0 - near) * heard_far
    agency.agreement = near * agreed_near + (1.0 - near) * agreed_far
    agency.voice = near * heard_near * agreed_near + (1.0 - near) * heard_far * agreed_far


@rule
def measure_operational_autonomy(world: World, agency: AgencyRow) -> None:
    """Weighted mean of design, judgement, time and voice; not a number in a quarter without service.

    Parts may make up for each other: a geometric mean would let the part nearest zero decide.
    """
    rules = world.rules[0]
    agency.time = 1.0 - agency.administrative
    if isnan(agency.judgement):
        agency.operational_autonomy = np.nan
        agency.autonomy_without_voice = np.nan
        return
    weights = rules.autonomy_design + rules.autonomy_judgement + rules.autonomy_time
    total = rules.autonomy_design * agency.own_share
    total += rules.autonomy_judgement * agency.judgement
    total += rules.autonomy_time * agency.time
    agency.autonomy_without_voice = total / weights if weights > 0 else np.nan
    agency.operational_autonomy = (total + rules.autonomy_voice * agency.voice) / (weights + rules.autonomy_voice)
    agency.last_autonomy = agency.operational_autonomy


@rule
def quadrant_of(world: World, agency: AgencyRow) -> int:
    """Quadrant of an agency in the plane of resource independence and operational autonomy."""
    if isnan(agency.resource_independence) or isnan(agency.operational_autonomy):
        return Quadrant.UNDEFINED
    autonomous = agency.operational_autonomy >= world.rules[0].plane_autonomy
    if agency.resource_independence >= world.rules[0].plane_resource:
        return Quadrant.INDEPENDENT_AUTONOMOUS if autonomous else Quadrant.INDEPENDENT_TIED
    return Quadrant.DEPENDENT_AUTONOMOUS if autonomous else Quadrant.DEPENDENT_TIED
