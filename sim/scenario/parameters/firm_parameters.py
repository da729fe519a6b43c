"""Firm parameters: what investors bring, how far they stand by a firm, and how firms differ from nonprofits."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class FirmFounding(Group):
    """What investors bring to a firm that they found."""

    firm_capital: float = param(
        300_000.0,
        "CNY",
        "Median of what investors bring to a firm; at least what registration asks.",
        plausible=(100_000, 1_000_000),
        ge=0,
        le=1e9,
    )
    firm_limit: float = param(
        900_000.0,
        "CNY",
        "Most that owners have in a firm, less what they took out, when they add money to it.",
        plausible=(300_000, 3_000_000),
        ge=0,
        le=1e9,
    )
