"""The command `sim validate` on a tiny pattern file: table, files, JSON, Markdown, interruption and failures."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sim.experiment.execute.executor_protocol import Executor, SerialExecutor
from sim.validation import validation_api
from tests.support.in_process_cli import inside
from tests.unit.experiment.sweep.stopping_executors import Counting
from tests.unit.validation.conftest import MINE, made_up

__all__ = ["made_up"]


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything in this process, which is quicker for a few runs."""
    use(monkeypatch, SerialExecutor())


def use(monkeypatch: pytest.MonkeyPatch, executor: Executor) -> None:
    @contextlib.contextmanager
    def opened(_workers: int | None) -> Iterator[Executor]:
        yield executor

    monkeypatch.setattr(validation_api, "opened_executor", opened)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.yaml").write_text(MINE, encoding="utf-8")
    return tmp_path


def sim(folder: Path, *options: object) -> Any:
    return inside("validate", "--patterns", "mine.yaml", *options, cwd=folder)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_it_prints_every_check_and_how_many_hold(folder: Path) -> None:
    done = sim(folder, "--only", "M1,M2")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "1 of 2 hold, 1 fail, 0 undecided" in lines
    assert any("M1 *" in line and line.rstrip().endswith("holds") for line in lines)
    assert any("budget with and without money" in line and "≤ 0" in line for line in lines)
    assert any("rare" in line and "2 of 3" in line and "undecided" in line for line in lines)
    assert any(line.startswith("M2 fails: staff over staff: 1 is below the lower limit 2") for line in lines)
    assert lines[-1] == "Results: results/validation (runs, patterns.parquet, validation.md)"
    assert names(folder / "results" / "validation") >= {"patterns.parquet", "columns.json", "validation.md"}


def test_check_counts_what_a_pattern_file_asks_for(folder: Path) -> None:
    done = inside("check", "mine.yaml", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "ok: 2 patterns (5 checks take 6 runs of 2 worlds)\n")
    unused = MINE.replace("patterns:\n", "  spare: {scenario: beijing-2010, replications: 1}\npatterns:\n", 1)
    (folder / "mine.yaml").write_text(unused.replace("band: [2, 3]", "band: [3, 2]"), encoding="utf-8")
    done = inside("check", "mine.yaml", cwd=folder)
    assert done.returncode == 2
    assert "patterns[1].checks[0].band: the lower limit 3 is above the upper limit 2" in done.stderr
    (folder / "mine.yaml").write_text(unused, encoding="utf-8")
    done = inside("check", "mine.yaml", cwd=folder)
    assert done.returncode == 0
    assert "warning: mine.yaml:8:3 worlds.spare: no check looks at this world" in done.stderr


def test_scenarios_choose_patterns_and_what_none_uses_is_said(folder: Path) -> None:
    done = sim(folder, "national")
    assert done.returncode == 0
    assert "no pattern uses the scenario national" in done.stderr
    assert names(folder) == {"mine.yaml"}
    assert "S1" in sim(folder, "beijing-2010", "--replications", 2).stdout


def test_json_has_patterns_with_their_checks(folder: Path) -> None:
    done = sim(folder, "--only", "M2", "--only", "S1", "--json", "--replications", 2, "--quiet")
    assert done.returncode == 0
    assert not done.stderr
    found = json.loads(done.stdout)
    assert [each["id"] for each in found["patterns"]] == ["S1", "M2"]
    staff, rare, _ = found["patterns"][1]["checks"]
    assert (staff["mean"], staff["verdict"], staff["arguments"]["column"], staff["band_high"]) == (
        1,
        "fails",
        "staff",
        3,
    )
    assert (rare["ci_low"], rare["defined"], rare["runs"]) == (None, 1, 2)
    assert set(found["worlds"]) == {"shipped world", "base"}


def test_markdown_is_put_between_its_marks(folder: Path) -> None:
    document = folder / "validation.md"
    marks = "<!-- validation: patterns -->\nwas here\n<!-- end of validation -->"
    document.write_text(f"Before\n\n{marks}\n\nBehind\n", encoding="utf-8")
    assert sim(folder, "--only", "M1", "--markdown", "validation.md").returncode == 0
    text = document.read_text(encoding="utf-8")
    assert text.startswith("Before\n\n<!-- validation: patterns -->\n")
    assert text.endswith("<!-- end of validation -->\n\nBehind\n")
    assert "| M1 \\* | Agencies come with money. (Somebody 2021; B) | **holds** / holds |" in text
    assert "was here" not in text
    assert sim(folder, "--only", "M1", "--markdown", "new.md").returncode == 0
    assert "# Validation\n\n<!-- validation: patterns -->" in (folder / "new.md").read_text(encoding="utf-8")


def test_changes_are_named_wherever_numbers_stand(folder: Path) -> None:
    (folder / "calm.yaml").write_text("rules: {delivery: {knowledge_weight: 0}}\n", encoding="utf-8")
    done = sim(folder, "--only", "S1", "--changes", "calm.yaml", "--markdown", "new.md")
    assert done.returncode == 0, done.stderr
    said = "Changes laid over every world: calm.yaml."
    assert said in done.stdout
    assert said in (folder / "new.md").read_text(encoding="utf-8")
    assert said in (folder / "results" / "validation" / "validation.md").read_text(encoding="utf-8")
    assert json.loads(sim(folder, "--only", "S1", "--changes", "calm", "--json").stdout)["changes"] == ["calm.yaml"]
    assert json.loads(sim(folder, "--only", "S1", "--json").stdout)["changes"] == []


def test_wrong_changes_end_with_status_2_and_nothing_is_written(folder: Path) -> None:
    (folder / "calm.yaml").write_text("rules: {delivery: {knowledge_wait: 0}}\n", encoding="utf-8")
    done = sim(folder, "--changes", "calm.yaml")
    assert done.returncode == 2
    assert done.stderr.count("calm.yaml:1:20 rules.delivery.knowledge_wait: unknown key") == 1
    assert "did you mean 'knowledge_weight'?" in done.stderr
    for other in (("--by-scenario",), ("--random", 2)):
        refused = (
            sim(folder, "--changes", "calm.yaml", *other)
            if other[0] != "--by-scenario"
            else inside("validate", "--changes", "calm.yaml", *other, cwd=folder)
        )
        assert refused.returncode == 2
        assert "--changes does nothing with" in refused.stderr
    assert names(folder) == {"mine.yaml", "calm.yaml"}


def test_rules_are_switched_off_one_at_a_time(folder: Path) -> None:
    document = folder / "rules.md"
    document.write_text("<!-- validation: without -->\n<!-- end of validation -->\nBehind\n", encoding="utf-8")
    both = ("--only", "S1", "--without", "diversion,first-year")
    done = sim(folder, *both, "--markdown", "rules.md")
    assert done.returncode == 0, done.stderr
    assert "first-year" in done.stdout
    assert done.stdout.splitlines()[-1] == "Results: results/validation (runs, without.parquet, without.md)"
    assert names(folder / "results" / "validation") >= {"without.parquet", "without-columns.json", "without.md"}
    text = document.read_text(encoding="utf-8")
    assert "| diversion | 8.19 | · |" in text
    assert text.endswith("<!-- end of validation -->\nBehind\n")
    again = sim(folder, *both, "--json")
    assert "runs of 3 worlds were there already" in again.stderr
    rows = json.loads(again.stdout)["without"]
    assert [(row["rule"], row["pattern"], row["differs"]) for row in rows] == [
        ("diversion", "S1", False),
        ("first-year", "S1", False),
    ]


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("no marks", ("--markdown", "there.md"), "the place for the patterns is not there"),
        ("", ("--only", "m1"), "did you mean 'M1'?"),
        ("", ("--only", ","), "--only names no pattern"),
        ("", ("--out", "mine.yaml"), "is no folder"),
        ("", ("nowhere",), "no such file"),
        ("", ("sensitivity",), "is an experiment"),
        ("", ("--patterns", "there.md"), "there.md"),
        ("", ("--changes", "their.yaml"), "no such file"),
        ("", ("--without", "divertion"), "did you mean 'diversion'?"),
        ("", ("--without", ","), "--without names no rule"),
        ("", ("--without", "their.yaml"), "no such file"),
        ("no marks", ("--without", "diversion", "--markdown", "there.md"), "the place for the rules is not there"),
        ("", ("--patterns", "mine.yaml"), "the id 'M1' stands in mine.yaml:9:9 too"),
    ],
)
def test_bad_input_ends_with_status_2_and_nothing_is_written(
    folder: Path, text: str, options: tuple[str, ...], message: str
) -> None:
    (folder / "there.md").write_text(text, encoding="utf-8")
    done = sim(folder, *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert names(folder) == {"mine.yaml", "there.md"}


def test_an_interrupted_validation_is_gone_on_with(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executor = Counting(1)
    use(monkeypatch, executor)
    done = sim(folder, "--only", "M1")
    assert done.returncode == 130
    assert "Interrupted; " in done.stderr
    assert "of 6 runs are kept" in done.stderr
    assert "To go on: sim" in done.stderr
    assert not (folder / "results" / "validation" / "patterns.parquet").exists()
    use(monkeypatch, SerialExecutor())
    again = sim(folder, "--only", "M1")
    assert again.returncode == 0, again.stderr
    assert "runs are there already" in again.stderr
    whole = sim(folder, "--only", "M1", "--out", "whole")
    assert whole.returncode == 0
    frames = [
        pd.read_parquet(path / "patterns.parquet") for path in (folder / "results" / "validation", folder / "whole")
    ]
    pd.testing.assert_frame_equal(*frames)


def test_failed_runs_are_left_out_and_set_the_status(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.experiment.execute.result_collector import ResultCollector

    whole = ResultCollector.keep

    def failing(self: ResultCollector, run: tuple[int, int], result: Any) -> None:
        if run[1] == 1:
            raise ZeroDivisionError("a run that fails")
        whole(self, run, result)

    monkeypatch.setattr(ResultCollector, "keep", failing)
    done = sim(folder, "--only", "M2")
    assert done.returncode == 1
    assert "1 run of the world base failed and are left out" in done.stderr
    assert "sim retry results/validation/base-" in done.stderr
    found = pd.read_parquet(folder / "results" / "validation" / "patterns.parquet")
    assert found["runs"].tolist() == [2, 2, 2]
