"""Finance parameters: what agencies pay for, what clients pay, reserves, and when an agency gives up."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class Costs(Group):
    """What an agency pays for."""

    social_insurance: float = param(
        0.30, "share of wages", "Employer's social insurance.", plausible=(0.2, 0.4), ge=0, le=1
    )
    rent: float = param(
        1_200.0,
        "CNY/person/quarter",
        "Rent for one workplace; none where a host gives rooms.",
        grows_with="rules.costs.inflation",
        plausible=(600, 2_400),
        ge=0,
        le=1e7,
    )
    overhead: float = param(
        900.0,
        "CNY/person/quarter",
        "Materials, travel and office, per person.",
        grows_with="rules.costs.inflation",
        plausible=(450, 1_800),
        ge=0,
        le=1e7,
    )
    fixed: float = param(
        3_000.0,
        "CNY/quarter",
        "Bookkeeping, audit and the like, whatever the size.",
        grows_with="rules.costs.inflation",
        plausible=(1_000, 8_000),
        ge=0,
        le=1e9,
    )
    inflation: float = param(
        0.03, "1/year", "Growth of rent, overhead and fixed costs.", plausible=(0.015, 0.05), ge=-0.2, le=1
    )
    bid: float = param(
        800.0,
        "CNY",
        "Cost of preparing one bid.",
        grows_with="rules.costs.inflation",
        plausible=(300, 3_000),
        ge=0,
        le=1e9,
    )
    wage_share: float = param(
        0.55,
        "share",
        "Share of income per person that a wage can be.",
        "CDB 2018: 0.55-0.60",
        plausible=(0.5, 0.62),
        ge=0.1,
        le=0.9,
    )
    wage_speed: float = param(
        0.25, "1/quarter", "Speed at which wages follow what can be paid.", plausible=(0.1, 0.5), ge=0, le=1
    )
    supervisor_premium: float = param(
        0.3, "share", "Pay of a supervisor above the wage of others.", plausible=(0.1, 0.6), ge=0, le=2
    )
    rent_sharing: float = param(
        0.5,
        "share",
        "Share of what prices allow beyond the outside wage that goes to staff where no post stays open.",
        plausible=(0.0, 1.0),
        ge=0,
        le=1,
    )
    cushion: float = param(
        0.1,
        "share",
        "Part of contract income that a wage leaves free while there is no reserve; none at the wanted reserve.",
        plausible=(0, 0.15),
        ge=0,
        le=0.5,
    )
    least_pace: float = param(
        0.25,
        "ratio",
        "Pace of wage rises without any reserve, relative to that at the wanted reserve.",
        plausible=(0.1, 0.5),
        ge=0,
        le=1,
    )


class Reserves(Group):
    """How much money an agency wants in hand, and how it gets there."""

    target: float = param(
        6.0,
        "months",
        "Median of the reserves that agencies want, in months of cost.",
        "Calabrese 2018: three to six months are advised; half of US nonprofits hold under 2.2",
        plausible=(3, 8),
        ge=0,
        le=60,
    )
    target_spread: float = param(
        0.5, "log sd", "Spread of wanted reserves over agencies.", plausible=(0.3, 0.8), ge=0, le=2
    )
    correction: float = param(
        0.25,
        "1/quarter",
        "Part of the gap between reserve and wanted reserve that a plan closes.",
        "free; partial adjustment as in Fisman & Hubbard 2005",
        plausible=(0.1, 0.35),
        ge=0,
        le=1,
    )
    saving: float = param(
        0.8,
        "share",
        "Most of the money for own posts that goes into a reserve that is short.",
        "free; managers prefer spending to saving: Calabrese 2018",
        plausible=(0.5, 1),
        ge=0,
        le=1,
    )
    planning: float = param(
        0.25, "1/quarter", "Speed at which own posts follow the plan.", plausible=(0.15, 0.5), ge=0, le=1
    )
    anticipation: float = param(
        1.0,
        "share",
        "Part of the surplus that a settlement would probably take which is spent on the contract ahead of it.",
        "free; spending up to the budget",
        plausible=(0.5, 1),
        ge=0,
        le=1,
    )
    dues: float = param(
        0.0, "share", "Part of instalments due and not yet paid that counts as reserve.", plausible=(0, 0.8), ge=0, le=1
    )


class Fees(Group):
    """What clients pay."""

    rate: float = param(
        5.0,
        "CNY/hour",
        "Fee for an hour in a field where all clients pay.",
        plausible=(2, 12),
        ge=0,
        le=1000,
    )
    quality: float = param(
        1.0, "elasticity", "How strongly fees follow the quality of service.", plausible=(0, 2), ge=0, le=2
    )


class Credit(Group):
    """Bridging loans against what purchasers owe."""

    dues: float = param(
        0.7,
        "share",
        "Most of a loan, relative to instalments due and not yet paid.",
        "press, 2016: founders advanced over 700 000 CNY in a year at one Dongguan agency; banks refuse",
        plausible=(0.3, 0.9),
        ge=0,
        le=1,
    )
    months: float = param(2.0, "months", "Most of a loan, in months of cost.", plausible=(1, 4), ge=0, le=24)
    interest: float = param(0.02, "1/quarter", "Interest on a loan.", plausible=(0, 0.04), ge=0, le=0.25)


class Closing(Group):
    """When an agency gives up."""

    support_months: float = param(
        1.0, "months of wages", "Most of an advance.", "article, 2010", plausible=(0.5, 2), ge=0, le=12
    )
    support_gap: int = param(
        12, "quarters", "Time after an advance in which there is no other.", plausible=(8, 20), ge=0, le=80
    )
    support_kept: float = param(
        0.5,
        "months",
        "Cost kept in hand before an advance is repaid.",
        plausible=(0.25, 1),
        ge=0,
        le=12,
    )
    comfortable_reserves: float = param(
        3.0,
        "months",
        "Reserves above which agencies diversify at ease and follow wage guidance.",
        plausible=(1.5, 6),
        ge=0,
        le=60,
    )
    layoff_reserve: float = param(
        3.0, "months", "Reserves below which staff without work are laid off.", plausible=(1, 6), ge=0, le=60
    )
    arrears: float = param(
        3.0,
        "months of wages",
        "Wages and bills owed at which an agency is likely to give up.",
        plausible=(2, 6),
        gt=0,
        le=24,
    )
    insolvent_rate: float = param(
        0.1, "1/quarter", "Hazard of closing at that point.", plausible=(0.05, 0.4), ge=0, le=5
    )
    creditors: float = param(
        4.0,
        "quarters",
        "Time of unpaid wages or bills after which staff and creditors no longer believe in what purchasers owe.",
        plausible=(2, 8),
        ge=1,
        le=40,
    )
    idle: int = param(
        3,
        "quarters",
        "Time without contract after which founders think of stopping; no agency does before.",
        plausible=(2, 6),
        ge=1,
        le=40,
    )
    idle_rate: float = param(
        0.08, "1/quarter", "Hazard of winding up when idle and out of reserves.", plausible=(0.03, 0.2), ge=0, le=5
    )
    exit_after: int = param(
        4, "quarters", "Time under the hurdle after which a for-profit leaves.", plausible=(2, 8), ge=1, le=40
    )
    dividend_reserve: float = param(
        3.0, "months", "Reserves above which a for-profit pays its owners.", plausible=(1.5, 6), ge=0, le=60
    )
    dormancy: int = param(
        8, "quarters", "Time after which a dormant agency is struck off.", plausible=(4, 16), ge=0, le=80
    )
    revival_rate: float = param(
        0.2,
        "1/quarter",
        "Hazard that a dormant agency takes up work again at full prospects.",
        plausible=(0.05, 0.4),
        ge=0,
        le=5,
    )
