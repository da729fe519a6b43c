"""Comparison table: what is printed of differences, and how it is laid out."""

from dataclasses import replace

import numpy as np
import pytest

from sim.cli.terminal.comparison_table import comparison_table
from sim.declarations.sector_outcomes import MAIN
from sim.experiment.results.comparison_results import Comparison
from sim.experiment.store.part_reader import QueryError
from sim.statistics.number_format import digits
from tests.unit.cli.printed_tables import TITLES, WIDTHS, column, printed, sweep
from tests.unit.experiment.made_up_sweeps import values_of


def compared_folder(path, replications=9, **made):
    rows = [{"scenario": name, "variant": ""} for name in ("town", "city", "village")]
    return sweep(path, rows, replications=replications, **made)


def compared(path, replications=9, **made):
    return Comparison.of(compared_folder(path, replications, **made))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_comparison_fits_and_has_a_table_for_each(tmp_path, width):
    text = printed(comparison_table(compared(tmp_path), width), width)
    assert "city against town: 9 pairs of runs" in text
    assert "village against town: 9 pairs of runs" in text
    assert "…" not in text
    assert max(map(len, text.splitlines())) <= width
    for outcome in MAIN:
        assert text.count(outcome.title) >= 2
    assert " *" in text


def test_a_comparison_quotes_difference_interval_and_saving(tmp_path):
    comparison = compared(tmp_path)
    row = comparison.table().query("outcome == 'staff' and other == 'city'").iloc[0]
    places = digits((row.ci_high - row.ci_low) / 2)
    wide = printed(comparison_table(comparison, 200, ["staff"]), 200)
    assert f"+{row.difference:.{places}f} *" in wide
    assert f"[+{row.ci_low:.{places}f}, +{row.ci_high:.{places}f}]" in wide
    assert f"{row.saving:.0f} ×" in wide
    narrow = printed(comparison_table(comparison, 80, ["staff"]), 80)
    assert f"+{row.difference:.{places}f} ± {(row.ci_high - row.ci_low) / 2:.{places}f} *" in narrow


def test_only_clear_differences_are_marked(tmp_path):
    values = np.repeat(values_of([None], 9), 3, axis=0)
    text = printed(comparison_table(compared(tmp_path, values=values), 200, ["staff"]), 200)
    assert " *" not in text.split("Medians of both")[0]
    assert "[0, 0]" in text
    assert "∞" in text


def test_runs_that_are_all_the_same_are_told(tmp_path):
    values = np.repeat(values_of([None], 9), 3, axis=0)
    values[2, 4, column("wage")] += 1.0
    comparison = compared(tmp_path, values=values)
    text = " ".join(printed(comparison_table(comparison, 80), 80).split())
    same = "The runs of {} and town are the same in every outcome; perhaps what is different begins only after the end"
    assert same.format("city") in text
    assert same.format("village") not in text
    ended = " ".join(printed(comparison_table(replace(comparison, quarters=24), 80), 80).split())
    assert "after the end of the runs (24 quarters)" in ended
    assert "are the same" not in printed(comparison_table(compared(tmp_path / "b"), 80), 80)


def test_pairs_are_counted_where_outcomes_are_undefined(tmp_path):
    rows = [{"scenario": name, "variant": ""} for name in ("town", "city", "village")]
    values = values_of(rows, 9)
    values[1, :4, column("wage")] = np.nan
    text = printed(comparison_table(compared(tmp_path, values=values), 200, ["staff", "wage"]), 200)
    city, village = text.split("village against town")
    assert "Pairs" in city
    assert [line.split()[-3:] for line in city.splitlines() if "Wage" in line] == [["5", "of", "9"]]
    assert [line.split()[-1] for line in city.splitlines() if "Staff" in line] == ["9"]
    assert "Pairs" not in village.split("Medians of both")[0]


def test_pairs_are_counted_where_every_outcome_shown_is_undefined_in_some(tmp_path):
    values = values_of([None] * 3, 9)
    values[1, :4, column("wage")] = np.nan
    text = printed(comparison_table(compared(tmp_path, values=values), 200, ["wage"]), 200)
    assert "city against town: 9 pairs of runs" in text
    assert "5 of 9" in text


def test_every_outcome_of_a_comparison_is_shown_in_its_order_whatever_its_kind(tmp_path):
    """Those of the main list stood alone as soon as one of them was asked."""
    comparison = Comparison.of(compared_folder(tmp_path), ["closures", "agencies", "quality_for_profit", "staff"])
    text = printed(comparison_table(comparison, 200), 200).split("village against town")[0]
    places = [text.index(f" {TITLES[name]} ") for name in ("closures", "agencies", "quality_for_profit", "staff")]
    assert places == sorted(places)


def test_a_comparison_of_single_runs_has_no_intervals(tmp_path):
    text = printed(comparison_table(compared(tmp_path, replications=1), 200, ["staff"]), 200)
    assert "nan" not in text
    assert " *" not in text.split("Medians of both")[0]


def test_a_comparison_knows_its_outcomes(tmp_path):
    with pytest.raises(QueryError, match="did you mean 'staff'"):
        comparison_table(compared(tmp_path), 80, ["stafff"])
