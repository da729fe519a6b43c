"""Rule parameters: numbers of the behavioural rules that no jurisdiction sets.

Each group belongs to one phase of the quarter.  ``free`` parameters are judgements, to be varied.
"""

from __future__ import annotations

from sim.scenario.parameters.assessment_parameters import Assessing
from sim.scenario.parameters.composite_weights import Autonomy, Independence, Plane, Resource, Sustainability, Voice
from sim.scenario.parameters.finance_parameters import Closing, Costs, Credit, Fees, Reserves
from sim.scenario.parameters.fundraising_parameters import Giving, Strategy
from sim.scenario.parameters.parameter_spec import LARGEST_AMOUNT, Group, param
from sim.scenario.parameters.purchasing_channel_parameters import Commissions, DirectHiring
from sim.scenario.parameters.service_parameters import Delivery, Need
from sim.scenario.parameters.staff_parameters import People


class Chance(Group):
    """Randomness."""

    noise_scale: float = param(
        1.0, "0-1", "Width of every draw: 1 full spread, 0 every draw at its median.", "definition", ge=0, le=1
    )


class Bidding(Group):
    """Which lots an agency bids for and at what price."""

    attention: int = param(
        12, "lots", "Lots that an agency can study in a quarter, per purchaser.", plausible=(6, 24), ge=1, le=10_000
    )
    search: float = param(
        0.15,
        "probability",
        "Chance that an agency looks at another district of its city in a quarter.",
        plausible=(0.05, 0.3),
        ge=0,
        le=1,
    )
    overbid: float = param(1.3, "ratio", "Hours bid for relative to hours free.", plausible=(1, 1.8), ge=0.1, le=20)
    effort: float = param(
        0.4,
        "bids/person",
        "Bids per person and quarter, with all effort on bids and middling capability.",
        plausible=(0.2, 0.8),
        ge=0,
        le=10,
    )
    margin_weight: float = param(
        1.0,
        "weight",
        "Weight of expected margin in choosing between purchasers; all lots of one purchaser have the same.",
        plausible=(0.5, 2),
        ge=0,
        le=10,
    )
    fit_weight: float = param(0.8, "weight", "Weight of fit with skill.", plausible=(0.3, 1.6), ge=0, le=10)
    tie_weight: float = param(0.8, "weight", "Weight of ties with the purchaser.", plausible=(0.3, 1.6), ge=0, le=10)
    focus_weight: float = param(
        0.3, "weight", "Weight of the effort given to a source of funding.", plausible=(0.1, 0.8), ge=0, le=10
    )
    root_weight: float = param(0.8, "weight", "Weight of standing in the community.", plausible=(0.3, 1.6), ge=0, le=10)
    distance_cost: float = param(
        0.5, "utility", "Cost of working in another district.", plausible=(0.2, 1), ge=0, le=10
    )
    taste: float = param(
        0.4, "utility", "Half-width of what else makes a lot attractive.", plausible=(0.2, 0.8), ge=0, le=10
    )
    start_margin: float = param(
        0.06, "share", "Margin on cost that a new agency asks.", plausible=(0.02, 0.12), ge=-0.5, le=1
    )
    margin_step: float = param(
        0.01, "share", "Change of the margin after a win (up) or a loss (down).", plausible=(0.005, 0.03), ge=0, le=0.5
    )
    least_margin: float = param(
        -0.05, "share", "Lowest margin that an agency accepts.", plausible=(-0.1, 0), ge=-1, le=1
    )
    most_margin: float = param(0.25, "share", "Highest margin that an agency asks.", plausible=(0.15, 0.4), ge=-1, le=2)


class Standing(Group):
    """Relation, reputation, skill, mission."""

    relation_gain: float = param(
        0.15, "1/quarter", "Growth of a relation with full dependence.", plausible=(0.08, 0.3), ge=0, le=1
    )
    relation_decay: float = param(0.04, "1/quarter", "Decay of a relation.", plausible=(0.02, 0.08), ge=0, le=1)
    overlap_relation: float = param(
        0.5,
        "0-1",
        "Least relation of an agency whose officers serve the association.",
        "article, 2010",
        plausible=(0.3, 0.7),
        ge=0,
        le=1,
    )
    compliance_effect: float = param(
        0.5, "ratio", "How much compliance speeds a relation.", plausible=(0, 1), ge=0, le=5
    )
    disagreement: float = param(
        0.3,
        "1/year",
        "Relation lost by open disagreement of an agency independent in resources.",
        plausible=(0, 0.6),
        ge=0,
        le=5,
    )
    shading_penalty: float = param(
        0.3, "share", "Relation and reputation lost when shading is noticed.", plausible=(0.1, 0.5), ge=0, le=1
    )
    peer_learning: float = param(
        0.05,
        "1/quarter",
        "Speed at which an association's less skilled members reach its mean.",
        "article, 2010",
        plausible=(0.02, 0.1),
        ge=0,
        le=1,
    )
    reputation_speed: float = param(
        0.06, "1/quarter", "Speed at which reputation follows quality.", plausible=(0.03, 0.12), ge=0, le=1
    )
    skill_gain: float = param(
        0.06,
        "1/quarter",
        "Learning where one person or more practises a field full time.",
        plausible=(0.03, 0.12),
        ge=0,
        le=1,
    )
    skill_loss: float = param(
        0.015, "1/quarter", "Loss of skill without practice.", plausible=(0.005, 0.03), ge=0, le=1
    )
    mission_drift: float = param(
        0.04,
        "1/quarter",
        "Drift of mission towards what is counted, when compliant.",
        plausible=(0.01, 0.08),
        ge=0,
        le=1,
    )
    mission_renewal: float = param(
        0.05, "1/quarter", "Renewal of mission by work of one's own design.", plausible=(0.02, 0.1), ge=0, le=1
    )


class Founding(Group):
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
    conversion_rate: float = param(
        0.15,
        "1/quarter",
        "Hazard that a company-form group seeks registration, at full push.",
        plausible=(0.05, 0.3),
        ge=0,
        le=5,
    )
    for_profit_rate: float = param(
        0.1,
        "1/quarter",
        "Hazard of entry per district per unit of margin over the hurdle.",
        plausible=(0.1, 0.8),
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
        0.05,
        "1/quarter",
        "Hazard that officials who push fully found a first example in a district.",
        plausible=(0.02, 0.15),
        ge=0,
        le=5,
    )
    official_relation: float = param(
        0.5, "0-1", "Least relation of such an agency with its district's government.", plausible=(0.3, 0.8), ge=0, le=1
    )


class Rules(Group):
    """All behavioural parameters."""

    chance: Chance = Chance()
    need: Need = Need()
    people: People = People()
    costs: Costs = Costs()
    reserves: Reserves = Reserves()
    credit: Credit = Credit()
    bidding: Bidding = Bidding()
    delivery: Delivery = Delivery()
    fees: Fees = Fees()
    standing: Standing = Standing()
    founding: Founding = Founding()
    closing: Closing = Closing()
    independence: Independence = Independence()
    voice: Voice = Voice()
    resource: Resource = Resource()
    autonomy: Autonomy = Autonomy()
    sustainability: Sustainability = Sustainability()
    plane: Plane = Plane()
    strategy: Strategy = Strategy()
    giving: Giving = Giving()
    assessing: Assessing = Assessing()
    commissions: Commissions = Commissions()
    direct_hiring: DirectHiring = DirectHiring()
