"""Panel data: a copy of every entity's state each quarter, from which the tables of a run are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Stage
from sim.engine.compilation import rule
from sim.model.state.row_adding import add_panel_row

if TYPE_CHECKING:
    from sim.model.state.world import World


@rule
def copy_panels(world: World) -> None:
    """Copy the rows of active agencies, and of all other entities, into the panels."""
    quarter = world.clock[0].quarter
    copy_agencies(world)
    for c in range(len(world.communities)):
        world.community_panel[quarter, c] = world.communities[c]
        for f in range(world.needs.shape[1]):
            world.unmet_panel[quarter, c, f] = world.needs[c, f].unmet
    for g in range(len(world.governments)):
        world.government_panel[quarter, g] = world.governments[g]
        for f in range(world.split.shape[1]):
            world.split_panel[quarter, g, f] = world.split[g, f]
    for n in range(len(world.associations)):
        world.association_panel[quarter, n] = world.associations[n]
    for n in range(len(world.institutions)):
        world.institution_panel[quarter, n] = world.institutions[n]
    for n in range(len(world.cities)):
        world.city_panel[quarter, n] = world.cities[n]


@rule
def copy_agencies(world: World) -> None:
    """Add a row to the panel for every active agency."""
    clock = world.clock[0]
    for a in range(clock.agencies):
        if world.agencies[a].stage != Stage.ACTIVE:
            continue
        row = add_panel_row(world)
        world.panel[row] = world.agencies[a]
        world.panel_rows[row, 0] = clock.quarter
        world.panel_rows[row, 1] = a
        for f in range(world.skills.shape[1]):
            # One by one: numba compiles an array's assignment with the words of its error for seconds.
            world.panel_skills[row, f] = world.skills[a, f]
