"""Cost and coverage: numbers of runs that add up, and what the axes cover."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from sim.cli.terminal.plan_table import plan_lines, plan_text
from sim.experiment.design.cost_and_coverage import Coverage, make_plan
from tests.unit.experiment.design.design_town import design

AXES = {
    "drive": {"path": "rules.strategy.drive", "low": 0.2, "high": 0.7, "steps": 6},
    "term": {"lever": "contract.term", "in": "districts", "values": [4, 8]},
    "when": {"path": "policies.cut.from", "values": ["2010-Q3", "2011-Q1"]},
    "pricing": {"lever": "contract.pricing"},
    "budget": {"lever": "procurement.growth", "in": "cities", "values": [0.05, 0.5]},
}


def test_runs_are_points_by_replications(tmp_path: Path) -> None:
    made = design(tmp_path, axes={"drive": AXES["drive"]}, replications=50)
    plan = make_plan(made, runs_per_chunk=70, seconds_per_run=0.02, bytes_per_run=500, workers=4)
    assert (plan.points, plan.replications, plan.runs, plan.chunks) == (6, 50, 300, 5)
    assert (plan.chunk_runs, plan.chunk_seconds) == (70, pytest.approx(1.4))
    assert plan_lines(plan)[2] == "Time, from a pilot: about 1.8 seconds, and a few seconds to start"
    # Four workers take a chunk of 70 each, and one of them the last 20 too.
    assert plan.seconds == pytest.approx(1.8)
    assert plan.bytes == 150_000
    assert (plan.most_runs, plan.most_seconds, plan.most_bytes) == (plan.runs, plan.seconds, plan.bytes)


def test_nothing_is_guessed_without_a_pilot(tmp_path: Path) -> None:
    plan = make_plan(design(tmp_path))
    assert (plan.chunks, plan.chunk_seconds, plan.seconds, plan.bytes) == (None, None, None, None)


def test_a_precision_bounds_the_runs(tmp_path: Path) -> None:
    made = design(tmp_path)
    file = made.file.model_dump(mode="json", by_alias=True, exclude_none=True) | {"axes": {"drive": AXES["drive"]}}
    del file["replications"]
    from sim.experiment.design.experiment_loading import experiment_from_values

    precise = experiment_from_values(file | {"precision": {"outcome": "closures", "width": 1, "first": 5, "most": 40}})
    plan = make_plan(precise, seconds_per_run=1.0)
    assert (plan.runs, plan.most_runs, plan.seconds, plan.most_seconds) == (30, 240, 30.0, 240.0)


def test_coverage_of_every_kind_of_axis(tmp_path: Path) -> None:
    axes = dict(AXES)
    axes["growth"] = axes.pop("budget") | {"lever": "grants.reputation"}
    drive, term, when, pricing, growth = make_plan(design(tmp_path, axes=axes)).coverage
    assert drive == Coverage("drive", "drive", "0-1", "a number", 6, 0.2, 0.7, pytest.approx(0.5), (0.3,), True)
    # Two districts have different terms, so there is no single default.
    assert (term.levels, term.least, term.most, term.defaults, term.default_tried) == (2, 4, 8, (None,), False)
    assert (when.least, when.most, when.share, when.defaults) == ("2010-Q3", "2011-Q1", None, ("2011-Q1",))
    assert when.default_tried
    assert (pricing.levels, pricing.share, pricing.defaults, pricing.default_tried) == (2, 1.0, ("fixed",), True)
    assert (growth.share, growth.default_tried) == (pytest.approx(0.45), False)


def test_the_screen_tells_it(tmp_path: Path) -> None:
    made = design(tmp_path, axes={"drive": AXES["drive"]}, replications=50)
    console = Console(width=120, record=True, file=None, quiet=True)
    text = make_plan(made, seconds_per_run=10.0, bytes_per_run=500, workers=2, runs_per_chunk=100)
    with console.capture() as shown:
        Console(width=120, file=console.file)
        console.quiet = False
        console.print(plan_text(text))
    text = shown.get()
    assert "6 points (grid, 1 scenario) × 50 replications = 300 runs in 3 chunks" in text
    assert "A chunk is 100 runs, about 16.7 minutes of a worker" in text
    # Two workers, three chunks: one of them takes two.
    assert "Time, from a pilot: about 33.3 minutes\n" in text.replace(" \n", "\n")
    assert "On the disk: about 150.0 kB" in text
    assert "50%" in text
