"""Run summary table: what it shows, and how it is laid out."""

import io

import numpy as np
import pytest
from rich.console import Console

from sim.cli.terminal.run_summary_table import summarise, summary_table
from sim.declarations.sector_outcomes import MAIN
from tests.unit.plots.sample_results import results_folder


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


def test_a_title_is_not_markup(tmp_path):
    assert "[bold]x[/bold]" in printed(summary_table(results_folder(tmp_path, title="[bold]x[/bold]")))


def test_a_narrow_terminal_has_one_band(tmp_path):
    results = results_folder(tmp_path)
    assert printed(summary_table(results)).count("80 % band") == 2
    assert printed(summary_table(results, wide=False)).count("80 % band") == 1
