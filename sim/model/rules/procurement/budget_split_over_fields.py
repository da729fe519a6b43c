"""Budget split over fields of service: how it moves towards plan, need and what agencies argue for.

Open disagreement with a district that does not listen costs an agency relation.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from sim.declarations.state_codes import Level
from sim.engine.arithmetic import squared
from sim.engine.compilation import rule
from sim.model.rules.shared.agency_voice import fill_wishes, speech_to
from sim.model.rules.shared.undefined_measures import felt_resource_independence
from sim.model.rules.shared.unmet_need import normalised, split_by_need

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, GovernmentRow
    from sim.model.state.world import Numbers, World


@rule
def update_budget_split(world: World, g: int) -> None:
    """Move the split over fields part of the way to its aim: plan, need, and what agencies argue for as far as heard.

    Budgets are incremental and governments have aims of their own, so the plan stays an anchor: what is wanted enters
    as a level, and the split can neither overshoot nor swing.  All weights are shares, so it stays a split.
    """
    government = world.governments[g]
    split = world.split[g]
    argued = split * 0.0
    government.hearing = government.procurement_openness * collect_arguments(world, government, g, argued)
    if government.level == Level.DISTRICT:
        charge_disagreement(world, g)
    need = split_by_need(world, government)
    turn = 0.0
    for f in range(len(split)):
        planned = (1.0 - government.procurement_need_response) * world.plan[g, f]
        planned += government.procurement_need_response * need[f]
        aim = (1.0 - government.hearing) * planned + government.hearing * argued[f]
        move = world.rules[0].voice_speed * (aim - split[f])
        split[f] += move
        turn += 0.5 * abs(move)
    government.turn = turn


@rule
def collect_arguments(world: World, government: GovernmentRow, g: int, argued: Numbers) -> float:
    """Write the split that the operating agencies of a government's area argue for; return how openly they speak.

    Each counts by its staff, so that many small agencies do not outweigh those who do most of the work.

    Parameters
    ----------
    government : row
        A city's listens to the agencies of all its districts.
    g : int
        Its index.
    argued : float array, shape (fields,)
        Shares that sum to 1; equal ones where nobody speaks.  Changed in place.

    Returns
    -------
    float
        Mean speech weighted by staff, 0 to 1; 0 where nobody works.
    """
    first = g
    districts = 1
    if government.level == Level.CITY:
        city = world.cities[government.city]
        first = city.first_district
        districts = city.districts
    staff = 0.0
    spoken = 0.0
    wishes = argued * 0.0
    for d in range(first, first + districts):
        a = world.governments[d].first_agency
        while a >= 0:
            agency = world.agencies[a]
            if agency.operating:
                weight = agency.staff * speech_to(world, agency, g)
                staff += agency.staff
                spoken += weight
                fill_wishes(world, a, wishes)
                for f in range(len(argued)):
                    argued[f] += weight * wishes[f]
            a = agency.next_in_district
    normalised(argued)
    return spoken / staff if staff > 0 else 0.0


@rule
def charge_disagreement(world: World, g: int) -> None:
    """Lower relations with a district that does not listen: agencies independent in resources disagree openly.

    They lose the more, the further the split of the year before is from what they wish.
    """
    government = world.governments[g]
    deaf = 1.0 - government.procurement_openness
    wishes = world.split[g] * 0.0
    a = government.first_agency
    while a >= 0:
        agency = world.agencies[a]
        fill_wishes(world, a, wishes)
        gap = 0.0
        for f in range(len(wishes)):
            gap += squared(wishes[f] - world.split[g, f])
        lost = world.rules[0].standing_disagreement * felt_resource_independence(agency) * sqrt(gap)
        reduce_relation(world, agency, g, lost * deaf)
        a = agency.next_in_district


@rule
def reduce_relation(world: World, agency: AgencyRow, g: int, lost: float) -> None:
    """Lower an agency's relation with a government by the share `lost`.

    Parameters
    ----------
    g : int
        Government.
    lost : float
        Share that is lost; all where it is above 1.
    """
    tie = agency.first_tie
    while tie >= 0:
        if world.ties[tie].purchaser == g:
            world.ties[tie].relation *= max(1.0 - lost, 0.0)
        tie = world.ties[tie].next
