"""Empty world: its arrays before anything is written into them."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.declarations.sector_outcomes import SECTOR
from sim.engine.struct_arrays import number_table
from sim.model.state.government_fields import LEVERS
from sim.model.state.world import World
from sim.model.state.world_arrays import LAYOUTS, ArraySpec, WorldCounts, world_arrays


def empty_world(counts: WorldCounts) -> World:
    """Arrays of fresh records for so many of each kind.

    Parameters
    ----------
    counts : WorldCounts
        How many of each kind.
    """
    arrays: dict[str, Any] = {name: allocate(spec) for name, spec in world_arrays(counts).items()}
    arrays["lever_values"] = number_table(arrays["governments"], len(LEVERS))
    arrays["outcome_values"] = number_table(arrays["sector"], len(SECTOR))
    return World(**arrays)


def allocate(spec: ArraySpec) -> Any:
    """One array as it is declared."""
    if spec.kind in LAYOUTS:
        layout = LAYOUTS[spec.kind]
        return layout.untouched(*spec.shape) if spec.untouched else layout.fresh(*spec.shape)
    return (np.empty if spec.untouched else np.zeros)(spec.shape, spec.kind)
