"""Sweep table: results of a sweep, and how they are laid out."""

import io
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.sector_outcomes import MAIN
from sim.experiment.printed.axis_levels import MOST_RANGES, levels_of
from sim.experiment.printed.sweep_table import MOST_POINTS, sweep_table
from sim.experiment.printed.table_layout import Cells, blocks
from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from sim.statistics.number_format import plus_minus
from tests.unit.cli.printed_tables import TITLES, WIDTHS, column, printed, shown, sweep
from tests.unit.experiment.made_up_sweeps import EXPERIMENT, grid, values_of

# --- A sweep ---------------------------------------------------------------------------------------------


def test_a_few_points_are_shown_one_by_one(tmp_path):
    text = shown(sweep(tmp_path, grid(drive=[0.0, 0.5, 1.0], cut=["2012-Q1"])))
    assert text.startswith("Made up\nDoes it read well?\n6 points, 30 runs kept.\n")
    assert "Closures" in text or TITLES["closures"].split()[0] in text
    assert len([line for line in text.splitlines() if "third party" in line]) == 3
    # What all points share is not repeated.
    assert "2012-Q1" not in text
    assert "town" not in text
    assert "Mean over 5 replications ± half of its 95 % interval; a run counts with its mean of its 3 quarters" in text


def test_numbers_are_means_and_half_intervals(tmp_path):
    results = sweep(tmp_path)
    row = results.summary("closures").loc[0]
    spread = np.ptp(results.summary("closures").closures)
    assert plus_minus(row["closures"], row["closures_ci_high"] - row["closures"], spread) in shown(results)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("points", [6, 60])
def test_nothing_is_cut_or_wraps_at_any_width(tmp_path, width, points):
    rows = grid(variants=("", "third party"), drive=[n / 100 for n in range(points // 2)])
    text = shown(sweep(tmp_path, rows, replications=2), width, outcomes=[outcome.name for outcome in MAIN])
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= width
    for outcome in MAIN:
        for word in outcome.title.split():
            assert word in text
    assert text.count(" ± ") >= min(points, 2 + MOST_RANGES) * len(MAIN)


def test_many_points_are_shown_axis_by_axis(tmp_path):
    rows = grid(drive=[n / 10 for n in range(11)], term=[1, 4])
    results = sweep(tmp_path, rows, replications=3)
    assert len(rows) > MOST_POINTS
    text = shown(results)
    assert "drive: Title of drive" in text
    assert "term: Title of term" in text
    assert "0 – 0.1" in text
    assert "Mean over points and 3 replications" in text
    mean = results.summary("closures").query("term == 4").closures.mean()
    row = next(line for line in text.split("term: Title")[1].splitlines() if line.split()[:1] == ["4"])
    assert row.split()[1] == "22"
    assert float(row.split()[2]) == pytest.approx(mean, abs=0.5)


def test_large_sums_are_in_millions(tmp_path):
    values = values_of(grid(drive=[1, 2]), 5)
    values[:, :, column("budget")] = 5e8
    text = shown(sweep(tmp_path, grid(drive=[1, 2]), values=values))
    assert "million" in text
    assert "500 ± 0" in text


def test_points_with_different_numbers_of_runs_say_so(tmp_path):
    assert "runs" not in shown(sweep(tmp_path / "a")).split("kept")[1].split("Mean over")[0]
    text = shown(sweep(tmp_path / "b", failed={(1, 2)}))
    assert "29 runs kept; 1 failed." in text
    assert "runs" in text.split("failed.")[1]
    assert "Mean over 4 to 5 replications" in text
    assert "Unfinished" not in text


def test_a_sweep_that_is_not_finished_says_so(tmp_path):
    assert "7 runs kept of 30; the rest has yet to be done." in shown(sweep(tmp_path / "a", chunks=(0,)))
    assert "0 runs kept of 30" in shown(sweep(tmp_path / "b", chunks=()))
    assert "Unfinished: these are 7 of 30 runs, of 2 of 6 points; the rest is still to come" in shown(
        Results.open(tmp_path / "a")
    )
    assert "Unfinished" not in shown(sweep(tmp_path / "c"))


def test_an_unfinished_table_by_axis_counts_the_points_that_have_runs(tmp_path):
    rows = grid(variants=("",), drive=[n / 100 for n in range(80)])
    text = shown(sweep(tmp_path / "a", rows, replications=2, chunks=(0, 1)))
    assert [line.split("of 10")[0].split()[-1] for line in text.splitlines() if "of 10" in line] == ["7", *"0000000"]
    assert "Unfinished: these are 14 of 160 runs, of 7 of 80 points" in text
    whole = shown(sweep(tmp_path / "b", rows, replications=2))
    assert "of 10" not in whole


def test_what_tells_rows_apart_is_not_rounded_away(tmp_path):
    """With two replications each mean is uncertain, but not the differences, because rows share random numbers."""
    rows = grid(variants=("",), drive=[0.0, 0.5, 1.0])
    values = values_of(rows, 2)
    values[:, :, column("for_profit_share")] = np.array([[0.2812], [0.3012], [0.3412]]) + np.array([[-0.015, 0.015]])
    text = shown(sweep(tmp_path / "a", rows, replications=2, values=values), outcomes=["for_profit_share"])
    assert re.findall(r"0\.\d+ ± 0\.\d+", text) == ["0.281 ± 0.191", "0.301 ± 0.191", "0.341 ± 0.191"]
    values[:, :, column("for_profit_share")] = np.array([[19.21], [19.23], [19.24]])
    text = shown(sweep(tmp_path / "b", rows, replications=2, values=values), outcomes=["for_profit_share"])
    assert re.findall(r"\S+ ± \S+", text)[:3] == ["19.21 ± 0", "19.23 ± 0", "19.24 ± 0"]
    assert "Mean over 2 replications" in text


def test_outcomes_that_are_never_defined_are_dashes(tmp_path):
    values = values_of(grid(), 5)
    values[:, :, column("closures")] = np.nan
    text = shown(sweep(tmp_path, grid(), values=values))
    assert "nan" not in text
    assert "–" in text


def test_other_outcomes_and_measures(tmp_path):
    text = shown(sweep(tmp_path), outcomes=["staff"], measure="min")
    assert "Staff" in text
    assert "Purchasing" not in text
    assert "counts with its lowest quarter" in text
    with pytest.raises(QueryError, match="did you mean 'staff'"):
        shown(Results.open(tmp_path), outcomes=["stafff"])


def test_names_are_no_markup(tmp_path):
    rows = grid(variants=("[bold]x[/bold]", "[red]"))
    assert "[bold]x[/bold]" in shown(sweep(tmp_path, rows))


def test_what_is_no_terminal_gets_plain_text(tmp_path):
    assert "\x1b" not in shown(sweep(tmp_path))
    console = Console(file=io.StringIO(), width=100, force_terminal=True)
    console.print(sweep_table(Results.open(tmp_path), 100))
    assert "\x1b" in console.file.getvalue()


def test_every_outcome_of_the_experiment_has_a_title():
    assert set(EXPERIMENT["outcomes"]) <= set(TITLES)


def test_a_number_says_over_how_many_runs_it_is_where_that_differs(tmp_path):
    values = values_of(grid(), 5)
    values[0, 1:3, column("closures")] = np.nan
    values[1, :, column("closures")] = np.nan
    text = shown(sweep(tmp_path / "a", grid(), values=values))
    assert re.findall(r"\((\d+ of \d+)\)", text) == ["3 of 5", "0 of 5"]
    assert "In brackets: over how many of the runs" in text
    assert "In brackets" not in shown(sweep(tmp_path / "b", grid()))


def test_a_pooled_number_says_over_how_many_runs_and_points_it_is(tmp_path):
    rows = grid(drive=[n / 10 for n in range(11)], term=[1, 4])
    values = values_of(rows, 3)
    late = np.array([row["term"] == 4 for row in rows])
    values[late, 0, column("closures")] = np.nan
    values[np.flatnonzero(late)[:2], :, column("closures")] = np.nan
    text = " ".join(shown(sweep(tmp_path, rows, replications=3, values=values)).split("term: Title")[1].split())
    assert "(40 of 66 runs, 20 of 22 points)" in text
    assert text.count("of 66") == 1


# --- Pieces ----------------------------------------------------------------------------------------------


@given(st.floats(-1e9, 1e9), st.floats(1e-4, 1e9))
def test_rounding_never_hides_more_than_a_twentieth_of_the_uncertainty(mean, half):
    text = plus_minus(mean, half).replace("−", "-").replace(",", "")
    told_mean, told_half = map(float, text.split(" ± "))
    assert abs(told_half - half) <= max(0.0501 * half, 0.5)
    assert abs(told_mean - mean) <= max(0.0501 * half, 0.5)
    assert abs(told_half - half) <= 0.0501 * half or half >= 10


@given(st.floats(-1e6, 1e6), st.floats(1e-4, 1e6), st.floats(1e-6, 1e6))
def test_a_close_column_adds_digits_and_takes_none_away(mean, half, spread):
    alone, together = (
        text.replace("−", "-").replace(",", "").split(" ± ")
        for text in (plus_minus(mean, half), plus_minus(mean, half, spread))
    )
    for some, more in zip(alone, together, strict=True):
        places, further = (len(text.partition(".")[2]) for text in (some, more))
        assert further >= places
        assert further == places or abs(mean) * 10**further <= 10**4, "no more than four digits are made of it"
        assert abs(float(more) - float(some)) <= 0.5 * 10**-places + 10**-further


@given(st.lists(st.one_of(st.integers(-1000, 1000), st.floats(-1e3, 1e3)), min_size=1, max_size=60))
def test_levels_of_numbers_are_few_rising_and_told_apart(values):
    levels = levels_of(values)
    assert len(levels.names) == len(set(levels.names)) <= MOST_RANGES
    order = np.argsort(values, kind="stable")
    assert (np.diff(levels.of[order]) >= 0).all()
    assert set(levels.of.tolist()) == set(range(len(levels.names)))
    for value in set(values):
        assert len({int(level) for level, other in zip(levels.of, values, strict=True) if other == value}) == 1


def test_levels_of_quarters_rise_and_those_of_words_stay():
    quarters = [str(Quarter(2012, 1) + n) for n in reversed(range(20))]
    assert levels_of(quarters).names[0] == "2012-Q1 – 2012-Q3"
    assert levels_of(["open", "closed", "open"]).names == ["open", "closed"]
    assert len(levels_of([f"word {n}" for n in range(20)]).names) == 20


def test_blocks_repeat_their_labels():
    labels = [Cells("drive", "share", ("0", "1"))]
    columns = [Cells(f"Outcome {n}", "", ("1.00 ± 0.10", "2.00 ± 0.10")) for n in range(7)]
    text = "".join(printed(table, 50) for table in blocks(labels, columns, 50, "Title"))
    assert text.count("drive") == 3
    assert text.count("Title") == 1
    headers = [word for line in text.splitlines() if "Outcome" in line for word in line.split() if word.isdigit()]
    assert headers == list("0123456")
