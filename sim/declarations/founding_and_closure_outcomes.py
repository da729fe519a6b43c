"""Founding and closure outcomes: how many agencies began, and how many closed, by cause.

>>> [each.name for each in FOUNDINGS_AND_CLOSURES][:3]
['foundings', 'conversions', 'registrations']
"""

from __future__ import annotations

from sim.declarations.outcome_type import Outcome
from sim.declarations.outcome_type import declare_flow as _flow
from sim.declarations.outcome_type import declare_outcome as _outcome


def _closures(label: str, words: str) -> Outcome:
    return _flow(f"closures_{label}", "agencies", f"Of them, agencies {words}.", "count of closures by cause")


FOUNDINGS_AND_CLOSURES: tuple[Outcome, ...] = (
    _flow("foundings", "agencies", "Agencies founded this quarter.", "count of foundings"),
    _flow("conversions", "agencies", "Agencies founded by conversion this quarter.", "count of conversions"),
    _flow(
        "registrations",
        "agencies",
        "Agencies that became legal persons of nonprofit form this quarter, newly founded or after years at work.",
        "count of agencies by quarter of registration",
    ),
    _outcome(
        "founders_waiting",
        "teams",
        "Founders refused a registration who wait to try again.",
        "count of refused founders",
    ),
    _flow("closures", "agencies", "Agencies closed this quarter.", "count of closures"),
    _closures("insolvent", "that owed months of wages and saw no money coming"),
    _closures("no_contract", "that had no contract for long"),
    _closures("no_staff", "in which nobody was left"),
    _closures("low_return", "whose owners saw too little return"),
    _closures("no_successor", "whose director left and nobody took over"),
    _closures("for_cause", "whose registration was revoked for a scandal or failed inspection"),
    _closures("struck_off", "that had been dormant for too long"),
    _flow("closures_large", "agencies", "Of them, agencies that had ten people or more.", "count of closures by staff"),
    _outcome(
        "closure_hazard",
        "1/quarter",
        "Closure hazard.",
        "closures over agencies active or dormant at the start of the quarter",
    ),
)
