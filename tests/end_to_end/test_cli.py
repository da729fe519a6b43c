"""The command line as a user meets it: in a process of its own, in an empty folder.

Of wrong input, one case of each kind is; the others are the same inside our process, and come sooner.
"""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.output.table_columns import TABLES
from tests.support.in_process_cli import inside
from tests.support.interruptible_programs import restore_interrupts

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
QUICK = ("--quarters", "4", "--workers", "1")


def sim(*arguments, cwd, **more):
    command = [sys.executable, "-m", "sim", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=ENVIRONMENT, **more)


def everything(path):
    return sorted(str(p.relative_to(path)) for p in path.rglob("*"))


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A run that went well, in the usual folder."""
    cwd = tmp_path_factory.mktemp("finished")
    done = sim("run", "beijing-2010", "--replications", 3, *QUICK, cwd=cwd)
    assert done.returncode == 0, done.stderr
    (folder,) = (cwd / "results").iterdir()
    return done, folder


def test_help_and_version(tmp_path):
    done = sim("--help", cwd=tmp_path)
    assert done.returncode == 0
    for command in ("run", "check", "scenarios", "schema"):
        assert command in done.stdout
    assert sim("--version", cwd=tmp_path).stdout.startswith("sim ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["run"],
        ["run", "beijing-2010", "--no-such-option"],
        ["run", "beijing-2010", "--replications", "0"],
        ["run", "beijing-2010", "--replications", "many"],
        ["run", "beijing-2010", "--seed", "-1"],
        ["run", "beijing-2010", "--quarters", "0"],
        ["run", "beijing-2010", "--workers", "0"],
        ["check"],
    ],
)
def test_wrong_options_end_with_2_and_write_nothing(tmp_path, arguments):
    done = (sim if arguments == ["nonsense"] else inside)(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert everything(tmp_path) == []


def test_check(tmp_path):
    done = sim("check", "beijing-2010", cwd=tmp_path)
    assert done.returncode == 0
    assert re.fullmatch(r"ok: .*Beijing.* \(.* of memory .*\)\n", done.stdout)
    assert all(line.startswith("warning: ") for line in done.stderr.splitlines())


def test_check_tells_every_problem_with_its_place(tmp_path):
    (tmp_path / "mine.yaml").write_text("extends: beijing-2010\nstart: 2009-Q7\nquaters: 3\n")
    done = sim("check", "mine.yaml", "beijing-2010", "nowhere.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout.startswith("ok: ")
    assert "mine.yaml:2:8 start" in done.stderr
    assert "mine.yaml:3:1 quaters" in done.stderr
    assert "did you mean 'quarters'?" in done.stderr
    assert "nowhere.yaml: no such file" in done.stderr
    assert "Traceback" not in done.stderr


def test_scenarios(tmp_path):
    done = sim("scenarios", cwd=tmp_path)
    assert re.search(r"^beijing-2010 +\S", done.stdout, re.MULTILINE)


def test_schema(tmp_path):
    printed = sim("schema", cwd=tmp_path).stdout
    assert json.loads(printed)["$schema"].startswith("https://json-schema.org/")
    assert sim("schema", "--out", "schema.json", cwd=tmp_path).returncode == 0
    assert (tmp_path / "schema.json").read_text() == printed
    done = sim("schema", "--out", "no/such/folder.json", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("sim: cannot write")


def test_run_shows_a_table_and_says_where_the_results_are(finished):
    done, folder = finished
    assert "2009-Q3" in done.stdout
    assert "2010-Q2" in done.stdout
    assert "80 % band" in done.stdout
    assert "median of 3 replications" in done.stdout
    last = done.stdout.strip().splitlines()[-1]
    assert last.startswith(f"Results: results/{folder.name} ")


def test_run_writes_manifest_tables_and_curves(finished):
    _, folder = finished
    assert re.fullmatch(r"beijing-2010-\d{4}-\d\d-\d\d-1", folder.name)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["complete"]
    assert (manifest["kind"], manifest["done"]) == ("run", 3)
    names = {path.name for path in folder.iterdir()}
    names = {name for name in names if not name.startswith(".")}
    described = {"manifest.json", "columns.json", "design.parquet", "summary.csv", "table.txt"}
    assert names == {*described, "curves", "chunks", "running", "summary", *TABLES}
    assert len(list((folder / "curves").glob("*.png"))) == len(list((folder / "curves").glob("*.svg"))) == 5
    assert not list(folder.rglob(".part-*"))


def test_a_second_run_gets_a_folder_of_its_own_and_the_same_bytes(finished):
    _, folder = finished
    done = sim("run", "beijing-2010", "--replications", 3, *QUICK, cwd=folder.parents[1])
    assert done.returncode == 0
    second = folder.with_name(f"{folder.name[:-1]}2")
    assert everything(second) == everything(folder)
    for name in everything(folder):
        if (folder / name).is_file() and name not in ("manifest.json", ".lock"):
            assert (folder / name).read_bytes() == (second / name).read_bytes(), name


def test_out_must_hold_nothing_else(tmp_path):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "notes.txt").write_text("mine")
    (tmp_path / "file").touch()
    before = everything(tmp_path)
    for out, message in (("taken", "is not empty"), ("file", "is a file"), ("file/x", "Not a directory")):
        done = inside("run", "beijing-2010", "--out", out, cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith("sim: ")
        assert message in done.stderr
        assert done.stderr.count("\n") == 1
    assert everything(tmp_path) == before


@pytest.mark.parametrize(
    "text", ["", "start: 2009-Q7\n", "extends: nobody\n", "title: x\ncities: {}\n", "a: &a [1]\nb: *a\n", "\0\1\2"]
)
def test_a_wrong_scenario_ends_with_2_and_writes_nothing(tmp_path, text):
    (tmp_path / "mine.yaml").write_text(text)
    done = (inside if text else sim)("run", "mine.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("mine.yaml")
    assert "Traceback" not in done.stderr
    assert everything(tmp_path) == ["mine.yaml"]


def test_results_that_cannot_be_made(tmp_path):
    (tmp_path / "results").touch()
    done = sim("run", "beijing-2010", *QUICK, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "sim: cannot make the folder results: File exists\n"


def test_a_full_disk_is_told_in_a_line_and_leaves_no_half_file(tmp_path, finished):
    """After 30 kB the system refuses to write on; `finished` has seen to it that the rules are compiled."""
    limit = (30_000, 30_000)
    done = sim(
        *("run", "beijing-2010", "--replications", 50, "--workers", 1, "--out", "out"),
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    assert done.returncode == 1
    assert re.search(r"^sim: cannot write out/.*: File too large", done.stderr, re.MULTILINE)
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob(".part-*"))
    for path in tmp_path.rglob("*.parquet"):
        assert path.read_bytes()[-4:] == b"PAR1"


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_finished_replications_and_says_so(tmp_path, finished, workers):
    """As in a terminal: every process of the group gets the signal."""
    command = [sys.executable, "-m", "sim", "run", "beijing-2010", "--replications", "1000", "--out", "out"]
    process = subprocess.Popen(
        [*command, "--workers", str(workers)],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=restore_interrupts,
    )
    end = time.monotonic() + 200
    while len(list(tmp_path.glob("out/chunks/[0-9]*.json"))) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    try:
        output, errors = process.communicate(timeout=60)
    finally:
        # A thousand replications must not go on behind a test that failed.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 130, errors
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    kept = manifest["done"]
    assert manifest["status"] == "interrupted"
    assert kept > 1
    again = f"sim run beijing-2010 --replications 1000 --out out --workers {workers}"
    assert f"Interrupted; {kept:,} of 1,000 runs are kept in out. To go on: {again}\n" in errors
    assert "Traceback" not in errors
    # A table and curves would take longer than the second in which a command ends.
    assert output == ""
    assert not (tmp_path / "out" / "curves").exists()
    assert "It also draws the curves. A table of what is kept: sim results out\n" in errors
    shown = subprocess.run(
        [sys.executable, "-m", "sim", "results", "out"], cwd=tmp_path, capture_output=True, text=True, env=ENVIRONMENT
    )
    assert f"median of {kept:,} replications (of 1,000;" in shown.stdout
    assert not list(tmp_path.rglob(".part-*"))


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    command = f"{sys.executable} -m sim schema | head -1"
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, env=ENVIRONMENT)
    assert done.stdout == "{\n"
    assert done.stderr == ""
