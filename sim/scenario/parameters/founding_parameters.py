"""Founding parameters: who founds agencies and when, and what becomes of those who are refused."""

from __future__ import annotations

from sim.scenario.parameters.firm_parameters import FirmFounding
from sim.scenario.parameters.parameter_spec import LARGEST_AMOUNT, param


class Founding(FirmFounding):
    """Who founds agencies, and when."""

    college_rate: float = param(
        1.0, "1/quarter", "Hazard per college at full push and prospects.", plausible=(0.4, 2), ge=0, le=5
    )
    spin_off_rate: float = param(
        0.06, "1/quarter", "Hazard per agency large enough, at full prospects.", plausible=(0.02, 0.12), ge=0, le=5
    )
    spin_off_size: int = param(
        8, "persons", "Settled staff from which a spin-off can come.", plausible=(5, 15), ge=1, le=500
    )
    chain_rate: float = param(
        0.05,
        "1/quarter",
        "Hazard that an agency large enough founds a sister in another city, at full prospects there.",
        plausible=(0.01, 0.2),
        ge=0,
        le=5,
    )
    conversion_rate: float = param(
        1.0,
        "1/quarter",
        "Hazard that a company-form group seeks registration, at full push and prospects.",
        plausible=(0.4, 2),
        ge=0,
        le=5,
    )
    for_profit_rate: float = param(
        0.4,
        "1/quarter",
        "Hazard of entry per district per unit of margin over the hurdle, at a sure chance to win and full prospects.",
        plausible=(0.1, 1.5),
        ge=0,
        le=5,
    )
    hurdle: float = param(0.08, "share", "Margin below which no investor enters.", plausible=(0.04, 0.15), ge=-1, le=1)
    legitimacy: float = param(
        6.0,
        "agencies",
        "Agencies in a city at which the form is half taken for granted.",
        plausible=(3, 12),
        gt=0,
        le=1000,
    )
    viable_income: float = param(
        300_000.0,
        "CNY/year",
        "Yearly purchasing that makes a newcomer viable.",
        grows_with="rules.costs.inflation",
        plausible=(150_000, 600_000),
        ge=1,
        le=1e9,
    )
    contestable_share: float = param(
        0.04,
        "share",
        "Share of purchasing under contract that founders think they could win.",
        plausible=(0.02, 0.08),
        ge=0,
        le=1,
    )
    relation: float = param(
        0.4,
        "0-1",
        "Relation that nonprofit founders begin with where officials push fully.",
        plausible=(0.2, 0.6),
        ge=0,
        le=1,
    )
    staff: int = param(5, "persons", "Median founding size.", "article, 2010: 2 to 10", plausible=(3, 8), ge=1, le=100)
    staff_spread: float = param(0.35, "log sd", "Spread of founding sizes.", plausible=(0.2, 0.6), ge=0, le=2)
    founder_cash: float = param(
        60_000.0, "CNY", "What founders bring, and can show as capital.", plausible=(30_000, 120_000), ge=0, le=1e9
    )
    skill: float = param(0.45, "0-1", "Skill of founders in their own field.", plausible=(0.3, 0.6), ge=0, le=1)
    skill_elsewhere: float = param(0.15, "0-1", "Skill of founders in other fields.", plausible=(0.05, 0.3), ge=0, le=1)
    licensed: float = param(0.35, "share", "Founding staff who hold a licence.", plausible=(0.2, 0.6), ge=0, le=1)
    mission: float = param(
        0.6, "0-1", "Founders' orientation towards development of communities.", plausible=(0.4, 0.8), ge=0, le=1
    )
    join_probability: float = param(
        0.7,
        "probability",
        "Chance that a new agency joins an association open to it.",
        plausible=(0.4, 0.9),
        ge=0,
        le=1,
    )
    runway: float = param(
        2.0,
        "quarters",
        "Time that founders' money must last for the people they begin with.",
        plausible=(1, 4),
        gt=0,
        le=40,
    )
    attach: float = param(
        0.5,
        "probability",
        "Chance that founders who cannot register attach themselves to an association with room.",
        plausible=(0.2, 0.8),
        ge=0,
        le=1,
    )
    retry: float = param(
        0.5,
        "1/quarter",
        "Hazard at full prospects that founders who were refused try again.",
        plausible=(0.2, 1),
        ge=0,
        le=5,
    )
    waiting_fade: float = param(
        0.06, "1/quarter", "Hazard that founders who were refused give up.", plausible=(0.03, 0.1), ge=0, le=5
    )
    trust: float = param(
        0.5,
        "share",
        "Part of officials' reserve that a full relation or a long record takes away.",
        plausible=(0, 1),
        ge=0,
        le=1,
    )
    record: float = param(
        5.0, "years", "Time at work after which officials know most of an agency.", plausible=(3, 10), gt=0, le=100
    )
    corporate_rate: float = param(
        0.1,
        "1/quarter",
        "Hazard that a company of full drive founds an agency where all need is unmet.",
        plausible=(0.03, 0.3),
        ge=0,
        le=5,
    )
    corporate_money: float = param(
        100_000.0,
        "CNY/year",
        "Money left for each agency without which a company founds no further one.",
        plausible=(50_000, 200_000),
        ge=0,
        le=LARGEST_AMOUNT,
    )
    official_rate: float = param(
        0.4,
        "1/quarter",
        "Hazard that officials who push fully, with a budget that nobody takes, have an agency founded.",
        plausible=(0.1, 0.8),
        ge=0,
        le=5,
    )
    official_relation: float = param(
        0.5, "0-1", "Least relation of such an agency with its district's government.", plausible=(0.3, 0.8), ge=0, le=1
    )
