"""Encodings of the terminal: stand-ins for signs that it lacks, and never a traceback for one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "encodings"
# What Latin-1 lacks, ASCII lacks too.
ENCODINGS = ["ascii", pytest.param("latin-1", marks=pytest.mark.slow), "cp1252", "gbk", "utf-8"]


def sim(encoding, *arguments, cwd):
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "COLUMNS": "100"}
    program = "from sim.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)], cwd=cwd, env=environment, capture_output=True
    )
    return done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encodings")
    short = ["--replications", "2", "--quarters", "2", "--workers", "1", "--out"]
    for command in (
        ["run", FOLDER / "zh.yaml", *short, "run"],
        ["compare", FOLDER / "tiny.yaml", FOLDER / "zh.yaml", *short, "two"],
    ):
        assert sim("ascii", *command, cwd=folder)[0] == 0
    return folder


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_results_and_messages_in_every_encoding(folder, encoding):
    compare = ["compare", FOLDER / "tiny.yaml", FOLDER / "zh.yaml", "--replications", "2", "--quarters", "2"]
    for arguments, right in (
        (["results", "run"], 0),
        ([*compare, "--out", "two"] if encoding == "gbk" else ["results", "two"], 0),
        (["check", FOLDER / "zh.yaml", FOLDER / "\u60c5\u666f.yaml", FOLDER / "bad.yaml"], 2),
    ):
        status, out, err = sim(encoding, *arguments, cwd=folder)
        assert (status, "Traceback" in err) == (right, False), err
        assert out or err


def test_stand_ins_are_like_signs(folder):
    status, out, _ = sim("ascii", "results", "two", cwd=folder)
    assert (status, "+-" in out, "\\u" in out) == (0, True, False)
    assert "\\u5317\\u4eac" in sim("ascii", "check", FOLDER / "zh.yaml", cwd=folder)[1]
    assert "\u5317\u4eac" in sim("gbk", "check", FOLDER / "zh.yaml", cwd=folder)[1]
