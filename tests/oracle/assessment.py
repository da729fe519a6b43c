"""Assessment: at the end of each contract year some contracts are graded; and handover between agencies.

A purchaser's own staff grade at once, and mildly where the relation is close.  Third parties grade without bias, for a
fee, in the order in which contracts reach them; until then nothing more is paid on a contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.accounts import Party, Purpose
from sim.declarations.choices import Assessing, ContractForm
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from tests.oracle.contract import Contract
from tests.oracle.delivery import NOTICEABLE, record_detection
from tests.oracle.events import record
from tests.oracle.guise import expose
from tests.oracle.instalments import take_off
from tests.oracle.money import transfer

if TYPE_CHECKING:
    from tests.oracle.oracle_model import Sector
    from tests.oracle.other_organisations import Assessor, City


def assess_contracts(model: Sector, city: City) -> None:
    """Draw among the contracts whose year ends, grade them or queue them, and run the assessors."""
    assessor = city.assessor
    assessor.precision = city.government.assessors_precision
    assessor.capacity = int(city.government.assessors_capacity) + sum(one.assessors for one in city.colleges)
    assessor.ended_in[model.quarter] = assessor.covered_in[model.quarter] = 0
    for agency in city.members:
        for contract in agency.running:
            quarters = model.quarter - contract.begun + 1
            if quarters % 4 == 0 or quarters == contract.term:
                end_contract_year(model, contract, quarters)
    run_assessors(model, assessor)


def end_contract_year(model: Sector, contract: Contract, quarters: int) -> None:
    """End a contract's year: it may be drawn, unless it still waits for the assessment of its last year."""
    government = contract.government
    price = contract.price * (4 if quarters % 4 == 0 else quarters % 4) // 4
    third_party = government.assessment_regime == Assessing.THIRD_PARTY
    if third_party:
        government.city.assessor.ended_in[model.quarter] += price
    drawn = model.happens(government.assessment_coverage, Stream.ASSESSED, contract.id, 0)
    if government.assessment_regime != Assessing.NONE and drawn and not contract.waiting:
        record_contract_year(contract)
        contract.year_price = price
        if third_party:
            contract.waiting = True
            government.city.assessor.queue.append(contract)
        else:
            assess_internally(model, contract)
    contract.promised_before = contract.promised_total
    contract.delivered_before = contract.delivered_total
    contract.effective_before = contract.effective_total
    contract.taken_over = 0.0


def record_contract_year(contract: Contract) -> None:
    """Record what is graded: the share of hours delivered, and the same times what delivery and quality earn.

    Hours spent on taking over from another agency count as delivered.
    """
    base = contract.agency.model.rules.assessing_base_grade
    promised = contract.promised_total - contract.promised_before
    delivered = contract.delivered_total - contract.delivered_before
    worth = contract.effective_total - contract.effective_before + contract.taken_over
    quality = worth / delivered if delivered > 0 else 0.0
    contract.delivered_share = min(delivered / promised, 1.0) if promised > 0 else 1.0
    contract.performance = contract.delivered_share * (base + (1.0 - base) * quality)
    contract.year_ended = contract.agency.model.quarter


def assess_internally(model: Sector, contract: Contract) -> None:
    """Assessment by the purchaser's own staff, milder and finding missing hours less often the closer the relation."""
    rules = model.rules
    relation = contract.agency.relation_with(contract.purchaser)
    error = rules.assessing_internal_noise * model.normal(Stream.GRADE, contract.id, 0)
    looks = rules.assessing_internal_detection * (1.0 - relation)
    found = contract.delivered_share < NOTICEABLE and model.happens(looks, Stream.GRADE, contract.id, 1)
    grade = contract.performance + rules.assessing_bias * relation + error
    apply_grade(model, contract, grade, found, contract.purchaser, rules.assessing_internal_weight)


def run_assessors(model: Sector, assessor: Assessor) -> None:
    """Drop contracts that have waited too long, grade those that have waited longest; fees are assessors' wages."""
    dropped = [one for one in assessor.queue if model.quarter - one.year_ended >= model.rules.assessing_patience]
    for contract in dropped:
        leave_assessment_queue(contract)
    assessor.missed = len(dropped)
    turn = assessor.queue[: assessor.capacity]
    assessor.queue = assessor.queue[assessor.capacity :]
    assessor.done = len(turn)
    assessor.fees = sum(assess_by_third_party(model, contract, assessor) for contract in turn)
    if assessor.done + assessor.backlog > 0:
        assessor.served = assessor.done / (assessor.done + assessor.backlog)
    assessor.price = assessor.fees // assessor.done if assessor.done > 0 else 0
    transfer(model, assessor, model.outside[Party.HOUSEHOLDS], Purpose.WAGES, assessor.cash)


def assess_by_third_party(model: Sector, contract: Contract, assessor: Assessor) -> int:
    """Grade a contract for the year for which it waited; return the fee, which comes out of its price."""
    purchaser = contract.purchaser
    fee = min(round(contract.government.assessment_cost * contract.year_price), max(purchaser.cash, 0))
    contract.assessment_fee += take_off(contract, fee)
    transfer(model, purchaser, assessor, Purpose.ASSESSMENT, fee, contract)
    assessor.covered_in[model.quarter] += contract.year_price
    contract.waiting = False
    error = assessor.precision * model.normal(Stream.GRADE, contract.id, 0)
    # Staff lists are checked, so that little is enough.
    found = contract.delivered_share < 1.0 - model.rules.assessing_least_found
    apply_grade(model, contract, contract.performance + error, found, assessor, 1.0)
    return fee


def leave_assessment_queue(contract: Contract) -> None:
    """Take a contract out of the queue, because it has waited too long or its agency has closed."""
    if contract.waiting:
        contract.waiting = False
        contract.government.city.assessor.queue.remove(contract)


def apply_grade(model: Sector, contract: Contract, grade: float, found: bool, who: object, belief: float) -> None:
    """Apply a grade: withheld pay, reputation, the consequences of missing hours, and a bar for those that fail."""
    government, agency = contract.government, contract.agency
    contract.grade = min(max(grade, 0.0), 1.0)
    contract.assessed += 1
    government.graded += 1
    government.grades += contract.grade
    width = max(government.assessment_full - government.assessment_passing, 1e-9)
    short = min(max((government.assessment_full - contract.grade) / width, 0.0), 1.0)
    share = government.assessment_withheld * short
    if found:
        share += government.assessment_penalty * (1.0 - contract.delivered_share)
    amount = take_off(contract, int(share * contract.year_price))
    contract.withheld += amount
    government.withheld += amount
    low = Cause.LOW_GRADE if contract.grade < government.assessment_full else Cause.NONE
    record(model, Event.ASSESSED, Cause.SHADING_CAUGHT if found else low, agency, government, who, amount)
    agency.reputation += model.rules.assessing_reputation_weight * belief * (contract.grade - agency.reputation)
    agency.tie_with(contract.purchaser).relation *= 1.0 - model.rules.standing_grade_penalty * short
    for f, skill in enumerate(agency.skills):
        part = government.split[f] if contract.form == ContractForm.CENTRE else float(f == contract.field)
        agency.skills[f] += model.rules.assessing_learning * belief * part * (1.0 - skill)
    if found:
        government.found_missing += 1
        record_detection(model, agency, contract, Cause.SHADING_CAUGHT, 1.0 - contract.delivered_share)
    elif contract.grade < government.assessment_passing:
        expose(model, contract, Cause.LOW_GRADE)
    if contract.grade < government.assessment_passing and government.assessment_bar > 0:
        tie = agency.tie_with(contract.purchaser)
        tie.barred_until = max(tie.barred_until, model.quarter + int(government.assessment_bar))
        record(model, Event.BARRED, Cause.LOW_GRADE, agency, government, contract.purchaser)


def hand_over(model: Sector, contract: Contract) -> None:
    """Where the purchaser asks for it, part of the predecessor's presence in the community passes to the successor."""
    government, before = contract.government, contract.incumbent
    share = government.contract_handover
    if not share or before is None or before is contract.agency:
        return
    roots = before.quarters_in(contract.community)
    if roots > 0:
        presence = contract.agency.presence_in(contract.community)
        presence.quarters = max(presence.quarters, share * roots)
        old = before.presences[contract.community]
        handed = model.rules.assessing_handed_knowledge * min(old.known, contract.promised_hours)
        presence.known = max(presence.known, share * handed)
        contract.handover = share
        government.handovers += 1
        record(model, Event.HANDED_OVER, Cause.HANDOVER_REQUIRED, contract.agency, government, before)
