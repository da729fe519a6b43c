"""Stored curves: medians and bands of shipped scenarios, shown until the rules are loaded.

``python -m sim.dashboard.stored_curves`` writes them anew (`make curves`). They say to which rules and scenario files
they belong, and a page says so when these have changed since.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.declarations.calendar_quarter import Quarter
from sim.plots.panel_declarations import OUTCOMES

FILE = Path(__file__).with_name("stored_curves.json")
SCENARIOS = ("beijing-2010", "guangzhou-centres", "shanghai-hubs", "shenzhen-posts")
"""Scenarios that others extend, but for the whole country, whose runs take minutes."""
REPLICATIONS, SEED = 20, 1
_DIGITS = 4
"""Significant digits that are stored."""


@dataclass(frozen=True)
class StoredCurve:
    """What is stored of one scenario.

    Attributes
    ----------
    start : Quarter
        First quarter.
    bands : dict of str to list of list
        Outcome -> values at 10 %, 50 % and 90 % of the replications, each by quarter; None where undefined.
    is_current : bool
        Whether rules and scenario are still those that it was made with.
    """

    start: Quarter
    bands: dict[str, list[list[float | None]]]
    is_current: bool


def stored_curve(scenario: str, file: Path = FILE) -> StoredCurve | None:
    """What is stored of a scenario; None for one of which nothing is."""
    kept = json.loads(file.read_text("utf-8"))
    found = kept["scenarios"].get(scenario)
    if found is None:
        return None
    is_current = (kept["rules"], found["file"]) == (rules_digest(), file_digest(scenario))
    return StoredCurve(Quarter.parse(found["start"]), found["bands"], is_current)


def rules_digest() -> str:
    """Digest of everything that compiled rules are made from."""
    from sim.engine.rule_sources import sources

    digest = hashlib.blake2b(digest_size=8)
    for name, source in sources().items():
        digest.update(name.encode())
        digest.update(source)
    return digest.hexdigest()


def file_digest(scenario: str) -> str:
    """Digest of a shipped scenario's file."""
    from sim.scenario.reading.file_search import shipped_directory

    data = (shipped_directory() / f"{scenario}.yaml").read_bytes()
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def made_curve(scenario: str) -> dict[str, Any]:
    """Run a scenario and make what is stored of it."""
    import numpy as np

    from sim.experiment.store.batches import replication_seed
    from sim.live.run_values import PLACES
    from sim.model.setup.compiled_scenario import CompiledScenario
    from sim.run import simulate
    from sim.scenario import load_scenario
    from sim.scenario.reading.file_search import shipped_directory
    from sim.statistics.replication_bands import band

    compiled = CompiledScenario.of(load_scenario(shipped_directory() / f"{scenario}.yaml"))
    runs = [simulate(compiled, replication_seed(SEED, r), detailed=False) for r in range(REPLICATIONS)]
    values = np.stack([np.array(run.world.outcome_values) for run in runs])
    bands = {}
    for name in OUTCOMES:
        found = band(values[:, :, PLACES[name]])
        bands[name] = [rounded(line.tolist()) for line in (found.p10, found.median, found.p90)]
    return {"file": file_digest(scenario), "start": str(compiled.start), "bands": bands}


def rounded(values: list[float]) -> list[float | int | None]:
    """Numbers with a few significant digits; None for what is not a number.

    >>> rounded([0.123456, 12.0, float("nan")])
    [0.1235, 12, None]
    """
    short = [None if value != value else float(f"{value:.{_DIGITS}g}") for value in values]
    return [int(value) if value is not None and value.is_integer() else value for value in short]


def write(file: Path = FILE) -> None:
    """Run all scenarios and write the file."""
    kept = {"rules": rules_digest(), "scenarios": {name: made_curve(name) for name in SCENARIOS}}
    file.write_text(json.dumps(kept, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    write()
