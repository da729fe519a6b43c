"""Tests of `sim check`: warnings, --strict, --json, sizes, and long lists of problems."""

from __future__ import annotations

import json

import pytest

from tests.support.in_process_cli import inside

FINE = """\
title: Tiny town
start: 2010-Q1
quarters: 8
fields: {elderly: {}}
cities:
  Town:
    government: {procurement: {budget: 0}}
    districts: {East: {communities: {count: 3}}}
agencies: {Alpha: {district: East}}
"""
DOUBTFUL = FINE.replace("    government: {procurement: {budget: 0}}\n", "")
WRONG = FINE.replace("quarters: 8", "quartres: 8")
FEW = "title: Few\nscenarios: [fine.yaml]\nreplications: 2\n"


@pytest.fixture
def folder(tmp_path):
    files = {"fine": FINE, "doubtful": DOUBTFUL, "wrong": WRONG, "few": FEW, "enough": FEW.replace("2", "20")}
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "status", "strict", "warnings"),
    [
        ("fine", 0, 0, []),
        ("doubtful", 0, 2, ["unreachable-money"]),
        ("wrong", 2, 2, []),
        ("few", 0, 2, ["few-replications"]),
        ("enough", 0, 0, []),
    ],
)
def test_warnings_count_as_errors_only_when_asked(folder, name, status, strict, warnings):
    plain = inside("check", f"{name}.yaml", cwd=folder)
    assert plain.returncode == status
    assert plain.stderr.count("warning: ") == len(warnings)
    assert inside("check", "--strict", f"{name}.yaml", cwd=folder).returncode == strict
    told = inside("check", "--json", f"{name}.yaml", cwd=folder)
    assert told.returncode == status
    (found,) = json.loads(told.stdout)
    assert [problem["kind"] for problem in found["warnings"]] == warnings
    assert bool(found["errors"]) == (status == 2)


def test_json_gives_place_kind_and_words(folder):
    (found,) = json.loads(inside("check", "--json", "wrong.yaml", cwd=folder).stdout)
    (problem,) = found["errors"]
    assert problem["place"] == "wrong.yaml:3:1"
    assert problem["kind"] == "unknown-key"
    assert problem["path"] == "quartres"
    assert problem["suggestion"] == "quarters"
    assert problem["what"]
    (few,) = json.loads(inside("check", "--json", "few.yaml", cwd=folder).stdout)
    assert few["warnings"][0]["place"] == "few.yaml:3:15"


def test_memory_and_time_of_a_run_are_said(folder):
    said = inside("check", "fine.yaml", cwd=folder).stdout
    assert "MB of memory" in said
    assert "seconds" in said
    assert "40 runs" not in said
    assert "20 runs" in inside("check", "enough.yaml", cwd=folder).stdout


def test_of_many_problems_the_first_twenty_are_shown_and_the_rest_counted(folder):
    unknown = "".join(f"nonsense{n}: 1\n" for n in range(2_000))
    (folder / "many.yaml").write_text(FINE + unknown, encoding="utf-8")
    done = inside("check", "many.yaml", cwd=folder)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 21
    assert "1,980" in lines[-1]
