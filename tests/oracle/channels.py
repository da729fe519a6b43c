"""Budget channels: the division of a yearly budget over contracts, institutions, grants and direct hiring."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.oracle.government import Government

CHANNELS = ("institutions", "commissions", "grants", "direct_hiring")


def divide_budget(government: Government) -> None:
    """Divide the year's budget; shares above 1 together are cut in proportion."""
    parts = {channel: part_of_budget(government, channel) for channel in CHANNELS}
    government.grants_budget = parts["grants"]
    government.direct_budget = parts["direct_hiring"]
    government.own_budget = max(government.budget - sum(parts.values()), 0)


def part_of_budget(government: Government, channel: str) -> int:
    """Yearly money of a channel."""
    shares = [getattr(government, f"procurement_shares_{each}") for each in CHANNELS]
    total = 0.0
    for share in shares:
        total += share
    return int(government.budget * (shares[CHANNELS.index(channel)] / max(total, 1.0)))
