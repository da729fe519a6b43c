"""Lot attention: which lots an agency notices where a purchaser calls more than it can study.

Each lot has a draw of its own, so that one lot more or less leaves what is noticed of the others unchanged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.random_streams import Stream
from sim.engine.compilation import rule
from sim.engine.order_statistics import quickselect
from sim.engine.rng.philox import uniform

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, ContractRow, GovernmentRow
    from sim.model.state.world import World


@rule
def attention_draw(world: World, agency: AgencyRow, lot: ContractRow) -> float:
    """Draw that orders lots by attention, the smallest first; keyed by agency and lot."""
    return uniform(world.clock[0], Stream.BID_ATTENTION, agency.id, lot.id)


@rule
def attention_cutoff(world: World, agency: AgencyRow, government: GovernmentRow, attention: int) -> float:
    """Largest draw among the lots of a government that an agency notices with its limited attention."""
    drawn = np.empty(government.lots, np.float64)
    for n in range(government.lots):
        drawn[n] = attention_draw(world, agency, world.contracts[government.first_lot + n])
    quickselect(drawn, 0, attention - 1)
    return drawn[attention - 1]
