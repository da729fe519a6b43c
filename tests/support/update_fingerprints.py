"""Fingerprints of canonical runs: what `beijing-2010` gives, on record in `fingerprints.json`.

Run ``python -m tests.support.update_fingerprints`` (``make fingerprints``) after a change that is meant to change
results, and look at the difference before committing it.  Nothing else writes the file.

Real numbers count to nine significant digits, because a platform's own exp and log may differ in the last;
whole numbers, among them all money and all people, count exactly.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.contract_fields import CONTRACT
from sim.run import RunResult, simulate
from sim.scenario import load_scenario

FILE = Path(__file__).parents[1] / "end_to_end" / "fingerprints.json"
RUNS = {"beijing-2010 seed 1": ("beijing-2010", 1)}
DIGITS = 9


def digest(values: np.ndarray) -> str:
    """Digest of numbers; real ones to `DIGITS` significant digits."""
    if values.dtype.kind == "f":
        flat = values.ravel()
        text = ";".join(f"{0.0 if value == 0 else value:.{DIGITS - 1}e}" for value in flat)
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    return hashlib.blake2b(np.ascontiguousarray(values.astype(np.int64)).tobytes(), digest_size=8).hexdigest()


def cash_paths(record: RunResult) -> dict[str, list[int]]:
    """Cash of each agency by its name over the quarters in which it was at work, CNY cents."""
    table = record.tables()["agencies"].select(["agency", "cash"]).to_pydict()
    paths: dict[str, list[int]] = {}
    for name, cash in zip(table["agency"], table["cash"], strict=True):
        paths.setdefault(name, []).append(round(100 * cash))
    return paths


def fingerprint(scenario: str, seed: int) -> dict[str, object]:
    """What is kept of a run: a few numbers to read, digests of the rest."""
    record = simulate(CompiledScenario.of(load_scenario(scenario).scenario), seed)
    world, clock = record.world, record.world.clock[0]
    contracts, events = world.contracts[: clock.contracts], world.events[: clock.events]
    paths = cash_paths(record)
    return {
        "quarters": len(record.sector),
        "agencies": int(clock.agencies),
        "contracts": int(clock.contracts),
        "events": int(clock.events),
        "sector": {name: digest(record.sector[name]) for name in record.sector.dtype.names},
        "cash": {name: digest(np.array(path)) for name, path in sorted(paths.items())},
        "contract": {f.name: digest(contracts[f.name]) for f in CONTRACT if f.table},
        "event": {name: digest(events[name]) for name in events.dtype.names},
    }


def fingerprints() -> dict[str, dict[str, object]]:
    """Fingerprints of all canonical runs."""
    return {name: fingerprint(*run) for name, run in RUNS.items()}


if __name__ == "__main__":
    FILE.write_text(json.dumps(fingerprints(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"wrote {FILE}")
