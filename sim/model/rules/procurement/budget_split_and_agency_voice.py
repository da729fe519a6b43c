"""Budget split over fields of service, and agency voice: how far the split moves towards what agencies argue for."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from sim.declarations.state_codes import Level
from sim.engine.arithmetic import add_up
from sim.engine.compilation import rule
from sim.model.rules.shared.unmet_need import normalised, split_by_need, unmet_hours

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, GovernmentRow
    from sim.model.state.world import Numbers, World

VOICE_YEARS = 4.0
"""Years over which an agency judges whether it was heard."""


@rule
def update_budget_split(world: World, g: int) -> None:
    """Move the split over fields towards need and towards what agencies argue for; update the voice of agencies.

    The need of a field is its unmet hours.  An agency argues for the need of the community where it works and
    for its own skills, in equal parts, with its independence as weight: dependent agencies do not contradict.
    """
    government = world.governments[g]
    old = world.split[g].copy()
    need = split_by_need(world, government)
    argued = split_by_agency_preferences(world, government, g)
    split = world.split[g]
    total = 0.0
    for f in range(len(split)):
        split[f] += government.procurement_need_response * (need[f] - old[f])
        split[f] += government.procurement_openness * (argued[f] - old[f])
        split[f] = max(split[f], 0.0)
        total += split[f]
    if total > 0:
        split /= total
    update_agency_voice(world, g, old)


@rule
def field_preference(world: World, agency: AgencyRow, a: int, f: int) -> float:
    """Weight that an agency gives to field `f`: half by need in its community, half by its own skill."""
    need = world.needs[agency.community, f]
    seen = need.unmet * need.load / max(unmet_hours(world, agency.community), 1e-9)
    return 0.5 * seen + 0.5 * world.skills[a, f] / max(add_up(world.skills[a]), 1e-9)


@rule
def split_by_agency_preferences(world: World, government: GovernmentRow, g: int) -> Numbers:
    """Split that the agencies in a government's area argue for; the present split where there are none.

    Returns
    -------
    float array, shape (fields,)
    """
    argued = world.split[g] * 0.0
    if government.level == Level.DISTRICT:
        add_agency_preferences(world, government, argued)
    else:
        city = world.cities[government.city]
        for d in range(city.first_district, city.first_district + city.districts):
            add_agency_preferences(world, world.governments[d], argued)
    return normalised(argued) if add_up(argued) > 0 else world.split[g].copy()


@rule
def add_agency_preferences(world: World, district: GovernmentRow, argued: Numbers) -> None:
    """Add the preferences of each agency based in a district, weighted by its independence.

    Parameters
    ----------
    district : row
        District government.
    argued : float array, shape (fields,)
        Sum of preferences; changed in place.
    """
    a = district.first_agency
    while a >= 0:
        agency = world.agencies[a]
        for f in range(len(argued)):
            argued[f] += agency.independence * field_preference(world, agency, a, f)
        a = agency.next_in_district


@rule
def update_agency_voice(world: World, g: int, old: Numbers) -> None:
    """Update each agency's voice: how far the gap between plan and wish is closing its way.

    Voice is the share of the gap that `VOICE_YEARS` years would close at this year's pace; the moving
    value moves half of the way to it.  Open disagreement costs relation with a
    government that does not listen.

    Parameters
    ----------
    g : int
        Government.
    old : float array, shape (fields,)
        Split before this year's update.
    """
    government = world.governments[g]
    if government.level == Level.CITY:
        return
    rules = world.rules[0]
    split = world.split[g]
    a = government.first_agency
    while a >= 0:
        agency = world.agencies[a]
        total = 0.0
        for f in range(len(split)):
            total += field_preference(world, agency, a, f)
        moved = 0.0
        gap = 0.0
        for f in range(len(split)):
            wish = field_preference(world, agency, a, f) / max(total, 1e-9) - old[f]
            moved += (split[f] - old[f]) * wish
            gap += wish * wish
        heard = min(max(moved / gap, 0.0), 1.0) if gap > 1e-9 else 1.0
        agency.voice += 0.5 * (1.0 - (1.0 - heard) ** VOICE_YEARS - agency.voice)
        lost = rules.standing_disagreement * agency.independence * sqrt(gap)
        reduce_relation(world, agency, g, lost * (1.0 - government.procurement_openness))
        a = agency.next_in_district


@rule
def reduce_relation(world: World, agency: AgencyRow, g: int, lost: float) -> None:
    """Lower an agency's relation with a government by the share `lost`.

    Parameters
    ----------
    g : int
        Government.
    lost : float
        Share that is lost, 0 to 1.
    """
    tie = agency.first_tie
    while tie >= 0:
        if world.ties[tie].purchaser == g:
            world.ties[tie].relation *= max(1.0 - lost, 0.0)
        tie = world.ties[tie].next
