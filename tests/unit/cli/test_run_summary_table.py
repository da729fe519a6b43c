"""Run summary table: what it shows, and how it is laid out."""

import io

import numpy as np
import pytest
from rich.console import Console

from sim.cli.terminal.run_summary_table import summarise, summary_table
from sim.declarations.sector_outcomes import MAIN
from tests.unit.plots.sample_results import results_folder

TITLES = {outcome.name: outcome.title for outcome in MAIN}


def printed(table):
    console = Console(file=io.StringIO(), width=160)
    console.print(table)
    return console.file.getvalue()


def test_every_main_outcome_has_a_row_with_its_unit(tmp_path):
    text = printed(summary_table(results_folder(tmp_path)))
    assert "Made up: median of 5 replications" in text
    assert "2009-Q3" in text
    assert "2011-Q2" in text
    for outcome in MAIN:
        assert outcome.title in text
    assert "million CNY/year" in text


def test_numbers_are_quantiles_over_replications(tmp_path):
    results = results_folder(tmp_path, replications=9)
    values = results.trajectories(["unmet_need"])["unmet_need"]
    row = next(row for row in summarise(results) if row.outcome.name == "unmet_need")
    assert row.start == pytest.approx(tuple(np.quantile(values[:, 0], [0.1, 0.5, 0.9])))
    assert row.end == pytest.approx(tuple(np.quantile(values[:, -1], [0.1, 0.5, 0.9])))


def test_one_replication_has_no_band(tmp_path):
    text = printed(summary_table(results_folder(tmp_path, replications=1)))
    assert "one replication" in text
    assert "80 %" not in text


def test_missing_values_are_dashes(tmp_path):
    text = printed(summary_table(results_folder(tmp_path, missing=8)))
    assert "nan" not in text
    assert "–" in text


def test_numbers_over_fewer_runs_say_over_how_many(tmp_path):
    """A median of the 8 replications that have a value is no median of 40."""
    whole = printed(summary_table(results_folder(tmp_path / "a", replications=40)))
    assert "Runs" not in whole
    assert "Caution" not in whole
    values = {outcome.name: np.ones((40, 8)) for outcome in MAIN}
    values["unmet_need"][8:, -1] = np.nan
    values["wage"][1:, -1] = np.nan
    results = results_folder(tmp_path / "b", replications=40)
    results.__dict__["trajectories"] = lambda names: {name: values[name] for name in names}
    text = printed(summary_table(results))
    lines = {name: next(line for line in text.splitlines() if f" {title} " in line) for name, title in TITLES.items()}
    assert lines["unmet_need"].split()[-3:] == ["8", "of", "40"]
    assert lines["wage"].split()[-4:] == ["–", "1", "of", "40"], "one run has no band"
    assert lines["staff"].split()[-1] == "40"
    assert text.count("Runs") == 2  # one column, and what it means
    assert "Caution" in text


def test_a_title_is_not_markup(tmp_path):
    assert "[bold]x[/bold]" in printed(summary_table(results_folder(tmp_path, title="[bold]x[/bold]")))


def test_a_narrow_terminal_has_one_band(tmp_path):
    results = results_folder(tmp_path)
    assert printed(summary_table(results)).count("80 % band") == 2
    assert printed(summary_table(results, wide=False)).count("80 % band") == 1


def test_a_run_of_one_quarter_is_shown_once(tmp_path):
    text = printed(summary_table(results_folder(tmp_path, quarters=1)))
    assert text.count("2009-Q3") == 1
    assert text.count("80 % band") == 1


def test_a_dash_in_a_single_run_is_explained(tmp_path):
    assert "–: undefined." in printed(summary_table(results_folder(tmp_path / "a", replications=1, missing=2)))
    assert "undefined" not in printed(summary_table(results_folder(tmp_path / "b", replications=1)))
