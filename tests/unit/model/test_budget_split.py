"""The split of budgets over fields: a split at all times, never swinging, and moved by need and by who is heard."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.run import RunResult, simulate
from tests.support.oracle_town import everywhere, town

YEARS = 12
SHARES = st.one_of(st.just(0.0), st.just(1.0), st.floats(0, 1))


def run(openness: float, response: float, speed: float, seed: int = 11, years: int = YEARS) -> RunResult:
    levers = everywhere("procurement.openness", openness) | everywhere("procurement.need_response", response)
    return simulate(town({"quarters": 4 * years, "rules.voice.speed": speed, **levers}), seed=seed)


def yearly_moves(record: RunResult) -> np.ndarray:
    """Moves of each government's split from year to year; shape (years - 1, governments, fields)."""
    return np.diff(record.world.split_panel[::4], axis=0)


@settings(max_examples=12, deadline=None)
@given(SHARES, SHARES, st.one_of(st.just(1.0), st.floats(0.01, 1)))
def test_no_setting_makes_a_split_swing(openness: float, response: float, speed: float):
    # Chance alone gives one run of some years a correlation of 0 ± 0.15; four long ones leave a third of that.
    records = [run(openness, response, speed, seed, 30) for seed in range(4)]
    for record in records:
        split = record.world.split_panel
        assert (split >= 0).all()
        assert np.allclose(split.sum(axis=2), 1.0)
    moves = np.stack([yearly_moves(record) for record in records])
    before, after = moves[:, :-1].ravel(), moves[:, 1:].ravel()
    if before.std() > 1e-9 and after.std() > 1e-9:
        assert np.corrcoef(before, after)[0, 1] >= -0.15


def test_the_table_of_policy_tells_split_hearing_and_turn():
    record = run(0.6, 0.4, 0.3)
    panel = record.world.government_panel
    assert np.isnan(panel["hearing"][:4]).all()
    assert np.isnan(panel["turn"][:4]).all()
    assert (panel["hearing"][4:] <= 0.6).all()
    moved = 0.5 * np.abs(yearly_moves(record)).sum(axis=2)
    assert np.allclose(panel["turn"][4::4], moved)
    table = record.tables()["policy"].to_pandas()
    columns = [name for name in table if name.startswith("split_")]
    assert len(columns) == record.world.split.shape[1]
    assert np.allclose(table[columns].sum(axis=1), 1.0, atol=1e-6)


def test_who_does_not_listen_keeps_to_plan_and_need():
    deaf = run(0.0, 0.0, 1.0)
    assert np.allclose(deaf.world.split_panel, deaf.world.plan)
    assert (deaf.sector.voice_mean == 0).all()
    needed = run(0.0, 1.0, 1.0)
    assert needed.sector.budget_need_gap[8:].mean() < 0.5 * deaf.sector.budget_need_gap[8:].mean()


@pytest.mark.parametrize("speed", [0.1, 1.0])
def test_speed_changes_when_not_where(speed: float):
    slow = run(0.0, 0.5, speed)
    aim = 0.5 * slow.world.plan
    assert np.abs(slow.world.split - aim).sum() > 0
    first = np.abs(yearly_moves(slow)[0]).sum()
    last = np.abs(yearly_moves(slow)[-1]).sum()
    assert first > last
