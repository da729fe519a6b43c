"""Commands know scenarios from experiments, and show results as they are asked to."""

import pytest
from typer.testing import CliRunner

from sim.cli.main import app
from sim.experiment.design.file_type import detect_file_type
from tests.unit.experiment.made_up_sweeps import sweep_folder

EXPERIMENT = """\
title: Mine
scenarios: [beijing-2010]
axes: {drive: {path: rules.strategy.drive, values: [0, 1]}}
replications: 2
"""
SLIPS = """\
title: Slips
scenario: [beijing-2010]
axis: {drive: {path: rules.strategy.drive, values: [0, 1]}}
outcome: [closures]
replications: 2
"""


def sim(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A folder with an experiment and a scenario of one's own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(EXPERIMENT)
    (tmp_path / "town.yaml").write_text("extends: beijing-2010\ntitle: A town\n")
    (tmp_path / "list.yaml").write_text("- 1\n")
    (tmp_path / "slips.yaml").write_text(SLIPS)
    (tmp_path / "longer.yaml").write_text("extends: mine\nreplications: 3\n")
    (tmp_path / "seeded.yaml").write_text("extends: town\nseed: 3\n")
    (tmp_path / "both.yaml").write_text("extends: diversification\nreplication: 3\n")
    (tmp_path / "round.yaml").write_text("extends: about\n")
    (tmp_path / "about.yaml").write_text("extends: round\n")
    return tmp_path


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("beijing-2010", (True, False)),
        ("association", (False, True)),
        ("diversification", (True, True)),
        ("mine", (False, True)),
        ("town.yaml", (True, False)),
        ("list.yaml", (False, False)),
        ("slips.yaml", (False, True)),
        ("longer.yaml", (False, True)),
        ("seeded.yaml", (True, False)),
        ("both.yaml", (False, True)),
        ("round.yaml", (True, False)),
        ("nowhere", (False, False)),
    ],
)
def test_what_a_name_means(mine, source, kinds):
    assert detect_file_type(source) == kinds


def test_check_checks_both_of_one_name(mine):
    done = sim("check", "diversification", "mine.yaml", "town")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert [line.startswith("ok: ") for line in lines] == [True] * 4
    assert lines[0] != lines[1]
    assert [line.partition(" (")[0] for line in lines[2:]] == ["ok: Mine", "ok: A town"]
    assert sim("check", "nowhere").exit_code == sim("check", "list.yaml").exit_code == 2


def test_mistakes_in_an_experiment_are_reported_as_such(mine):
    done = sim("check", "slips.yaml")
    assert done.exit_code == 2
    for key in ("scenarios", "axes", "outcomes"):
        assert f"did you mean '{key}'?" in done.stderr
    assert len(done.stderr.splitlines()) <= 4
    assert sim("check", "longer.yaml").stdout.startswith("ok: Mine (")
    assert sim("run", "longer.yaml").stderr == "sim: longer.yaml is an experiment; run it with 'sim sweep'\n"


@pytest.mark.parametrize("source", ["beijing-2010", "town.yaml"])
def test_a_scenario_is_no_sweep(mine, source):
    done = sim("sweep", source)
    assert done.exit_code == 2
    assert (
        done.stderr
        == f"sim: {source} is a scenario; run it with 'sim run', or name it under 'scenarios' in an experiment\n"
    )
    assert not (mine / "results").exists()


@pytest.mark.parametrize("source", ["association", "mine.yaml"])
def test_an_experiment_is_no_run(mine, source):
    done = sim("run", source)
    assert (done.exit_code, done.stderr) == (2, f"sim: {source} is an experiment; run it with 'sim sweep'\n")
    assert not (mine / "results").exists()


def test_results_tell_what_is_asked(tmp_path):
    sweep_folder(tmp_path / "made-up")
    usual = sim("results", tmp_path / "made-up").stdout
    asked = sim("results", tmp_path / "made-up", "--outcomes", "staff, wage", "--measure", "max").stdout
    assert "Staff" not in usual
    assert "mean of its 3 quarters" in usual
    assert "Staff" in asked
    assert "closed" not in asked
    assert "lowest" not in asked
    assert "highest quarter" in asked
    assert sim("results", tmp_path / "made-up", "--outcomes", "stuff").exit_code == 2
