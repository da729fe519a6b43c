"""Room parameters: what rooms shared with other members of an association are worth, and when agencies move."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class Rooms(Group):
    """Rooms that an association shares out, and rooms of one's own."""

    apart: float = param(
        0.4,
        "share",
        "Part of what fellow members teach and guide that reaches who is not in the association's rooms.",
        "article, 2010, for the direction; free",
        plausible=(0.2, 0.8),
        ge=0,
        le=1,
    )
    casework_loss: float = param(
        0.05,
        "share",
        "Quality lost in shared rooms, where cases and groups have no place of their own.",
        "article, 2010, for the direction; free",
        plausible=(0, 0.1),
        ge=0,
        le=1,
    )
    move_out: float = param(
        6.0, "months", "Reserve above which an agency rents rooms of its own.", plausible=(3, 12), ge=0, le=1000
    )
    move_in: float = param(
        1.0, "months", "Reserve below which an agency takes a free room.", plausible=(0, 3), ge=-1000, le=1000
    )
