"""Channels: the ways that a government's yearly budget can take beside contracts of its own.

The shares in force when a year's budget is set hold for that year.  Shares that a ramp or a trigger drove above
the whole together are cut in proportion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import GovernmentRow


@rule
def total_channel_share(government: GovernmentRow) -> float:
    """All shares of the other channels together, as the levers stand."""
    total = government.procurement_channel_shares_institutions + government.procurement_channel_shares_commissions
    total += government.procurement_channel_shares_grants
    return total + government.procurement_channel_shares_direct_hiring


@rule
def channel_budget(government: GovernmentRow, share: float) -> int:
    """Money of the year for a channel of this share, fen."""
    return int(government.budget * (share / max(total_channel_share(government), 1.0)))


@rule
def allocate_budget_to_channels(government: GovernmentRow) -> None:
    """Divide the year's budget over the channels; the rest goes into the government's own contracts."""
    institutions = channel_budget(government, government.procurement_channel_shares_institutions)
    commissions = channel_budget(government, government.procurement_channel_shares_commissions)
    government.grants_budget = channel_budget(government, government.procurement_channel_shares_grants)
    government.direct_budget = channel_budget(government, government.procurement_channel_shares_direct_hiring)
    others = institutions + commissions + government.grants_budget + government.direct_budget
    government.own_budget = max(government.budget - others, 0)
