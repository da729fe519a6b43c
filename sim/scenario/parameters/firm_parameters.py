"""Firm parameters: what investors bring, how far they stand by a firm, and how firms differ from nonprofits."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class FirmFounding(Group):
    """What investors bring to a firm that they found, and how it is staffed."""

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
    firm_wage: float = param(
        0.95,
        "ratio",
        "Wage that a firm begins with and aims at, relative to that of a nonprofit with the same income per person.",
        plausible=(0.85, 1),
        gt=0,
        le=2,
    )
    firm_licensed: float = param(
        0.5,
        "ratio",
        "Licence holders among a firm's hires, relative to their usual share, where no district asks firms for them.",
        plausible=(0.3, 1),
        ge=0,
        le=1,
    )
    firm_growth: float = param(
        1.0, "ratio", "New staff that a firm can take on, relative to a nonprofit.", plausible=(1, 3), ge=0, le=20
    )
    disguise: float = param(
        0.3,
        "share",
        "Investors who register their firm as a social work agency.",
        "article, 2010: firms register as agencies; share free",
        plausible=(0, 0.6),
        ge=0,
        le=1,
    )
    firm_example: float = param(
        0.5,
        "weight",
        "Weight of what firms in the city earned in the margin that investors expect, once firms have worked.",
        plausible=(0.2, 0.8),
        ge=0,
        le=1,
    )
