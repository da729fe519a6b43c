"""Adoption parameters: how cities that do not buy services yet come to do so."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class AdoptionPressure(Group):
    """Pressure from above on a city that does not buy services yet."""

    pressure: float = param(
        0.0,
        "0-1",
        "How strongly the level above asks the city to begin to buy services.",
        "State Council General Office 2013 (no. 96): local governments are to buy services",
        ge=0,
        le=1,
    )


class Adoption(Group):
    """When cities begin to buy services: by wealth, neighbours and pressure from above."""

    rate: float = param(
        0.02,
        "1/year",
        "Hazard of a city of average wealth of which no neighbour buys and to which nobody speaks from above.",
        plausible=(0.005, 0.06),
        ge=0,
        le=5,
    )
    wealth: float = param(
        2.0,
        "elasticity",
        "How the hazard rises with wealth.",
        "Walker 1969; Berry & Berry 1990: richer governments adopt earlier; size free",
        plausible=(1, 4),
        ge=0,
        le=20,
    )
    neighbours: float = param(
        4.0,
        "ratio",
        "What it gains, relative to the rate, where all neighbours buy.",
        "Berry & Berry 1990; Zhang & Zhu 2019: learning and imitation among Chinese governments; size free",
        plausible=(1, 10),
        ge=0,
        le=100,
    )
    mandate: float = param(
        4.0,
        "ratio",
        "What it gains, relative to the rate, at full pressure from above.",
        "Zhu 2014; Zhang & Zhu 2019: top-down diffusion in China; size free",
        plausible=(1, 10),
        ge=0,
        le=100,
    )
