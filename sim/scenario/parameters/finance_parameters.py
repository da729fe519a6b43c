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
    bid_share: float = param(
        0.002,
        "share",
        "Further cost of a bid, for each CNY of a lot's yearly ceiling price.",
        "PwC, London Economics & Ecorys 2011: all parties spend under 1.3 % of a call's value, with five to six bids",
        plausible=(0.002, 0.02),
        ge=0,
        le=0.2,
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
    layoff_speed: float = param(
        0.5,
        "1/quarter",
        "Part of the settled staff without work that is laid off; people in their first year go at once.",
        plausible=(0.3, 1),
        ge=0,
        le=1,
    )
    severance: float = param(
        1.0,
        "months/year",
        "Pay for who is laid off by an agency that ever held a contract, per year in post.",
        "Labour Contract Law 2008, Art. 46 and 47",
        plausible=(0.5, 1.5),
        ge=0,
        le=3,
    )
    lease: float = param(
        0.25,
        "1/quarter",
        "Part of the rented workplaces without people that can be given up.",
        plausible=(0.2, 0.5),
        ge=0,
        le=1,
    )
    patience: int = param(
        2,
        "quarters",
        "Time without contract after which founders think of giving up; no agency does before.",
        plausible=(1, 4),
        ge=0,
        le=40,
    )
    give_up_rate: float = param(
        0.25,
        "1/quarter",
        "Hazard of giving up after that time without any income, reserve or prospect.",
        plausible=(0.15, 0.5),
        ge=0,
        le=5,
    )
    rest_debts: float = param(
        1.0,
        "months of wages",
        "Debts beyond cash with which a registered nonprofit can still become dormant; they are lost.",
        plausible=(0, 3),
        ge=0,
        le=24,
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
