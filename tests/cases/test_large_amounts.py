"""Amounts too large to be counted are refused before a run, or stop it, and never become wrong numbers."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import yaml

from sim.engine.arithmetic import LARGEST_FEN, AmountError, checked_fen, exponential, to_fen, to_fen_down
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import RunResult, initialise, simulate
from sim.scenario import make_scenario
from tests.support.in_process_cli import inside

TOWN: dict[str, Any] = {
    "title": "Tiny town",
    "start": "2010-Q1",
    "quarters": 8,
    "fields": {"elderly": {}},
    "cities": {
        "Town": {
            "districts": {
                "East": {
                    "communities": {"count": 1, "residents": 1_000},
                    "government": {"procurement": {"budget": 600_000, "growth": 0.0}},
                }
            }
        }
    },
    "agencies": {"Alpha": {"district": "East", "staff": 3}},
}
BUDGET = "cities.Town.districts.East.government.procurement.budget"
GROWTH = "cities.Town.districts.East.government.procurement.growth"


def town(**changes: Any) -> dict[str, Any]:
    """The town with other values at dotted paths."""
    values = copy.deepcopy(TOWN)
    for path, value in changes.items():
        *keys, last = path.split(".")
        place = values
        for key in keys:
            place = place.setdefault(key, {})
        place[last] = value
    return values


def written(folder, values: dict[str, Any], name: str = "town.yaml") -> str:
    """A file of these values."""
    (folder / name).write_text(yaml.safe_dump(values), encoding="utf-8")
    return name


def refused(folder, *command: str) -> str:
    """What a command says that must be refused, before anything is written."""
    before = sorted(folder.rglob("*"))
    done = inside(*command, cwd=folder)
    assert done.returncode == 2, done.stderr
    assert sorted(folder.rglob("*")) == before
    return str(done.stderr)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("agencies.Alpha.cash", 1e17),
        (BUDGET, 9e16),
        ("cities.Town.labour.outside_wage", 1e100),
        ("rules.costs.fixed", 1e300),
    ],
)
def test_amounts_beyond_whole_fen(tmp_path, path, value):
    message = refused(tmp_path, "run", written(tmp_path, town(**{path: value})), "--out", "o")
    assert path in message
    assert "CNY" in message


def test_growth_with_quarters_of_the_command(tmp_path):
    file = written(tmp_path, town(**{GROWTH: 1.0}))
    for command in (("run", file), ("compare", file, written(tmp_path, town(), "other.yaml"))):
        message = refused(tmp_path, *command, "--quarters", "400", "--out", "o")
        assert "town.yaml" in message
        assert f"{GROWTH}: the yearly budget of Town/East would be above" in message
        assert "a run of 72 quarters at most" in message


def test_growth_of_shipped_scenarios_with_a_hundred_years(tmp_path):
    assert "slower growth" in refused(tmp_path, "run", "national", "--quarters", "400", "--out", "o")


@pytest.mark.parametrize(
    "axis",
    [
        {"path": GROWTH, "values": [0.0, 3.0]},
        {"path": BUDGET, "values": [1e6, 1e12]},
        {"path": "rules.costs.inflation", "values": [0.0, 1.0]},
        {"path": "cities.Town.donors.growth", "low": 0.0, "high": 1.0, "steps": 3},
    ],
)
def test_values_of_axes(tmp_path, axis):
    written(tmp_path, town(**{"cities.Town.donors.pool": 1e6}))
    experiment = {"title": "Axes", "scenarios": ["town.yaml"], "replications": 2, "quarters": 200, "axes": {"a": axis}}
    message = refused(tmp_path, "sweep", written(tmp_path, experiment, "sweep.yaml"), "--out", "o")
    assert "sweep.yaml" in message
    assert "CNY" in message


def test_two_axes_that_only_together_go_too_far(tmp_path):
    written(tmp_path, town())
    axes = {"a": {"path": GROWTH, "values": [0.0, 1.0]}, "b": {"path": BUDGET, "values": [1e6, 1e10]}}
    experiment = {"title": "Axes", "scenarios": ["town.yaml"], "replications": 2, "quarters": 40, "axes": axes}
    message = refused(tmp_path, "sweep", written(tmp_path, experiment, "sweep.yaml"), "--out", "o")
    assert "is not feasible (1 of 4 points)" in message


def wild(**changes: Any) -> dict[str, Any]:
    """The town with an economy that multiplies budgets by ever more."""
    economy = {
        "cities.Town.economy": {"volatility": 1.0, "reversion": 0.0},
        "cities.Town.districts.East.government.procurement.cycle": 3.0,
        "quarters": 400,
    }
    return town(**(economy | changes))


def test_a_run_that_goes_too_far_stops_and_says_why():
    with pytest.raises(AmountError, match=r"in 20..-Q. .*90,071,992,547,409 CNY.*economy.*budget of East"):
        simulate(CompiledScenario.of(make_scenario(wild())), 1)


def test_no_number_of_a_run_that_ends_is_beyond_whole_fen():
    ended = 0
    for seed in range(12):
        try:
            run = simulate(CompiledScenario.of(make_scenario(wild(quarters=60))), seed)
        except AmountError:
            continue
        ended += 1
        assert abs(run.world.externals.cash).max() <= LARGEST_FEN
        assert (run.world.government_panel["budget"] >= 0).all()
        assert np.isfinite(run.world.agencies.wage[: int(run.world.clock[0].agencies)]).all()
    assert 0 < ended < 12


def test_the_command_says_which_runs_stopped(tmp_path):
    done = inside("run", written(tmp_path, wild()), "--replications", "6", "--out", "o", "--workers", "1", cwd=tmp_path)
    assert done.returncode == 1
    why = inside("results", "o", "--failures", cwd=tmp_path)
    assert "AmountError" in why.stdout
    assert "beyond 90,071,992,547,409 CNY" in " ".join(why.stdout.split())


@pytest.mark.parametrize("amount", [LARGEST_FEN, -LARGEST_FEN, 0.0, 0.5, 1.5, -2.5])
def test_amounts_within_the_limit(amount):
    assert to_fen(float(amount)) == round(amount)
    assert to_fen_down(float(amount)) == int(amount)


@pytest.mark.parametrize("amount", [LARGEST_FEN + 2, -LARGEST_FEN - 2, 1e300, np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("convert", [to_fen, to_fen_down])
def test_amounts_beyond_the_limit(convert, amount):
    with pytest.raises(AmountError):
        convert(float(amount))


def test_sums_and_powers():
    assert checked_fen(LARGEST_FEN) == LARGEST_FEN
    with pytest.raises(AmountError):
        checked_fen(LARGEST_FEN + 1)
    assert exponential(1e9) == np.inf
    assert exponential(-1e9) == 0.0


def test_an_account_stops_at_the_limit():
    compiled = CompiledScenario.of(make_scenario(town()))
    run = RunResult(compiled, 1, initialise(compiled, 1))
    run.world.governments[1].cash = LARGEST_FEN - 1_000
    with pytest.raises(AmountError, match=r"moving money \(budget\) went beyond"):
        run.run_to(8)


INTERPRETED = """
import numpy as np
from tests.cases import test_large_amounts as cases
for amount in (2.0**53 + 2, np.inf, np.nan):
    cases.test_amounts_beyond_the_limit(cases.to_fen, amount)
cases.test_sums_and_powers()
cases.test_a_run_that_goes_too_far_stops_and_says_why()
cases.test_an_account_stops_at_the_limit()
"""


def test_the_same_without_the_compiler():
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    subprocess.run([sys.executable, "-c", INTERPRETED], env=environment, check=True)
