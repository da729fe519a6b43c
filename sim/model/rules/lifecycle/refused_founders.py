"""Refused founders: those whom no government unit would supervise wait, and try again while they see prospects.

How hard they are to accept was drawn once, so trying again helps only after officials have become more open, or know
them better; a reform of registration lets in those who stood between the old rule and the new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Kind, Origin
from sim.declarations.events_and_causes import Cause
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Stage
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.lifecycle.founding_attempt import attempt_founding
from sim.model.rules.lifecycle.founding_by_companies_and_officials import can_afford_another_agency
from sim.model.rules.lifecycle.founding_prospects import nonprofit_prospects
from sim.model.rules.lifecycle.founding_teams import Founders, affords_sister, founds_elsewhere
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability
from sim.model.rules.shared.unmet_need import mean_pressure

if TYPE_CHECKING:
    from sim.model.state.row_types import CityRow, RefusedFounderRow
    from sim.model.state.world import World


@rule
def let_refused_founders_try(world: World, city: CityRow) -> None:
    """Let the refused founders of a city give up, try again, or go on waiting; not in the quarter of the refusal."""
    previous = -1
    j = city.first_refused
    while j >= 0:
        refused = world.refused[j]
        following = refused.next
        leaves = False
        if refused.since < world.clock[0].quarter:
            leaves = gives_up_waiting(world, refused) or tries_again(world, city, refused)
        if leaves:
            remove_refused(world, city, j, previous)
        else:
            previous = j
        j = following


@rule
def gives_up_waiting(world: World, refused: RefusedFounderRow) -> bool:
    """Draw whether founders cease to wait; a group lives on as a company and does not, staff need their sister."""
    if refused.party == Party.AGENCY and world.agencies[refused.which].stage != Stage.ACTIVE:
        return True
    if refused.origin == Origin.CONVERTED:
        return False
    fades = rate_to_probability(world.rules[0].founding_waiting_fade)
    return bernoulli(world.clock[0], fades, Stream.WAITING, refused.id, 0)


@rule
def tries_again(world: World, city: CityRow, refused: RefusedFounderRow) -> bool:
    """Draw whether refused founders try again this quarter; return whether they begin to work."""
    rate = world.rules[0].founding_retry * reason_to_found(world, city, refused)
    if not bernoulli(world.clock[0], rate_to_probability(rate), Stream.WAITING, refused.id, 1):
        return False
    founders = founders_of(refused)
    obstacle = attempt_founding(world, refused.district, founders, refused.id, refused.acceptance, False)
    return bool(obstacle == Cause.NONE)


@rule
def founders_of(refused: RefusedFounderRow) -> Founders:
    """Founders who wait; only those of nonprofits do."""
    return Founders(refused.party, refused.which, refused.founder_id, refused.origin, Kind.NONPROFIT, refused.leaving)


@rule
def reason_to_found(world: World, city: CityRow, refused: RefusedFounderRow) -> float:
    """What moves refused founders, from 0 to 1: need for a company that can pay, prospects for all others.

    An agency of another city has no reason while it cannot pay for a sister.
    """
    district = world.governments[refused.district]
    if founds_elsewhere(founders_of(refused)) and not affords_sister(world, world.agencies[refused.which], district):
        return 0.0
    if refused.party != Party.SPONSOR:
        return nonprofit_prospects(world, district)
    return (
        mean_pressure(world, district) if can_afford_another_agency(world, city, world.sponsors[refused.which]) else 0.0
    )


@rule
def remove_refused(world: World, city: CityRow, j: int, previous: int) -> None:
    """Take founders out of the chain of their city and free their record; `previous` is the one before, -1 for none."""
    clock = world.clock[0]
    refused = world.refused[j]
    if previous < 0:
        city.first_refused = refused.next
    else:
        world.refused[previous].next = refused.next
    refused.next = clock.free_refused
    clock.free_refused = j
    city.refused_founders -= 1
