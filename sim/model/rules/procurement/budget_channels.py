"""Budget channels: how a government's yearly budget is divided over contracts, institutions, grants and direct hiring.

The shares in force when a year's budget is set hold for that year.  Shares that a ramp or a trigger raised above
1 together are cut in proportion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.arithmetic import to_fen_down
from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.row_types import GovernmentRow


@rule
def total_channel_share(government: GovernmentRow) -> float:
    """Sum of the shares of all channels other than the government's own contracts."""
    total = government.procurement_shares_institutions + government.procurement_shares_commissions
    total += government.procurement_shares_grants
    return total + government.procurement_shares_direct_hiring


@rule
def channel_budget(government: GovernmentRow, share: float) -> int:
    """Yearly money of a channel with this share, fen."""
    return to_fen_down(government.budget * (share / max(total_channel_share(government), 1.0)))


@rule
def allocate_budget_to_channels(government: GovernmentRow) -> None:
    """Divide the year's budget over the channels; the rest goes into the government's own contracts."""
    institutions = channel_budget(government, government.procurement_shares_institutions)
    commissions = channel_budget(government, government.procurement_shares_commissions)
    government.grants_budget = channel_budget(government, government.procurement_shares_grants)
    government.direct_budget = channel_budget(government, government.procurement_shares_direct_hiring)
    others = institutions + commissions + government.grants_budget + government.direct_budget
    government.own_budget = max(government.budget - others, 0)
