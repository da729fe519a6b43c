"""Agency voice: what an agency wishes a budget to be spent on, and how openly it speaks to a government."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.arithmetic import add_up
from sim.engine.compilation import rule
from sim.model.rules.shared.relations_and_presence import relation_with
from sim.model.rules.shared.unmet_need import unmet_hours

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow
    from sim.model.state.world import Numbers, World


@rule
def fill_wishes(world: World, a: int, wishes: Numbers) -> None:
    """Write what an agency wishes a budget to be spent on: half as need in its community is, half as its skill is.

    Parameters
    ----------
    a : int
        Index of the agency.
    wishes : float array, shape (fields,)
        Shares that sum to 1, or all 0 where it has neither need before it nor skill; changed in place.
    """
    c = world.agencies[a].community
    unmet = max(unmet_hours(world, c), 1e-9)
    skill = max(add_up(world.skills[a]), 1e-9)
    total = 0.0
    for f in range(len(wishes)):
        need = world.needs[c, f]
        wishes[f] = 0.5 * (need.unmet * need.load / unmet) + 0.5 * world.skills[a, f] / skill
        total += wishes[f]
    for f in range(len(wishes)):
        wishes[f] /= max(total, 1e-9)


@rule
def speech_to(world: World, agency: AgencyRow, g: int) -> float:
    """How openly an agency speaks to government `g`, 0 to 1: ties give access, compliance holds back."""
    rules = world.rules[0]
    access = rules.voice_access + (1.0 - rules.voice_access) * relation_with(world, agency, g)
    return access * (1.0 - rules.voice_restraint * agency.compliance)
