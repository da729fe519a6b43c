"""Statistics, pattern files and a shipped file for tests of the validation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sim.validation import validation_api
from sim.validation.statistic_type import STATISTICS, Argument, Rows, WorldTables, statistic

SHIPPED = """\
worlds:
  shipped world: {scenario: beijing-2010, quarters: 3, replications: 2}
patterns:
  - id: S1
    statement: There is money.
    source: Nobody 2020
    mark: C
    calibration: false
    written: 2026-11-29
    checks:
      - says: budget
        world: shipped world
        statistic: made-up-value
        with: {outcome: budget, at: 2010-Q1}
        band: [0, null]
"""


def _in_quarter(world: WorldTables, outcome: str, at: str) -> Rows:
    table = world.table("sector")
    found = table[table["quarter"].astype(str) == at].set_index("replication")[outcome]
    return found.reindex(range(world.replications)).to_numpy(np.float64)


def _declare() -> None:
    @statistic("Outcome in a quarter.", {"sector": ()}, {"outcome": Argument.OUTCOME, "at": Argument.QUARTER})
    def made_up_value(world: WorldTables, outcome: str, at: str) -> Rows:
        return _in_quarter(world, outcome, at)

    @statistic(
        "Difference of an outcome in a quarter.",
        {"sector": ()},
        {"outcome": Argument.OUTCOME, "at": Argument.QUARTER},
        compares=True,
    )
    def made_up_difference(world: WorldTables, other: WorldTables, outcome: str, at: str) -> Rows:
        return _in_quarter(world, outcome, at) - _in_quarter(other, outcome, at)

    @statistic(
        "Mean of a column of agencies over another.",
        {"agencies": ("staff", "skill_FIELD")},
        {"column": Argument.COLUMN, "scale": Argument.NUMBER, "among": Argument.WORDS},
        defaults={"scale": 1, "among": []},
        combine=lambda means: float(means[0] / means[1]),
    )
    def made_up_ratio(world: WorldTables, column: str, scale: float, among: list[str]) -> Rows:
        sums = world.table("agencies").groupby("replication")[[column, "staff"]].sum() * [scale, 1]
        return sums.reindex(range(world.replications)).to_numpy(np.float64)

    @statistic("Defined in every second replication.", {"sector": ()})
    def made_up_rarity(world: WorldTables) -> Rows:
        return np.where(np.arange(world.replications) % 2, np.nan, 1.0 + np.arange(world.replications))


@pytest.fixture(autouse=True)
def made_up(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Statistics of our own instead of the declared ones, and a small file instead of the shipped one."""
    before = dict(STATISTICS)
    STATISTICS.clear()
    _declare()
    shipped = tmp_path_factory.mktemp("shipped") / "patterns.yaml"
    shipped.write_text(SHIPPED, encoding="utf-8")
    monkeypatch.setattr(validation_api, "known_statistics", lambda: STATISTICS)
    monkeypatch.setattr(validation_api, "shipped_patterns", lambda: shipped)
    yield
    STATISTICS.clear()
    STATISTICS.update(before)


MINE = """\
worlds:
  base: {scenario: beijing-2010, quarters: 4, replications: 3}
  poor:
    scenario: [beijing-2010]
    changes: {policies: [{at: 2010-Q1, set: {procurement.budget_factor: 0}}]}
    quarters: 4
    replications: 3
patterns:
  - id: M1
    statement: Agencies come with money.
    source: Somebody 2021
    mark: B
    calibration: true
    written: 2026-11-29
    checks:
      - {says: agencies, world: base, statistic: made-up-value, with: {outcome: agencies, at: 2010-Q1}, band: [1, 1000]}
      - says: budget with and without money
        world: poor
        versus: base
        statistic: made-up-difference
        with: {outcome: budget, at: 2010-Q2}
        band: [null, 0]
  - id: M2
    statement: Staff is staff.
    source: Somebody 2022
    mark: A
    calibration: false
    written: 2026-11-29
    checks:
      - {says: staff over staff, world: base, statistic: made-up-ratio, with: {column: staff}, band: [2, 3]}
      - {says: rare, world: base, statistic: made-up-rarity, band: [0, 2.5]}
      - {says: reported, world: base, statistic: made-up-value, with: {outcome: staff, at: 2010-Q2}, band: [null, null]}
"""


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pattern file in the working directory."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mine.yaml"
    path.write_text(MINE, encoding="utf-8")
    return path
