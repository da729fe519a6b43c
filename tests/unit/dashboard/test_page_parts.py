"""Parts of the page without a browser: uploads, tables, figures, results, scenario texts."""

from __future__ import annotations

import shlex

import numpy as np
import pytest

from sim import Results
from sim.dashboard.contained_paths import OutsideError
from sim.dashboard.observed_panel import read_upload
from sim.dashboard.reproduce_tab import figure_bytes
from sim.dashboard.results_tab import open_results
from sim.dashboard.scenario_texts import head_comment, offered, path_of
from sim.dashboard.shown_runs import comparison_table
from sim.declarations.calendar_quarter import Quarter
from sim.declarations.sector_outcomes import SECTOR
from sim.live.run_values import RunValues, differences
from sim.live.worker_messages import Begun
from sim.observed.observed_series import read_observed
from sim.plots.policy_marks import PolicyMark
from tests.support.in_process_cli import inside

HEAD = "date,outcome,value,low,high,source\n"


def test_observed_values_stand_at_their_dates():
    found, problems = read_upload("mine.csv", (HEAD + "2013,agencies,40,35,50,APSW\n2013,paid,400,,500,X\n").encode())
    assert not problems
    (value,) = found["agencies"]
    assert (value.value, value.low, value.high) == (40, 35, 50)
    # The sum of a year is drawn as the mean of its quarters; an open end has no bar.
    (paid,) = found["paid"]
    assert (paid.value, paid.low, paid.high) == (100, None, 125)


@pytest.mark.parametrize("text", ["", "a;b\n", HEAD + "2013,agences,40,,,X\n", HEAD + "20x,agencies,-4,,,\n"])
def test_wrong_files_get_the_words_of_the_command_line(text, tmp_path):
    found, problems = read_upload("mine.csv", text.encode())
    (tmp_path / "mine.csv").write_text(text)
    _, expected = read_observed(tmp_path / "mine.csv")
    assert not found
    assert [(one.file, one.line, one.what, one.allowed, one.suggestion) for one in problems] == [
        ("mine.csv", one.line, one.what, one.allowed, one.suggestion) for one in expected
    ]


def test_hostile_names_of_files_lead_nowhere():
    assert read_upload("../../etc/passwd", b"")[1][0].file == "../../etc/passwd"


def runs(add=0.0, start=2010):
    rng = np.random.default_rng(2)
    values = rng.random((4, 6, len(SECTOR))) + add
    return RunValues(Quarter(start, 1), (0, 1, 2, 3), (10, 11, 12, 13), values)


def test_comparison_has_a_row_for_each_outcome_and_held_setting():
    held = {"A": runs(), "B": runs(0.5), "C": runs(start=2011)}
    table, reasons = comparison_table(runs(1.0), held, {"A": "=1+1", "B": "b", "C": "c"}, ["agencies", "staff"])
    assert len(table.rows) == 4
    assert [row[2] for row in table.rows[:2]] == ["A =1+1", "B b"]
    pairs = differences(held["B"], runs(1.0), ["agencies"])
    assert table.rows[1][5:8] == [float(each[0]) for each in (pairs.difference, pairs.low, pairs.high)]
    assert "begin in" in reasons[0]


@pytest.mark.parametrize(("ending", "first"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_figure_is_that_of_the_command(ending, first):
    mark = PolicyMark(Quarter(2010, 3), "everywhere: payment delay 3 quarters", "2010-Q3")
    begun = Begun("c", 1, "A <b>title</b> & $more$", Quarter(2010, 1), 6, (mark,))
    found = figure_bytes(runs(), begun, 4, ending)
    assert found.startswith(first)
    if ending == "svg":
        assert b"<b>" not in found


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("root")
    done = inside("run", "beijing-2010", "--quarters", "6", "--replications", "2", "--out", "mine", cwd=root)
    assert done.returncode == 0
    return root


def test_results_are_opened_below_the_root_only(root):
    opened = open_results(root, "mine", "agencies")
    trajectories = Results.open(root / "mine").table("sector")["agencies"].to_numpy().reshape(2, 6)
    assert len(opened.points.rows) == 1
    assert opened.failures.rows == []
    assert "2 of 2 runs" in opened.facts
    assert opened.points.rows[0][-4] == pytest.approx(trajectories[:, -4:].mean())
    with pytest.raises(OutsideError):
        open_results(root / "mine", "../..", "agencies")


def test_failed_runs_come_with_error_and_command(sweep_root):
    opened = open_results(sweep_root, "<b>swept", "agencies")
    assert opened.varied == ("drive", "delay")
    names = [column.name for column in opened.failures.columns]
    found = [dict(zip(names, row, strict=True)) for row in opened.failures.rows]
    assert [(row["drive"], row["delay"], row["replication"], row["error"]) for row in found] == [
        (0.0, 4.0, 2, "ValueError: no"),
        (1.0, 1.0, 0, "ValueError: no"),
    ]
    command = ["sim", "replay", str(sweep_root / "<b>swept"), "--point", "4", "--replication", "0"]
    assert shlex.split(found[1]["to run it again"]) == command


def test_shipped_scenarios_and_files_are_offered_with_what_they_ask(tmp_path):
    (tmp_path / "mine.yaml").write_text("# What if?\n#\n# Two lines\n# of text.\nextends: beijing-2010\n")
    names = offered(tmp_path)
    assert names["./mine.yaml"] == "file mine.yaml"
    assert "late-payment" in names
    assert head_comment(path_of("./mine.yaml", tmp_path)) == ["What if?", "Two lines of text."]
    assert path_of("./../mine.yaml", tmp_path / "sub") is None
    assert head_comment(path_of("austerity", tmp_path))[0].startswith("What if budgets")
