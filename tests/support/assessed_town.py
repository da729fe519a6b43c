"""The busy town under sets of levers on assessment, payment and calls, run with the same seeds under each."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

import numpy as np

from sim.declarations.choices import Kind
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, simulate
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import used

THIRD_PARTY = {"assessment.regime": "third-party", "assessment.coverage": 1.0}
SEEDS = range(6)


def with_levers(values: dict[str, Any], **sets: dict[str, Any]) -> dict[str, Any]:
    """A scenario with levers set from the start, by where they are set."""
    dated = [
        {"at": values["start"], "set": levers} | ({} if place == "everywhere" else {"in": place})
        for place, levers in sets.items()
        if levers
    ]
    return copy.deepcopy(values) | {"policies": [*dated, *values["policies"]]}


@cache
def runs(name: str) -> list[RunResult]:
    """Runs of the busy town under a set of levers, by name; the same seeds under each."""
    values = with_levers(BUSY, **SETS[name])
    compiled = CompiledScenario.of(make_scenario(values))
    return [simulate(compiled, seed) for seed in SEEDS]


SETS: dict[str, dict[str, dict[str, Any]]] = {
    "none": {},
    "watched": {"everywhere": THIRD_PARTY, "cities": {"assessors.capacity": 40}},
    "few assessors": {"everywhere": THIRD_PARTY, "cities": {"assessors.capacity": 1}},
    "internal": {"everywhere": THIRD_PARTY | {"assessment.regime": "internal"}},
    # Where purchasers themselves look, teams are full whoever assesses; here only assessments find hours missing.
    "unseen": {"everywhere": {"payment.oversight": 0.0}},
    "unseen, watched": {
        "everywhere": THIRD_PARTY | {"payment.oversight": 0.0},
        "cities": {"assessors.capacity": 40},
    },
    "unseen, internal": {"everywhere": THIRD_PARTY | {"assessment.regime": "internal", "payment.oversight": 0.0}},
    "upfront": {"everywhere": {"payment.upfront": 0.5}},
    "matched": {"districts": {"payment.co_payment": 0.5}},
    "called again": {"everywhere": {"procurement.renewal": 0.0}},
    "handed over": {"everywhere": {"procurement.renewal": 0.0, "contract.handover": 1.0}},
    "presence": {"everywhere": {"procurement.renewal": 0.0, "contract.minimum_presence": 3}},
    "prequalified": {"everywhere": {"scoring.prequalification": 0.45}},
    "strict": {
        "everywhere": THIRD_PARTY | {"assessment.full": 1.0, "assessment.renewable": 0.97, "assessment.passing": 0.9}
    },
}


def mean(name: str, outcome: str, quarters: slice = slice(8, 36)) -> float:
    """Mean of an outcome over runs and quarters."""
    return float(np.mean([np.nanmean(record.sector[outcome][quarters]) for record in runs(name)]))


def shading(name: str) -> float:
    """Hours that for-profits' lean teams leave out, as a share of those promised."""
    panels = np.concatenate([used(record.world, "panel") for record in runs(name)])
    firms = panels[(panels["kind"] == Kind.FOR_PROFIT) & (panels["promised"] > 0)]
    return float(firms["shading"].mean())
