"""Shock parameters: directors who leave, scandals or failed inspections, purchasers that reorganise."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class Shocks(Group):
    """What strikes agencies from outside the year's plan."""

    director_rate: float = param(
        0.08,
        "1/year",
        "Hazard that a director of long standing leaves an agency without strain.",
        "NonProfit Times 2001: tenures of four years or less are common; level: our judgement",
        plausible=(0.05, 0.2),
        ge=0,
        le=2,
    )
    director_strain: float = param(
        1.0,
        "ratio",
        "Rise of that hazard with three months of wages owed, and with no contract.",
        "Stewart & Diebold 2017: departures half as likely again where spending falls",
        plausible=(0.5, 2),
        ge=0,
        le=10,
    )
    honeymoon: float = param(
        2.0,
        "years",
        "Time in office at which the hazard has reached half of its level.",
        "free",
        plausible=(1, 5),
        ge=0,
        le=40,
    )
    succession_size: float = param(
        4.0,
        "persons",
        "Settled staff at which a successor from within is missing in 37 of 100 cases.",
        "free",
        plausible=(2, 8),
        gt=0,
        le=200,
    )
    backing: float = param(
        0.35,
        "probability",
        "Chance that one of those who back an agency finds a successor.",
        "free; external support lowers deaths: Singh, Tucker & House 1986, Baum & Oliver 1991",
        plausible=(0.2, 0.5),
        ge=0,
        le=1,
    )
    director_loss: float = param(
        0.5,
        "share",
        "Relations lost with a director where nobody within takes over; of reputation and capability half of it.",
        "free",
        plausible=(0.3, 0.7),
        ge=0,
        le=1,
    )
    scandal_rate: float = param(
        0.006,
        "1/year",
        "Hazard of a scandal or failed inspection in an agency of few people.",
        "Civil Affairs bulletin 2012: 429 of 225 000 nonprofit units were punished; purchasers' own finds added",
        plausible=(0.002, 0.02),
        ge=0,
        le=2,
    )
    scandal_size: float = param(
        20.0, "persons", "Staff at which that hazard is 1.7 times as high.", "free", plausible=(10, 50), gt=0, le=10_000
    )
    scandal_loss: float = param(
        0.5, "share", "Reputation and relations lost by it.", "free", plausible=(0.3, 0.7), ge=0, le=1
    )
    scandal_bar: int = param(
        4,
        "quarters",
        "Time for which all purchasers that know the agency bar it.",
        "free",
        plausible=(2, 8),
        ge=0,
        le=80,
    )
    scandal_fatal: float = param(
        0.2,
        "probability",
        "Chance that its registration is revoked for it.",
        "blue book 2019: 1 600 revocations in 2018; share: our judgement",
        plausible=(0.1, 0.4),
        ge=0,
        le=1,
    )
    reorganisation_pause: int = param(
        1,
        "quarters",
        "Time for which a purchaser that was reorganised calls nothing.",
        "free",
        plausible=(1, 3),
        ge=0,
        le=4,
    )
    reorganisation_loss: float = param(
        0.5,
        "share",
        "Relations with a purchaser lost when it is reorganised.",
        "free",
        plausible=(0.3, 0.8),
        ge=0,
        le=1,
    )
