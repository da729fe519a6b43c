"""Channels: what of a year's budget goes other ways than into the government's own contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.oracle.government import Government

CHANNELS = ("institutions", "commissions", "grants", "direct_hiring")


def share_out(government: Government) -> None:
    """Divide the year's budget; shares above the whole together are cut in proportion."""
    parts = {channel: part_of_budget(government, channel) for channel in CHANNELS}
    government.grants_budget = parts["grants"]
    government.direct_budget = parts["direct_hiring"]
    government.own_budget = max(government.budget - sum(parts.values()), 0)


def part_of_budget(government: Government, channel: str) -> int:
    """Money of the year for a channel."""
    shares = [getattr(government, f"procurement_shares_{each}") for each in CHANNELS]
    total = 0.0
    for share in shares:
        total += share
    return int(government.budget * (shares[CHANNELS.index(channel)] / max(total, 1.0)))
