"""Policy levers: what a jurisdiction can set, and a dated policy can change.

A city government and a district government buy with the same instruments; the city's purchasing is its
special fund, a district's its own contracts.  Each number below is a field of the government's record
under the same name (``contract.value`` is ``government.contract_value``), so a lever is declared once.
"""

from __future__ import annotations

from typing import Annotated, Literal

from sim.declarations.choices import Admission, Applicants, ContractForm, Pricing, Regime, TooFew
from sim.scenario.parameters.adoption_parameters import AdoptionPressure
from sim.scenario.parameters.assessment_parameters import Assessment, Assessors
from sim.scenario.parameters.parameter_spec import LARGEST_AMOUNT, Codes, Group, param
from sim.scenario.parameters.payment_parameters import DistrictPayment, Payment, Settlement


class ChannelShares(Group):
    """Shares of the yearly budget that go other ways than into the government's own contracts.

    Together they are 1 at most; what they leave is the government's own purchasing.
    """

    institutions: float = param(
        0.0, "share", "Allotted to institutions, which buy services themselves.", "article, 2010", ge=0, le=1
    )
    commissions: float = param(0.0, "share", "Allotted to institutions for commissions.", ge=0, le=1)
    grants: float = param(0.0, "share", "Set aside for grants to agencies.", ge=0, le=1)
    direct_hiring: float = param(
        0.0, "share", "Spent on social workers whom the government employs itself.", ge=0, le=1
    )


class Procurement(Group):
    """How much a government buys and for which fields."""

    budget: float = param(
        1_000_000.0,
        "CNY/year",
        "Yearly budget for buying services, in the first year in which it holds; it grows from there.",
        "article, 2010: district purchasing began; level free",
        grows_with="procurement.growth",
        ge=0,
        le=LARGEST_AMOUNT,
    )
    growth: float = param(0.05, "1/year", "Growth of the budget from one year to the next.", ge=-0.9, le=3)
    ceiling: float = param(
        0.0,
        "CNY/resident/year",
        "Budget per resident at which growth beyond that of prices ends, in prices of the first year; 0 for none.",
        "reported: Guangzhou 24 and Shenzhen 50 CNY when their budgets levelled off (blue book 2014; CDB 2018)",
        grows_with="contract.price_growth",
        plausible=(2, 60),
        ge=0,
        le=100_000,
    )
    budget_factor: float = param(1.0, "ratio", "Factor on the planned budget; 0 switches purchasing off.", ge=0, le=10)
    cycle: float = param(0.3, "elasticity", "How strongly the budget follows the city's economy.", ge=0, le=3)
    carry_over: float = param(0.0, "share", "Unspent money kept for the next year; the rest lapses.", ge=0, le=1)
    pressure_response: float = param(
        0.3, "ratio", "Budget added to ease conflict, per unit of pressure beyond what is tolerated.", ge=0, le=5
    )
    need_response: float = param(
        0.2, "share", "Weight of unmet need, against the plan, in what the split over fields aims at.", ge=0, le=1
    )
    openness: float = param(0.1, "share", "Weight in that aim of what agencies that speak freely ask for.", ge=0, le=1)
    renewal: float = param(
        0.4, "probability", "Chance that an ended contract is renewed uncalled, at full satisfaction.", ge=0, le=1
    )
    reorganisation: float = param(
        0.1,
        "probability",
        "Chance that purchasing is reorganised in a year: nothing is renewed or called again, and calls pause.",
        "free; leaders change every three to four years, and one change in three reorders purchasing",
        plausible=(0.03, 0.2),
        ge=0,
        le=1,
    )
    shares: ChannelShares = ChannelShares()


class Contract(Group):
    """What a lot looks like."""

    value: float = param(
        155_000.0,
        "CNY/year",
        "Median yearly value of a lot.",
        "Guangming Daily 2015: 350m CNY for 2 252 projects",
        grows_with="contract.price_growth",
        ge=1_000,
        le=1e9,
    )
    spread: float = param(0.4, "log sd", "Spread of lot values around the median.", ge=0, le=2)
    term: int = param(4, "quarters", "Length of a contract.", "Chan & Liu 2022: one year in Beijing", ge=1, le=40)
    hourly_price: float = param(
        46.0,
        "CNY/hour",
        "Ceiling price of one hour of service in the first year.",
        grows_with="contract.price_growth",
        ge=1,
        le=10_000,
    )
    price_growth: float = param(0.06, "1/year", "Growth of the ceiling price.", ge=-0.5, le=1)
    development: float = param(
        0.2,
        "share",
        "What work is judged on: 0 activities counted, 1 development of the community.",
        ge=0,
        le=1,
    )
    pricing: Annotated[Literal["competitive", "fixed"], Codes(Pricing)] = param(
        "fixed", "choice", "What bidders compete with: price, or hours at a fixed price."
    )
    handover: float = param(
        0.0,
        "share",
        "Roots of a predecessor that pass to its successor when a contract called again goes to another agency.",
        ge=0,
        le=1,
    )
    minimum_presence: int = param(
        0, "quarters", "Unbroken presence that a bidder for a contract called again must have.", ge=0, le=80
    )
    form: Annotated[Literal["project", "centre", "post"], Codes(ContractForm)] = param(
        "project",
        "choice",
        "What a lot is: a project in a field, a centre for all fields, or posts.",
        "Chan & Liu 2022; China Daily 2008",
    )
    post_price: float = param(
        60_000.0,
        "CNY/year",
        "Price of a post in the first year; grows as the hourly price does.",
        "China Daily 2008: 60 000",
        grows_with="contract.price_growth",
        ge=1_000,
        le=10_000_000,
    )


class Scoring(Group):
    """How a panel weighs bids."""

    price: float = param(0.2, "weight", "Weight of price (or of hours promised).", ge=0, le=10)
    quality: float = param(
        0.15, "weight", "Weight of reputation, licences and skill.", "Dong & Lu 2019: not significant", ge=0, le=10
    )
    relation: float = param(
        0.45, "weight", "Weight of the relation with the purchaser.", "Dong & Lu 2019: ties help", ge=0, le=10
    )
    experience: float = param(0.2, "weight", "Weight of standing in that community.", ge=0, le=10)
    noise: float = param(0.05, "score sd", "What else sways a panel.", ge=0, le=10)
    minimum_bidders: int = param(1, "bids", "Valid bids that a call needs.", ge=1, le=10)
    too_few: Annotated[Literal["award", "call-again", "single-source"], Codes(TooFew)] = param(
        "award", "choice", "What happens when fewer bids come."
    )
    prequalification: float = param(0.0, "0-1", "Least reputation of a bidder.", ge=0, le=1)


class Registration(Group):
    """How agencies become legal persons."""

    regime: Annotated[Literal["dual", "direct"], Codes(Regime)] = param(
        "dual", "choice", "Whether a government unit must agree to supervise."
    )
    openness: float = param(
        0.5, "share", "Part of unknown founders whom a unit agrees to supervise, under dual management.", ge=0, le=1
    )
    capital: float = param(
        30_000.0, "CNY", "Capital that founders must show.", "official rules 2009-25: 10 000-100 000", ge=0, le=1e9
    )
    licensed: int = param(
        1, "persons", "Licensed staff that founders must have.", "official rules: two founders", ge=0, le=50
    )
    attachment: bool = param(True, "yes/no", "Whether an agency may work under an association's name.")
    licensed_share: float = param(0.0, "share", "Least share of licence holders among founding staff.", ge=0, le=1)
    inspection: float = param(
        0.05, "probability/year", "Chance that a firm registered as a social work agency is found out.", ge=0, le=1
    )


class ForProfits(Group):
    """Stance towards for-profit firms."""

    admission: Annotated[Literal["barred", "open", "qualified"], Codes(Admission)] = param(
        "open", "choice", "Whether for-profit firms may enter and bid.", "article, 2010"
    )
    qualification: float = param(0.5, "share", "Licence holders on the staff of a firm that is qualified.", ge=0, le=1)
    profit_cap: float = param(
        1.0,
        "share",
        "Most of a price that a firm may ask over its cost, and of a quarter's income that it may pay out; 1 for none.",
        ge=0,
        le=1,
    )


class Promotion(Group):
    """Encouragement to found agencies."""

    push: float = param(
        0.5, "0-1", "How strongly officials encourage colleges and others to found agencies.", ge=0, le=1
    )


class SpecialFund(Group):
    """Rules of a city's special fund, which runs through associations."""

    management_fee: float = param(
        0.10, "share", "Share of every payment that the association keeps.", "article, 2010", ge=0, le=1
    )
    monitoring: float = param(0.5, "share", "Share of the fee spent on monitoring projects.", ge=0, le=1)
    applicants: Annotated[Literal["associations", "registered"], Codes(Applicants)] = param(
        "associations", "choice", "Who may apply to the fund.", "article, 2010"
    )
    local_match: float = param(
        0.0,
        "ratio",
        "Money that a district adds to its budget for each CNY of the fund's contracts with agencies at home there.",
        "Guangming Daily 2015: 1.7 CNY of other money per CNY of the fund; Yu & Shen 2019: central money raises local",
        plausible=(0, 1.7),
        ge=0,
        le=10,
    )


class Grants(Group):
    """Grants to agencies, out of the budget's share for grants; cut in proportion where that is too little."""

    core: float = param(
        0.0, "CNY/year", "Towards the running costs of each registered nonprofit of some reputation.", ge=0, le=1e9
    )
    reputation: float = param(0.3, "0-1", "Least reputation for a core grant.", ge=0, le=1)
    incubation: float = param(0.0, "CNY", "To each nonprofit over its first four quarters.", ge=0, le=1e9)
    matching: float = param(
        0.0,
        "ratio",
        "To registered nonprofits, per CNY of donations, sponsorship and fees of the quarter before.",
        "Guangming Daily 2015: 1.7 CNY of other money per CNY of the fund",
        ge=0,
        le=10,
    )


class GivingPolicy(Group):
    """How a city encourages donors and companies."""

    tax_relief: float = param(0.0, "0-1", "Tax relief for donations.", ge=0, le=1)
    csr_incentive: float = param(0.0, "0-1", "Incentive for companies to pay agencies.", ge=0, le=1)


class Profession(Group):
    """What a city asks of, and does for, the profession: licences, training, pay."""

    exam_pass: float = param(
        0.2,
        "share",
        "Of unlicensed staff who sit the yearly exam, those who pass.",
        "computed 2008-16: 8-27 %",
        ge=0,
        le=1,
    )
    college_quota: float = param(1.0, "ratio", "Factor on the graduates of the city's colleges.", ge=0, le=10)
    wage_guidance: float = param(
        0.0, "ratio", "Wage that agencies should pay, relative to the outside wage; 0 for no guidance.", ge=0, le=3
    )


class Purchaser(Group):
    """Levers that every purchasing government has."""

    procurement: Procurement = Procurement()
    contract: Contract = Contract()
    scoring: Scoring = Scoring()
    payment: Payment = Payment()
    assessment: Assessment = Assessment()
    grants: Grants = Grants()
    settlement: Settlement = Settlement()


class DistrictGovernment(Purchaser):
    """Levers of a district."""

    payment: DistrictPayment = DistrictPayment()

    registration: Registration = Registration()
    for_profits: ForProfits = ForProfits()
    promotion: Promotion = Promotion()


class CityGovernment(Purchaser):
    """Levers of a city; its purchasing is the special fund."""

    special_fund: SpecialFund = SpecialFund()
    giving: GivingPolicy = GivingPolicy()
    assessors: Assessors = Assessors()
    profession: Profession = Profession()
    adoption: AdoptionPressure = AdoptionPressure()
