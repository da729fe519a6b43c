"""Purchasing channel parameters that no jurisdiction sets: commissions, and government social workers."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class Commissions(Group):
    """Small orders that institutions give: surveys, trainings, assessments."""

    value: float = param(
        15_000.0,
        "CNY",
        "Median value of a commission, in prices of the first year.",
        grows_with="contract.price_growth",
        plausible=(6_000, 40_000),
        ge=100,
        le=1e7,
    )
    spread: float = param(0.4, "log sd", "Spread of their values.", plausible=(0.2, 0.8), ge=0, le=2)


class DirectHiring(Group):
    """Social workers whom a government employs itself."""

    premium: float = param(
        0.2, "share", "What job security is paid above the outside wage.", plausible=(0, 0.5), ge=-0.5, le=5
    )
    pull: float = param(
        0.3,
        "1/quarter",
        "Hazard that agencies' staff follow, when as many official posts are open as they are.",
        plausible=(0.1, 0.6),
        ge=0,
        le=5,
    )
    quality: float = param(0.5, "0-1", "Quality of their service.", plausible=(0.35, 0.65), ge=0, le=1)
