"""Rule parameters: numbers of the behavioural rules that no jurisdiction sets.

Each group belongs to one phase of the quarter.  ``free`` parameters are judgements, to be varied.
"""

from __future__ import annotations

from sim.scenario.parameters.adoption_parameters import Adoption
from sim.scenario.parameters.assessment_parameters import Assessing
from sim.scenario.parameters.bidding_parameters import Bidding
from sim.scenario.parameters.composite_weights import Autonomy, Independence, Plane, Resource, Sustainability, Voice
from sim.scenario.parameters.finance_parameters import Closing, Costs, Credit, Fees, Reserves
from sim.scenario.parameters.founding_parameters import Founding
from sim.scenario.parameters.fundraising_parameters import Giving, Strategy
from sim.scenario.parameters.parameter_spec import Group, param
from sim.scenario.parameters.purchasing_channel_parameters import Commissions, DirectHiring
from sim.scenario.parameters.room_parameters import Rooms
from sim.scenario.parameters.service_parameters import Delivery, Need
from sim.scenario.parameters.shock_parameters import Shocks
from sim.scenario.parameters.staff_parameters import People


class Chance(Group):
    """Randomness."""

    noise_scale: float = param(
        1.0, "0-1", "Width of every draw: 1 full spread, 0 every draw at its median.", "definition", ge=0, le=1
    )


class Standing(Group):
    """Relation, reputation, skill, mission."""

    relation_gain: float = param(
        0.15, "1/quarter", "Growth of a relation with full dependence.", plausible=(0.08, 0.3), ge=0, le=1
    )
    relation_decay: float = param(0.04, "1/quarter", "Decay of a relation.", plausible=(0.02, 0.08), ge=0, le=1)
    contact: float = param(
        0.2,
        "share",
        "Share of an agency's income at which contact with a purchaser is about half as close as it can be.",
        plausible=(0.1, 0.5),
        ge=0,
        le=10,
    )
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
    grade_penalty: float = param(
        0.2,
        "share",
        "Relation with the purchaser lost at a grade that just passes, or a worse one; nothing at the full grade.",
        plausible=(0, 0.4),
        ge=0,
        le=1,
    )
    exposure: float = param(
        0.2,
        "probability",
        "Chance that missing hours, or a grade that does not pass, show that an agency is a firm in disguise.",
        plausible=(0.05, 0.5),
        ge=0,
        le=1,
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
    rooms: Rooms = Rooms()
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
    adoption: Adoption = Adoption()
    shocks: Shocks = Shocks()
