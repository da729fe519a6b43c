"""Plan estimates: time and room that a plan says are near those that the sweep takes."""

import time
from pathlib import Path

import pytest

from sim.experiment.design.cost_and_coverage import make_plan
from sim.experiment.design.experiment_loading import experiment_from_values, load_experiment
from sim.experiment.execute import pilot_sample, requests
from sim.experiment.execute.coordinator import Context
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.execute.pilot_estimate import FAILED, measured_plan
from sim.experiment.execute.pilot_sample import measure, places_of
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.store.batches import chunk_size

HERE = Path(__file__).parent / "plan_estimates"
FACTOR = 1.5


def values(**changed):
    """Points of a tiny town that are cheap to run, so that compiling a scenario is most of the work."""
    axes = {
        "a": {"path": "rules.strategy.drive", "low": 0, "high": 1, "steps": 50},
        "b": {"path": "rules.people.quit_rate", "low": 0.01, "high": 0.05, "steps": 8},
    }
    made = {"title": "Grid", "scenarios": [str(HERE / "tiny.yaml")], "quarters": 2, "axes": axes, "replications": 1}
    return made | changed


FEW = {"axes": {}, "scenarios": ["beijing-2010", "late-payment"], "quarters": 24, "replications": 24}
KEPT = {"replications": 60, "axes": {}, "quarters": 8, "keep": {"series": ["staff"], "tables": ["agencies"]}}


@pytest.mark.parametrize("changed", [{}, {"replications": 3}, FEW, KEPT], ids=["points", "replications", "few", "kept"])
def test_room_and_time_are_near_those_of_the_sweep(tmp_path, changed, monkeypatch):
    monkeypatch.setattr(pilot_sample, "BUDGET", 2.0)
    design = experiment_from_values(values(**changed))
    plan = measured_plan(design, 1, NullProgress())
    began = time.perf_counter()
    report = requests.sweep(design, tmp_path / "s", Context(SerialExecutor(), NullProgress()))
    seconds = time.perf_counter() - began
    assert report.status == "complete"
    room = sum(path.stat().st_size for path in (tmp_path / "s").rglob("*") if path.is_file())
    assert room / FACTOR <= plan.bytes <= FACTOR * room
    # Another program may take the machine in the meantime; where points differ, the plan was too low by 10 to 30.
    assert seconds / 4 <= plan.seconds <= 4 * seconds
    assert plan.start_seconds > 0


def test_the_first_run_of_a_point_counts_with_its_scenario(monkeypatch):
    """However long it takes to compile: once for every point, not for every run, and not never."""
    made = experiment_from_values(values(replications=4))
    compiled = type(made).compiled

    def slow(self, row):
        time.sleep(0.1)
        return compiled(self, row)

    monkeypatch.setattr(type(made), "compiled", slow)
    cost = measure(made, 4, 1600, places_of(made.table()))
    assert cost.first > 0.1
    assert cost.further < 0.1
    chunk = cost.chunk / 100
    assert cost.seconds(4, 100) == pytest.approx((cost.first + 3 * cost.further) / 4 + cost.keeping + chunk)
    # Each chunk compiles its scenarios itself: 2 of 4 runs where a chunk holds two.
    assert cost.seconds(4, 2) == pytest.approx((cost.first + cost.further) / 2 + cost.keeping + cost.chunk / 2)
    assert cost.seconds(4, 1) == pytest.approx(cost.first + cost.keeping + cost.chunk)


def test_every_scenario_is_looked_at_before_time_is_up(monkeypatch):
    """Points that differ in size are no measure for each other."""
    monkeypatch.setattr(pilot_sample, "BUDGET", 0.0)
    made = experiment_from_values(values(scenarios=["beijing-2010", str(HERE / "tiny.yaml")]))
    seen = []
    compiled = type(made).compiled
    monkeypatch.setattr(type(made), "compiled", lambda self, row: seen.append(row["scenario"]) or compiled(self, row))
    assert measure(made, 1, 800, places_of(made.table())) is not None
    assert set(seen) == {"beijing-2010", "tiny"}


def test_a_design_is_looked_at_all_over():
    table = load_experiment(str(HERE / "mid.yaml")).table()
    looked_at = [row["a"] for place in places_of(table) for row in place.rows]
    assert min(looked_at) < 0.2
    assert max(looked_at) > 0.8


def test_a_pilot_that_fails_says_so_and_guesses_no_time(monkeypatch):
    monkeypatch.setattr("sim.experiment.execute.pilot_estimate._measured", lambda *_: (None, None))
    plan = measured_plan(experiment_from_values(values()), 1, NullProgress())
    assert (plan.seconds, plan.bytes) == (None, None)
    assert FAILED in plan.notes


@pytest.mark.parametrize(("replications", "workers", "longest"), [(1, 4, 1), (3, 2, 2), (5, 2, 3), (4, 8, 1)])
def test_workers_without_a_chunk_do_not_shorten_a_few_large_runs(replications, workers, longest):
    made = experiment_from_values(values(axes={}, replications=replications))
    assert chunk_size(replications, 10**6) == 1
    plan = make_plan(made, runs_per_chunk=1, seconds_per_run=60.0, workers=workers)
    assert plan.seconds == longest * 60
