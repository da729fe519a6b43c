"""Uncertainty runs: which scenario an ensemble belongs to, its runs beside those of chance, and how far they reach."""

import numpy as np
import pandas as pd
import pytest

from sim.cli.curve_drawing import draw_curves, read_plot_data
from sim.experiment.design.run_design import run_design
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.execute.requests import run
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.results.results import Results
from sim.experiment.store.results_folder import UNCERTAINTY
from sim.plots.curve_figures import overview_figure
from sim.plots.panel_declarations import OUTCOMES
from sim.scenario import load_scenario_file
from sim.validation import uncertainty_runs
from sim.validation.ensemble_file import Ensemble, ensemble_text
from sim.validation.uncertainty_runs import ensemble_of, run_uncertainty, uncertainty_design

QUARTERS, SEED = 6, 3
SETS = Ensemble({"scenario": "beijing-2010"}, ("rules.people.learning",), (2, 5, 7), ((0.1,), (0.5,), (0.9,)))


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    file = tmp_path / "ensemble.csv"
    file.write_text(ensemble_text(SETS), encoding="utf-8")
    monkeypatch.setattr(uncertainty_runs, "shipped_ensemble", lambda: file)
    return file


def test_the_ensemble_that_is_shipped_belongs_to_the_base_and_has_sets_enough():
    found = ensemble_of(load_scenario_file("beijing-2010"))
    assert isinstance(found, Ensemble), found
    assert len(found.values) >= uncertainty_runs.SETS
    assert "--random 2000" in found.facts["command"]


def test_an_ensemble_belongs_to_its_scenario_as_shipped(shipped, tmp_path):
    assert ensemble_of(load_scenario_file("beijing-2010")) == SETS
    assert "belongs to this scenario" in ensemble_of(load_scenario_file("austerity"))
    changed = tmp_path / "beijing-2010.yaml"
    changed.write_text("extends: beijing-2010\nrules: {people: {learning: 0.4}}\n", encoding="utf-8")
    assert "as shipped" in ensemble_of(load_scenario_file(changed))
    shipped.unlink()
    assert "--ensemble" in ensemble_of(load_scenario_file("beijing-2010"))


def test_runs_reach_as_far_as_their_quantiles(shipped, tmp_path, monkeypatch):
    monkeypatch.setattr(uncertainty_runs, "REPLICATIONS", 2)
    folder = tmp_path / "run"
    loaded = load_scenario_file("beijing-2010")
    run(run_design(loaded, "beijing-2010", replications=3, seed=SEED, quarters=QUARTERS), folder, 1, NullProgress())
    assert not read_plot_data(ResultArrays.open(folder)).reaches
    design = uncertainty_design(SETS, QUARTERS, SEED, OUTCOMES)
    for _ in range(2):  # the second time there is nothing left to do
        run_uncertainty(design, folder, SerialExecutor(), NullProgress())
    sets = Results.open(folder / UNCERTAINTY)
    assert sets.points.to_pandas().iloc[:, -1].tolist() == [0.1, 0.5, 0.9]
    data = read_plot_data(ResultArrays.open(folder))
    assert data.sets == (3, 6)
    table = pd.DataFrame(sets.table("sector"))
    by_quarter = table.groupby("quarter", observed=True)[OUTCOMES[0]]
    for end, share in zip(data.reaches[OUTCOMES[0]], (0.1, 0.9), strict=True):
        np.testing.assert_allclose(end, by_quarter.quantile(share).to_numpy())
    texts = [text.get_text() for text in overview_figure(data).texts]
    assert any("6 runs under 3 other sets" in text for text in texts)
    assert draw_curves(folder).files


def test_only_the_first_sets_of_a_large_ensemble_are_run():
    rows = tuple((number / 50,) for number in range(50))
    many = Ensemble(SETS.facts, SETS.paths, tuple(range(50)), rows)
    assert uncertainty_design(many, QUARTERS, SEED, OUTCOMES).points == uncertainty_runs.SETS
