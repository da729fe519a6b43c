"""Undefined measures: what rules take where a measure of an agency is not a number."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow


@rule
def felt_resource_independence(agency: AgencyRow) -> float:
    """Resource independence as rules read it: 1 without income, because nobody can press who pays nothing."""
    return 1.0 if isnan(agency.resource_independence) else agency.resource_independence
