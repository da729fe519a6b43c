"""Operating agencies: which of those at work count when the sector is described, and which are idle shells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.state_codes import Stage
from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow

TEAM = 2
"""Paid staff from which an agency is more than a lone director."""


@rule
def is_operating(agency: AgencyRow) -> bool:
    """Whether an agency is at work with a team or a running contract; others at work are idle shells."""
    return bool(agency.stage == Stage.ACTIVE and (agency.staff >= TEAM or agency.contracts > 0))
