"""Underdelivery and its detection: hours that are missing, how likely they are found, and what that costs.

Hours are missing where a bidder planned a lean team (`sim.model.rules.procurement.bid_offers`), where a nonprofit lets
people whom its bid names do other work, and where posts stay open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Assessing, Kind
from sim.declarations.events_and_causes import Event
from sim.engine.arithmetic import squared
from sim.engine.compilation import rule
from sim.model.rules.contracts.firms_in_guise import expose_by_poor_work
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract
from sim.model.rules.ledger.transfers_and_events import record_event

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, ContractRow, GovernmentRow, RulesRow
    from sim.model.state.world import World

NOTICEABLE_DELIVERY_SHARE = 0.9
"""Delivered over promised hours below which a purchaser that checks can notice."""

FULL_PENALTY_SHARE = 0.2
"""Share of promised hours missing from which the whole relation and reputation at stake are lost."""


@rule
def assessment_detection_probability(world: World, government: GovernmentRow, relation: float) -> float:
    """Probability that an assessment finds missing hours.

    A third party finds them in every contract that it reaches: the share drawn, times the share of the
    queue that was served lately.  A purchaser's own staff overlook them the more, the closer the relation.
    """
    regime = int(government.assessment_regime)
    if regime == Assessing.THIRD_PARTY:
        return government.assessment_coverage * world.assessors[government.city].served
    if regime == Assessing.INTERNAL:
        looks = world.rules[0].assessing_internal_detection * (1.0 - relation)
        return government.assessment_coverage * looks
    return 0.0


@rule
def probability_unseen(world: World, government: GovernmentRow, relation: float) -> float:
    """Probability that neither the purchaser nor an assessment finds missing hours, as agencies expect it."""
    return (1.0 - government.payment_oversight) * (1.0 - assessment_detection_probability(world, government, relation))


@rule
def share_diverted(world: World, agency: AgencyRow, government: GovernmentRow, relation: float) -> float:
    """Share of promised hours in which the people whom a nonprofit's bid names do other work.

    Nobody plans that, so bids do not foresee it.

    Parameters
    ----------
    government : row
        Government by whose rules the contract is bought.
    relation : float
        Relation with the purchaser, 0 to 1.
    """
    if agency.kind == Kind.FOR_PROFIT:
        return 0.0
    return world.rules[0].delivery_diversion * agency.looseness * probability_unseen(world, government, relation)


@rule
def hours_kept(rules: RulesRow, staffing: float) -> float:
    """Hours delivered for each hour promised by a team of so many hours of staff for each, with its overtime."""
    return min(staffing * (1.0 + rules.delivery_overtime), 1.0)


@rule
def share_withheld(government: GovernmentRow, grade: float) -> float:
    """Share of the year's price withheld: zero at the full grade, all of the lever at the passing grade."""
    return government.assessment_withheld * grade_shortfall(government, grade)


@rule
def grade_shortfall(government: GovernmentRow, grade: float) -> float:
    """How far a grade falls short: 0 at the full grade, 1 at the passing grade and below."""
    short = (government.assessment_full - grade) / max(government.assessment_full - government.assessment_passing, 1e-9)
    return min(max(short, 0.0), 1.0)


@rule
def expected_fine(
    world: World, government: GovernmentRow, relation: float, staffing: float, staffed: float, quality: float
) -> float:
    """Fines, and fear for one's standing, that a bidder expects for each CNY of a year's price.

    Hours may be found missing in any quarter of the year, or by an assessment at its end; a grade counts quality too.
    A bidder foresees that some hands will be missing, as they were lately: a lean team leaves no room for that.

    Parameters
    ----------
    government : row
        Government by whose rules is bought.
    relation : float
        Relation with the purchaser, 0 to 1.
    staffing : float
        Hours of staff for each hour promised.
    staffed : float
        Part of the hours of staff for which people will be there.
    quality : float
        Quality of the bidder's service, 0 to 1.
    """
    rules = world.rules[0]
    kept = hours_kept(rules, staffing * staffed)
    missing = 1.0 - kept
    overlooked = 1.0
    if kept < NOTICEABLE_DELIVERY_SHARE:
        overlooked = squared(squared(1.0 - government.payment_oversight))
    found = 0.0
    if kept < assessed_delivery_share(rules, government):
        found = assessment_detection_probability(world, government, relation)
    fine = found * government.assessment_penalty * missing
    fine += (1.0 - overlooked * (1.0 - found)) * rules.bidding_stake * min(missing / FULL_PENALTY_SHARE, 1.0)
    graded = government.assessment_coverage
    if int(government.assessment_regime) == Assessing.THIRD_PARTY:
        graded *= world.assessors[government.city].served
    elif int(government.assessment_regime) == Assessing.NONE:
        graded = 0.0
    base = rules.assessing_base_grade
    grade = kept * (base + (1.0 - base) * min(quality * staffing, 1.0))
    return fine + graded * share_withheld(government, grade)


@rule
def assessed_delivery_share(rules: RulesRow, government: GovernmentRow) -> float:
    """Delivered over promised hours below which an assessment can find hours missing.

    Third parties count hours, and find small gaps; a purchaser's own staff see what anybody would see.
    """
    if int(government.assessment_regime) == Assessing.THIRD_PARTY:
        return 1.0 - rules.assessing_least_found
    return NOTICEABLE_DELIVERY_SHARE


@rule
def penalise_noticed_shading(world: World, a: int, contract: ContractRow, cause: int, missing: float) -> None:
    """Reduce relation and reputation because hours were missing, make a nonprofit stricter, and record the event.

    Parameters
    ----------
    a : int
        Index of the agency.
    contract : row
        Contract with missing hours.
    cause : Cause
        Whether the purchaser noticed or an assessment found them.
    missing : float
        Share of the promised hours that were missing.
    """
    rules = world.rules[0]
    agency = world.agencies[a]
    kept = 1.0 - rules.standing_shading_penalty * min(missing / FULL_PENALTY_SHARE, 1.0)
    agency.reputation *= kept
    if agency.kind == Kind.NONPROFIT:
        agency.looseness *= 1.0 - rules.assessing_lesson
    purchaser = purchaser_of_contract(world, contract)
    tie = agency.first_tie
    while tie >= 0:
        if world.ties[tie].purchaser == purchaser:
            world.ties[tie].relation *= kept
        tie = world.ties[tie].next
    expose_by_poor_work(world, contract, cause)
    record_event(
        world,
        Event.SHADING_NOTICED,
        cause,
        a,
        contract.government,
        Party.INSTITUTION if contract.institution >= 0 else Party.GOVERNMENT,
        contract.institution if contract.institution >= 0 else contract.government,
        0,
        0,
    )
