"""Grade consequences: money withheld, agencies barred, what agencies learn, and effects on reputation and relation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party
from sim.declarations.choices import Assessing, ContractForm
from sim.declarations.events_and_causes import Cause, Event
from sim.engine.arithmetic import to_fen_down
from sim.engine.compilation import rule
from sim.model.rules.contracts.contract_instalments import reduce_amount_due
from sim.model.rules.contracts.firms_in_guise import expose_by_poor_work
from sim.model.rules.contracts.purchaser_commitments import purchaser_of_contract
from sim.model.rules.contracts.underdelivery_and_detection import (
    grade_shortfall,
    penalise_noticed_shading,
    share_withheld,
)
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.shared.purchaser_numbers import weight_of_regime
from sim.model.rules.shared.relations_and_presence import ensure_tie

if TYPE_CHECKING:
    from sim.model.state.row_types import ContractRow
    from sim.model.state.world import World


@rule
def apply_grade(world: World, k: int, grade: float, detected: bool, regime: int) -> None:
    """Set a contract's grade and apply its consequences.

    Parameters
    ----------
    k : int
        Contract.
    grade : float
        Grade before it is limited to 0 to 1.
    detected : bool
        Whether missing hours were found.
    regime : Assessing
        Who graded.
    """
    contract = world.contracts[k]
    government = world.governments[contract.government]
    contract.grade = min(max(grade, 0.0), 1.0)
    contract.assessed += 1
    government.graded += 1
    government.grades += contract.grade
    withhold_payment(world, k, detected, regime)
    update_reputation_by_grade(world, contract, regime)
    loosen_tie_by_grade(world, contract)
    learn_from_grade(world, contract, regime)
    if detected:
        government.found_missing += 1
        missing = 1.0 - contract.delivered_share
        penalise_noticed_shading(world, contract.agency, contract, Cause.SHADING_CAUGHT, missing)
    elif contract.grade < government.assessment_passing:
        expose_by_poor_work(world, contract, Cause.LOW_GRADE)
    if contract.grade < government.assessment_passing and government.assessment_bar > 0:
        bar_agency(world, contract, int(government.assessment_bar))


@rule
def withhold_payment(world: World, k: int, detected: bool, regime: int) -> None:
    """Withhold money for a low grade and, as a penalty, for missing hours: no more than is still owed.

    Parameters
    ----------
    k : int
        Index of the contract.
    detected : bool
        Whether missing hours were found.
    regime : Assessing
        Who graded.
    """
    contract = world.contracts[k]
    government = world.governments[contract.government]
    share = share_withheld(government, contract.grade)
    if detected:
        share += government.assessment_penalty * (1.0 - contract.delivered_share)
    amount = reduce_amount_due(world, contract, to_fen_down(share * contract.year_price))
    contract.withheld += amount
    government.withheld += amount
    cause = Cause.NONE
    if detected:
        cause = Cause.SHADING_CAUGHT
    elif contract.grade < government.assessment_full:
        cause = Cause.LOW_GRADE
    party = Party.INSTITUTION if contract.institution >= 0 else Party.GOVERNMENT
    other = contract.institution if contract.institution >= 0 else contract.government
    if regime == Assessing.THIRD_PARTY:
        party = Party.ASSESSOR
        other = government.city
    record_event(world, Event.ASSESSED, cause, contract.agency, contract.government, party, other, amount, 0)


@rule
def update_reputation_by_grade(world: World, contract: ContractRow, regime: int) -> None:
    """Move reputation towards the grade; a grade by the purchaser itself has less weight."""
    agency = world.agencies[contract.agency]
    weight = world.rules[0].assessing_reputation_weight * weight_of_regime(world, regime)
    agency.reputation += weight * (contract.grade - agency.reputation)


@rule
def loosen_tie_by_grade(world: World, contract: ContractRow) -> None:
    """Reduce the relation with the purchaser after a poor grade, whoever gave it.

    Otherwise who is in would stay in at the ceiling price, whatever its quality.
    """
    tie = world.ties[ensure_tie(world, contract.agency, purchaser_of_contract(world, contract))]
    short = grade_shortfall(world.governments[contract.government], contract.grade)
    tie.relation *= 1.0 - world.rules[0].standing_grade_penalty * short


@rule
def learn_from_grade(world: World, contract: ContractRow, regime: int) -> None:
    """Add skill in the contract's field; for a centre in all, as the government's budget is split over them."""
    weight = world.rules[0].assessing_learning * weight_of_regime(world, regime)
    for f in range(world.skills.shape[1]):
        share = 1.0 if f == contract.field else 0.0
        if contract.form == ContractForm.CENTRE:
            share = world.split[contract.government, f]
        world.skills[contract.agency, f] += weight * share * (1.0 - world.skills[contract.agency, f])


@rule
def bar_agency(world: World, contract: ContractRow, quarters: int) -> None:
    """Exclude an agency from a purchaser's calls for some quarters, from the next one on."""
    last = world.clock[0].quarter + quarters
    agency = world.agencies[contract.agency]
    tie = world.ties[ensure_tie(world, contract.agency, purchaser_of_contract(world, contract))]
    tie.barred_until = max(tie.barred_until, last)
    agency.barred_until = max(agency.barred_until, last)
    g = contract.government
    party = Party.INSTITUTION if contract.institution >= 0 else Party.GOVERNMENT
    other = contract.institution if contract.institution >= 0 else g
    record_event(world, Event.BARRED, Cause.LOW_GRADE, contract.agency, g, party, other, 0, 0)
