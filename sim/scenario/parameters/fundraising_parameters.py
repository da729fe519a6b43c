"""Fundraising parameters: how agencies look for money, and how donors and companies respond."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import LARGEST_AMOUNT, Group, param


class Strategy(Group):
    """How management divides its effort over sources of funding."""

    speed: float = param(
        0.08,
        "1/quarter",
        "Speed at which effort moves towards what an agency aims at.",
        plausible=(0.04, 0.2),
        ge=0,
        le=1,
    )
    drive: float = param(
        0.3,
        "0-1",
        "How strongly an agency that feels dependent, and can afford it, seeks other sources.",
        plausible=(0.1, 0.7),
        ge=0,
        le=1,
    )
    imitation: float = param(
        0.3,
        "ratio",
        "Weight of a peer's sources of income, per unit by which its sustainability is higher.",
        plausible=(0.1, 0.6),
        ge=0,
        le=1,
    )
    opportunity: float = param(
        0.1,
        "1/year",
        "Chance that an agency enters the most rewarding source open to it, as that is worth ever more than its cost.",
        plausible=(0, 0.2),
        ge=0,
        le=1,
    )
    horizon: float = param(
        3.0, "years", "Years of income that agencies hold against the cost of entry.", plausible=(1, 5), ge=0, le=20
    )
    entry_cost: float = param(
        15_000.0,
        "CNY",
        "Cost of entering a source of funding.",
        grows_with="rules.costs.inflation",
        plausible=(5_000, 40_000),
        ge=0,
        le=1e9,
    )
    first_effort: float = param(
        0.1, "share", "Effort given to a source that has just been entered.", plausible=(0.05, 0.2), ge=0, le=0.5
    )
    first_capability: float = param(
        0.15, "0-1", "Capability in a source that has just been entered.", plausible=(0.1, 0.3), ge=0.05, le=1
    )
    founding_capability: float = param(
        0.5, "0-1", "Capability of founders in the sources that they begin with.", plausible=(0.3, 0.7), ge=0.05, le=1
    )
    fees_effort: float = param(
        0.15,
        "share",
        "Effort that founders give to client fees; bids get what other sources leave.",
        plausible=(0.05, 0.3),
        ge=0,
        le=0.5,
    )
    learning: float = param(
        0.08, "1/quarter", "Growth of capability in a source with all effort on it.", plausible=(0.04, 0.15), ge=0, le=1
    )
    forgetting: float = param(0.02, "1/quarter", "Decay of capability in a source.", plausible=(0.01, 0.05), ge=0, le=1)
    half_learning_effort: float = param(
        0.15, "share", "Effort at which learning is half as fast as it can be.", plausible=(0.08, 0.3), gt=0, le=1
    )
    half_effort: float = param(
        0.025,
        "share",
        "Effort, weighted by capability, that wins half of what a source can give.",
        plausible=(0.01, 0.06),
        gt=0,
        le=1,
    )
    give_up: float = param(
        0.02, "share", "Effort below which a source that brings nothing is left.", plausible=(0.01, 0.04), ge=0, le=0.5
    )


class Giving(Group):
    """What donors and companies give."""

    asking_cost: float = param(
        3_000.0,
        "CNY/person/quarter",
        "Cost of asking for donations, if all staff did nothing else.",
        grows_with="rules.costs.inflation",
        plausible=(1_000, 8_000),
        ge=0,
        le=1e9,
    )
    relief_effect: float = param(
        0.5, "ratio", "Rise of donors' pools under full tax relief.", plausible=(0.2, 1), ge=0, le=10
    )
    incentive_effect: float = param(
        0.5,
        "ratio",
        "Rise of companies' budgets, and of their search, under full incentive.",
        plausible=(0.2, 1),
        ge=0,
        le=10,
    )
    search: float = param(
        0.1,
        "probability",
        "Chance that a company with money for another agency looks for one in a quarter.",
        plausible=(0.03, 0.25),
        ge=0,
        le=1,
    )

    size: float = param(
        0.6,
        "elasticity",
        "How asking grows with staff: below 1, small agencies can ask too.",
        plausible=(0.3, 1),
        ge=0,
        le=1,
    )
    match_effect: float = param(
        0.19,
        "ratio",
        "Rise of gifts to an agency whose gifts are matched one to one; higher matches add nothing.",
        "Karlan & List 2007: revenue per letter 19 % higher",
        plausible=(0, 0.4),
        ge=0,
        le=5,
    )


class Donors(Group):
    """Foundations and the public of a city, as one pool."""

    pool: float = param(
        0.0,
        "CNY/year",
        "What they would give for social work if everybody asked.",
        grows_with="donors.growth",
        ge=0,
        le=LARGEST_AMOUNT,
    )
    growth: float = param(0.05, "1/year", "Growth of the pool.", ge=-0.5, le=1)
    cycle: float = param(
        0.8, "elasticity", "How strongly the pool follows the city's economy.", plausible=(0.3, 1.5), ge=0, le=10
    )
    reach: float = param(
        8.0,
        "persons^size",
        "Asking, in people to the power of giving.size with full effort and reputation, that brings half of the pool.",
        plausible=(3, 20),
        gt=0,
        le=1e6,
    )
    calls: float = param(
        0.0,
        "share",
        "Part of what is offered that goes by foundations' calls for projects.",
        plausible=(0, 0.5),
        ge=0,
        le=1,
    )
    project: float = param(
        100_000.0,
        "CNY",
        "Price of a project in a foundations' call, paid over a year.",
        grows_with="rules.costs.inflation",
        plausible=(50_000, 300_000),
        ge=1_000,
        le=1e9,
    )
