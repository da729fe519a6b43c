"""Array growth: longer arrays where the next quarter might fill them."""

from __future__ import annotations

import numpy as np

from sim.engine.struct_arrays import as_bytes
from sim.model.state.world import GROWING, GrowingArray, World


def grow_arrays(world: World, needed: dict[GrowingArray, int]) -> World:
    """The same world with space for at least so many more rows of each growing array.

    Parameters
    ----------
    world : World
        State that is to go on.
    needed : dict of GrowingArray to int
        Rows that the next quarter may add.
    """
    arrays = world._asdict()
    done, quarters = int(world.clock[0].quarter), len(world.sector)
    for growing, names in GROWING.items():
        used = int(getattr(world.clock[0], growing.counter))
        wanted = used + needed.get(growing, 0)
        # An array that moves is there twice for that moment, and the later it moves, the more there is of it.  So
        # it gets space for the rest of the run at twice the pace so far; what is never used takes no memory.
        ahead = 2 * used * min(quarters - done, done) // max(done, 1)
        for name in names:
            array = arrays[name]
            if len(array) < wanted:
                length = max(wanted + ahead, len(array) + len(array) // 2)
                longer = np.zeros((length, *array.shape[1:]), dtype=array.dtype)
                as_bytes(longer)[:used] = as_bytes(array)[:used]
                arrays[name] = longer.view(np.recarray) if array.dtype.names else longer
    return World(**arrays)
