"""Numbers shown: what commands print of outcomes that never vary, and of those that few runs have."""

import io
import json
import math
import re
import shutil
from pathlib import Path

import pytest
from rich.console import Console

from sim.cli.terminal.plan_table import plan_text
from sim.cli.terminal.run_summary_table import span
from sim.experiment.design.cost_and_coverage import make_plan
from sim.experiment.design.experiment_loading import load_experiment
from sim.experiment.results.results import Results
from tests.support.in_process_cli import inside

HERE = Path(__file__).parent
ONE = ("--workers", 1)


@pytest.fixture
def rare(tmp_path):
    return Path(shutil.copytree(HERE / "rare_outcomes", tmp_path / "rare"))


@pytest.fixture
def steady(tmp_path):
    return Path(shutil.copytree(HERE / "steady_outcomes", tmp_path / "steady"))


def test_what_does_not_vary_is_written_as_one_value(steady):
    done = inside("sweep", "still-sweep.yaml", "--out", "out", *ONE, cwd=steady)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("0.851 ± 0 ") == 2
    assert done.stdout.count("0.200 ± 0 ") == 2
    assert not re.search(r"± 0\.0+\b", done.stdout)
    done = inside("sweep", "steady.yaml", "--out", "steady", *ONE, cwd=steady)
    assert done.returncode == 0, done.stderr
    assert not re.search(r"± 0\.0+\b", done.stdout)


def test_a_comparison_shows_every_outcome_that_is_asked(rare):
    asked = ("--outcomes", "agencies,quality_for_profit,closures,staff", "--replications", 4)
    done = inside("compare", "tiny.yaml", "richer.yaml", *asked, "--out", "c", *ONE, cwd=rare)
    assert done.returncode == 0, done.stderr
    for title in ("Agencies", "Quality of for-profits", "Agencies closed this quarter", "Staff"):
        assert f" {title}" in done.stdout
    assert "of 4" in done.stdout, "pairs in which the rare outcome is defined"


def test_an_outcome_that_shall_be_exact_is_shown(rare):
    until = ("--until-ci", "quality_for_profit=0.1", "--most", 3)
    done = inside("compare", "tiny.yaml", "richer.yaml", *until, "--out", "c", *ONE, cwd=rare)
    assert done.returncode == 0, done.stderr
    assert " Quality of for-profits" in done.stdout


def test_precision_of_a_rare_outcome_goes_on_to_the_maximum(rare):
    """The first four runs of each point have no value; 3 of 40 have one."""
    done = inside("sweep", "prec.yaml", "--out", "out", *ONE, cwd=rare)
    assert done.returncode == 0, done.stderr
    assert "80 runs, 80 of them computed now" in done.stdout
    assert done.stdout.count("(3 of 40)") == 2
    assert "Not exact enough: 2 points have an interval that is wider than asked, or too few values." in done.stderr
    assert "quality_for_profit is defined in 6 of 80 runs (at a point in 3)" in done.stderr


def test_two_equal_values_of_a_rare_outcome_are_not_exact(rare):
    # The interval of the two differences is narrower than that: it is their number that does not do.
    until = ("--until-ci", "quality_for_profit=1", "--most", 45)
    done = inside("compare", "tiny.yaml", "richer.yaml", *until, "--out", "c", *ONE, cwd=rare)
    assert "45 pairs of runs" in done.stdout
    assert "quality_for_profit is defined in 2 of 45 pairs of runs" in done.stderr


def test_a_run_says_over_how_many_replications_a_number_is(rare):
    done = inside("run", "tiny.yaml", "--replications", 8, "--quarters", 1, "--out", "r", *ONE, cwd=rare)
    assert done.returncode == 0, done.stderr
    done = inside("results", "r", "--outcomes", "quality_for_profit,staff", cwd=rare)
    assert "– (0 of 8)" in done.stdout
    assert "runs in which the outcome is undefined are left out" in " ".join(done.stdout.split())


def test_an_effect_says_over_how_many_of_the_pairs_it_is(rare):
    assert inside("sweep", "effect.yaml", "--out", "out", *ONE, cwd=rare).returncode == 0
    done = inside("results", "out", "--effect", "drive", cwd=rare)
    assert "– (0 of 2)" in done.stdout
    assert "over how many of the pairs a number is" in " ".join(done.stdout.split())
    done = inside("results", "out", "--effect", "drive", "--outcomes", "quality_for_profit", cwd=rare)
    assert "– (0 of 2)" in done.stdout, "also where there is no other outcome to compare the counts with"
    done = inside("results", "out", "--effect", "drive", "--outcomes", "staff", cwd=rare)
    assert " of 2)" not in done.stdout


def test_bands_of_negative_numbers_can_be_read():
    assert span(-0.5, -0.2) == "−0.500 to −0.200"
    assert span(-math.inf, math.inf) == "−∞ to ∞"
    assert span(math.nan, 1.0) == "–"


def test_a_mean_over_quarters_says_that_undefined_ones_are_left_out(rare):
    """How many they are is counted where the outcome is kept by quarter, as docs/experiments.md shows."""
    run = ("run", "tiny.yaml", "--replications", 8, "--quarters", 3, "--out", "r", *ONE)
    assert inside(*run, cwd=rare).returncode == 0
    done = inside("results", "r", "--measure", "mean", cwd=rare)
    assert "quarters in which it is undefined are left out" in " ".join(done.stdout.split())
    notes = {note["name"]: note["meaning"] for note in json.loads((rare / "r" / "columns.json").read_text())["summary"]}
    assert notes["for_profit_share_mean"].endswith("quarters in which it is undefined are left out.")
    query = (
        "select any_value(for_profit_share_mean) as mean, avg(for_profit_share) as defined, "
        "count(for_profit_share) as n, count(*) as quarters from sector join runs using (point, replication) "
        "group by point, replication having mean is not null order by point, replication"
    )
    rows = Results.open(rare / "r").sql(query).to_dict("records")
    assert {row["quarters"] for row in rows} == {3}
    assert min(row["n"] for row in rows) < 3
    assert all(row["mean"] == pytest.approx(row["defined"], rel=1e-12) for row in rows)


@pytest.mark.parametrize(
    ("quarters", "words"),
    [(1, "its value in its only quarter"), (3, "its mean of its 3 quarters"), (4, "its mean of the last four")],
)
def test_the_last_year_of_a_short_run_is_called_what_it_is(rare, quarters, words):
    run = ("run", "tiny.yaml", "--replications", 1, "--quarters", quarters, "--out", "r", *ONE)
    assert inside(*run, cwd=rare).returncode == 0
    done = inside("results", "r", "--outcomes", "staff", cwd=rare)
    assert f"counts with {words}" in " ".join(done.stdout.split())
    assert "Values of one replication, which has no interval" in " ".join(done.stdout.split())


@pytest.mark.parametrize("setting", ["drive", "attachment"])
def test_a_plan_of_one_replication_and_yes_or_no(rare, setting):
    axis = {
        "drive": "{path: rules.strategy.drive, values: [0, 1.0e-9]}",
        "attachment": "{lever: registration.attachment, values: [false, true]}",
    }[setting]
    (rare / "plan.yaml").write_text(
        f"title: plan\nscenarios: [tiny.yaml]\nquarters: 2\nreplications: 1\naxes: {{x: {axis}}}\n"
    )
    design = load_experiment(str(rare / "plan.yaml"))
    console = Console(file=io.StringIO(), width=120)
    console.print(plan_text(make_plan(design, seconds_per_run=7199 / 2, bytes_per_run=499_980, bytes_beside=0)))
    text = console.file.getvalue()
    assert "× 1 replication = 2 runs" in text
    assert "about 2.0 hours" in text
    assert "about 1.0 MB" in text
    assert ("true" in text) == (setting == "attachment")
