"""Labour and economy parameters of a city: its market for social workers, other licence holders, its cycle."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class Labour(Group):
    """A city's labour market for social workers."""

    pool: int = param(200, "persons", "Qualified people outside the sector at the start.", ge=0, le=1_000_000)
    pool_licensed: float = param(0.15, "share", "Of them, licence holders.", ge=0, le=1)
    graduates: int = param(0, "persons/year", "Graduates a year beyond those of named colleges.", ge=0, le=1_000_000)
    outside_wage: float = param(
        2_600.0,
        "CNY/month",
        "Wage of a graduate outside the sector, first year.",
        "press 2011: 2 500-3 000",
        grows_with="labour.outside_growth",
        ge=100,
        le=1e7,
    )
    outside_growth: float = param(0.06, "1/year", "Growth of the outside wage.", ge=-0.5, le=1)
    entry: float = param(
        0.2,
        "probability",
        "Graduates who look for work in the sector at equal wages.",
        "Yu Miao 2018",
        plausible=(0.1, 0.3),
        gt=0,
        lt=1,
    )
    entry_slope: float = param(
        3.0, "logit", "How entry rises with the log of the wage ratio.", plausible=(1, 6), ge=0, le=50
    )
    exit_rate: float = param(
        0.25, "1/quarter", "Share of the pool that finds work elsewhere.", plausible=(0.15, 0.4), ge=0, le=1
    )
    reentry_rate: float = param(
        0.01,
        "share/quarter",
        "Former practitioners who come back, of those outside.",
        plausible=(0.005, 0.03),
        ge=0,
        le=1,
    )
    exam_entry: float = param(
        0.6, "share", "Unlicensed staff who sit the yearly exam.", plausible=(0.4, 0.8), ge=0, le=1
    )
    other_licensed: int = param(
        0, "persons", "Licence holders with other work at the start, such as staff of offices.", ge=0, le=10_000_000
    )
    other_candidates: int = param(
        0,
        "persons/year",
        "People with other work who sit the exam in the first year of the run.",
        "Feng & Ding 2014: most licence holders work in offices and residents' committees; number free",
        ge=0,
        le=1_000_000,
    )
    other_growth: float = param(
        0.0, "1/year", "Growth of their number from one year to the next.", plausible=(0, 0.4), ge=-0.9, le=1
    )


class Economy(Group):
    """A city's business cycle: a mean-reverting index around 1."""

    reversion: float = param(0.15, "1/quarter", "Speed of return to the mean.", plausible=(0.05, 0.3), ge=0, le=1)
    volatility: float = param(0.02, "log sd/quarter", "Size of shocks.", plausible=(0.01, 0.04), ge=0, le=1)
