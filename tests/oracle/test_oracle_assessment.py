"""The compiled rules and the oracle agree on assessment, instalments of two levels, and handover."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.declarations.events_and_causes import Cause, Event
from tests.oracle.comparison import run_together
from tests.oracle.oracle_model import Sector
from tests.support.oracle_town import EAST, TOWN, WEST, districts, everywhere, town

CUT_OFFS = everywhere("assessment.full", 0.97) | everywhere("assessment.renewable", 0.9)
HARD = CUT_OFFS | everywhere("assessment.passing", 0.85)
"""Cut-offs that many fail."""

THIRD_PARTY = everywhere("assessment.regime", "third-party") | everywhere("assessment.coverage", 1.0)
INSTITUTIONS = districts("procurement.shares.institutions", 0.4)
FIRMS = {"rules.founding.for_profit_rate": 4.0, "rules.founding.hurdle": -0.5, "rules.bidding.least_staffing": 0.5}

VARIANTS: dict[str, dict[str, Any]] = {
    "third party": THIRD_PARTY,
    "third party, hard": THIRD_PARTY | HARD,
    "third party, one assessment a quarter": THIRD_PARTY | HARD | {TOWN + "assessors.capacity": 1},
    "third party, professors only": THIRD_PARTY
    | {TOWN + "assessors.capacity": 0, "colleges.College.assessors": 2}
    | everywhere("assessment.cost", 0.25),
    "third party, shading": THIRD_PARTY | FIRMS | everywhere("payment.oversight", 0.0),
    "no patience": THIRD_PARTY | {TOWN + "assessors.capacity": 1, "rules.assessing.patience": 1},
    "internal": everywhere("assessment.regime", "internal") | everywhere("assessment.coverage", 1.0),
    "internal, hard": everywhere("assessment.regime", "internal")
    | everywhere("assessment.coverage", 0.7)
    | HARD
    | FIRMS,
    "short and long terms": THIRD_PARTY | {EAST + "contract.term": 6, WEST + "contract.term": 1, "quarters": 20},
    "upfront": everywhere("payment.upfront", 0.45) | everywhere("contract.term", 5),
    "all upfront, assessed": everywhere("payment.upfront", 1.0) | THIRD_PARTY | HARD | {"quarters": 20},
    "co-payment": districts("payment.co_payment", 0.37) | {TOWN + "payment.delay": 2.0},
    "co-payment by a poor city": districts("payment.co_payment", 0.8) | {TOWN + "procurement.budget": 300_000.0},
    "co-payment, assessed, with closures": districts("payment.co_payment", 0.6)
    | everywhere("payment.upfront", 0.3)
    | THIRD_PARTY
    | HARD
    | {"rules.closing.insolvent_rate": 3.0, "rules.founding.founder_cash": 5_000.0, TOWN + "assessors.capacity": 2}
    | everywhere("payment.delay", 6.0),
    "prequalification": everywhere("scoring.prequalification", 0.42),
    "handover": everywhere("contract.handover", 0.8) | everywhere("procurement.renewal", 0.0) | {"quarters": 20},
    "presence asked for": everywhere("contract.minimum_presence", 5) | everywhere("procurement.renewal", 0.0),
    "a regime that comes and goes": {
        "quarters": 18,
        "policies": [
            {"at": "2011-Q1", "set": {"assessment.regime": "third-party", "assessment.coverage": 0.8}},
            {"at": "2012-Q2", "in": "districts", "set": {"assessment.regime": "internal", "payment.co_payment": 0.4}},
            {"at": "2013-Q2", "set": {"assessment.regime": "none", "payment.upfront": 0.5}},
        ],
    },
    "institutions assessed": THIRD_PARTY | HARD | FIRMS | INSTITUTIONS | {TOWN + "assessors.capacity": 3},
    "institutions assess themselves": everywhere("assessment.regime", "internal")
    | everywhere("assessment.coverage", 1.0)
    | HARD
    | FIRMS
    | INSTITUTIONS
    | everywhere("payment.upfront", 0.3)
    | districts("payment.co_payment", 0.4),
    "posts upfront, matched and assessed": everywhere("contract.form", "post")
    | THIRD_PARTY
    | INSTITUTIONS
    | everywhere("payment.upfront", 0.4)
    | districts("payment.co_payment", 0.4)
    | {"cities.Town.labour.pool": 12},
    "centres handed over": everywhere("contract.form", "centre")
    | everywhere("contract.handover", 0.8)
    | everywhere("procurement.renewal", 0.0)
    | everywhere("contract.term", 5),
}
"""What is changed against the oracle's small town."""

LEVELS: dict[str, tuple[list[str], list[Any]]] = {
    "assessment.regime": ([EAST, WEST, TOWN], ["none", "internal", "third-party"]),
    "assessment.coverage": ([EAST, WEST, TOWN], [0.5, 1.0]),
    "assessment.full": ([EAST, WEST, TOWN], [0.88, 1.0]),
    "assessment.passing": ([EAST, WEST, TOWN], [0.0, 0.8]),
    "assessment.withheld": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "assessment.cost": ([EAST, WEST, TOWN], [0.0, 0.25]),
    "assessment.bar": ([EAST, WEST, TOWN], [0, 9]),
    "assessors.capacity": ([TOWN], [1, 3]),
    "payment.upfront": ([EAST, WEST, TOWN], [0.3, 1.0]),
    "payment.co_payment": ([EAST, WEST], [0.5, 1.0]),
    "payment.delay": ([EAST, WEST, TOWN], [0.0, 3.0]),
    "contract.term": ([EAST, WEST, TOWN], [1, 3, 7]),
    "contract.handover": ([EAST, WEST, TOWN], [0.5, 1.0]),
    "contract.minimum_presence": ([EAST, WEST, TOWN], [3]),
    "contract.form": ([EAST, WEST, TOWN], ["project", "centre", "post"]),
    "procurement.shares.institutions": ([EAST, WEST], [0.2, 0.4]),
    "scoring.prequalification": ([EAST, WEST, TOWN], [0.35, 0.5]),
    "": (["rules.closing.insolvent_rate", "rules.founding.for_profit_rate"], [1.0, 5.0]),
}
"""Values worth trying: lever -> places where it stands, and what it can be."""

CHANGES = [
    st.tuples(st.sampled_from([place + key for place in places]), st.sampled_from(values))
    for key, (places, values) in LEVELS.items()
]


@pytest.mark.parametrize("name", VARIANTS)
def test_variants_are_the_same_twice(name: str):
    run_together(town(VARIANTS[name]), seed=7)


@settings(max_examples=15)
@given(st.lists(st.one_of(CHANGES), min_size=3, max_size=12).map(dict), st.integers(0, 2**63 - 1))
def test_any_town_is_the_same_twice(changes: dict[str, Any], seed: int):
    run_together(town({"quarters": 10, **THIRD_PARTY, **changes}), seed)


def test_the_variants_see_everything():
    """The comparison needs this: grades of every consequence, bars, handovers, and money of two levels."""
    met, withheld, matched, waited = set(), 0, 0, 0
    for changes in VARIANTS.values():
        sector = Sector(town(changes), seed=7)
        for _ in range(14):
            sector.step()
            waited = max(waited, sum(assessor.backlog for assessor in sector.assessors))
        met |= {(happening.event, happening.cause) for happening in sector.events}
        withheld += sum(contract.withheld for contract in sector.contracts)
        matched += sum(contract.co_payment_paid for contract in sector.contracts)
    assert {(Event.ASSESSED, cause) for cause in (Cause.NONE, Cause.LOW_GRADE, Cause.SHADING_CAUGHT)} <= met
    assert {
        (Event.BARRED, Cause.LOW_GRADE),
        (Event.HANDED_OVER, Cause.HANDOVER_REQUIRED),
        (Event.SHADING_NOTICED, Cause.SHADING_CAUGHT),
    } <= met
    assert withheld > 0
    assert matched > 0
    assert waited > 3
