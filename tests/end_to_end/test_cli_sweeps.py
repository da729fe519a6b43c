"""Sweeps and comparisons as a user meets them, in an empty folder.

A process of its own is for what is about processes; what else a command says and does is the same inside ours, and
comes sooner.
"""

import hashlib
import json
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from sim.experiment.store.results_folder import ResultsFolder
from tests.end_to_end.test_cli import ENVIRONMENT, everything, sim
from tests.support.in_process_cli import inside
from tests.support.interruptible_programs import restore_interrupts

EXPERIMENT = """
title: A little experiment
scenarios: [beijing-2010]
quarters: 4
axes:
  drive: {path: rules.strategy.drive, low: 0.0, high: 1.0, steps: 3}
replications: 4
outcomes: [agencies, closures]
"""
PRECISE = EXPERIMENT.replace("replications: 4", "precision: {outcome: agencies, width: 1.5, first: 3, most: 6}")
ONE = ("--workers", 1)
KEPT = "summary.csv, and the figure figures/axis.png"
COMPARED = "summary.csv, and figures such as figures/scenarios.png"


def files_of(path):
    """Digest of every file of results."""
    found = (p for p in path.rglob("*") if p.is_file() and p.name != "manifest.json" and not p.name.startswith(".lock"))
    return {str(p.relative_to(path)): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def manifest(path):
    return json.loads((path / "manifest.json").read_text())


def refused(done, *messages):
    """Wrong input is reported in a few lines, without a traceback."""
    assert done.returncode == 2, done.stderr
    for message in messages:
        assert re.search(message, done.stderr), done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.fixture
def here(tmp_path):
    (tmp_path / "e.yaml").write_text(EXPERIMENT)
    (tmp_path / "p.yaml").write_text(PRECISE)
    return tmp_path


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """A folder with a finished sweep in it; nobody may change it."""
    cwd = tmp_path_factory.mktemp("swept")
    (cwd / "e.yaml").write_text(EXPERIMENT)
    done = sim("sweep", "e.yaml", *ONE, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return cwd, done.stdout


def test_a_sweep_and_its_results(swept):
    cwd, output = swept
    assert output.endswith(f"Results: results/e (12 runs, 12 of them computed now; {KEPT})\n")
    assert "3 points, 12 runs kept." in output
    before = files_of(cwd)
    again = sim("sweep", "e.yaml", *ONE, cwd=cwd)
    assert again.stdout == output.replace("12 of them computed", "0 of them computed")
    shown = sim("results", "results/e", cwd=cwd)
    assert (shown.returncode, shown.stdout) == (0, output[: output.index("Results:")])
    replayed = sim("replay", "results/e", "--point", 1, "--replication", 2, cwd=cwd)
    assert replayed.returncode == 0
    assert "2010-Q2" in replayed.stdout
    assert sim("results", "results/e", "--failures", cwd=cwd).stdout == "No run failed.\n"
    assert files_of(cwd) == before


def test_a_plan_writes_nothing(here):
    done = inside("sweep", "e.yaml", "--plan", *ONE, cwd=here)
    assert done.returncode == 0
    assert re.search(r"3 points .* × 4 replications = 12 runs", done.stdout)
    assert everything(here) == ["e.yaml", "p.yaml"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("sweep nosuch", "nosuch: no such file"),
        ("sweep e.yaml --shard 0/3", "'0/3' is no part"),
        ("sweep e.yaml --shard 3/2", "'3/2' is no part"),
        ("sweep p.yaml --shard 1/2", "cannot be reached shard by shard"),
        ("sweep e.yaml --workers 0", "--workers"),
        ("sweep e.yaml --dask nonsense", "no Dask scheduler answers at nonsense"),
        ("sweep e.yaml --out e.yaml", "e.yaml is a file"),
        ("sweep e.yaml --out e.yaml/below", "Not a directory"),
        ("sweep e.yaml --out .", "is not empty"),
        ("compare beijing-2010", "OTHER"),
        ("compare beijing-2010 late-paymnt", "did you mean 'late-payment'"),
        ("compare beijing-2010 beijing-2010", "'beijing-2010' is named twice"),
        ("compare beijing-2010 late-payment --outcomes closurs", "did you mean 'closures'"),
        ("compare beijing-2010 late-payment --until-ci closures", "expected OUTCOME=WIDTH"),
        ("compare beijing-2010 late-payment --until-ci closures=-1", "expected OUTCOME=WIDTH"),
        ("compare beijing-2010 late-payment --until-ci closurs=1", "did you mean 'closures'"),
        ("compare beijing-2010 late-payment --until-ci closures=1 --replications 3", "cannot stand together"),
        ("compare beijing-2010 late-payment --most 5", "--most says where --until-ci stops"),
        ("compare beijing-2010 late-payment --most 5 --replications 3", "--most says where --until-ci stops"),
        ("compare beijing-2010 late-payment --measure end", "'year'"),
        ("results . --measure low", "'min'"),
        ("results . --measure end-of-run", "'year', |year, mean, min, max"),
        ("results . --sql select --failures", "ask different things"),
        ("results . --failures --outcomes closures", "ask different things"),
        ("results . --sql select --measure mean", "ask different things"),
        ("results .", r"\. holds no results"),
        ("results nowhere", "nowhere holds no results"),
        ("retry .", r"\. holds no results"),
        ("extend . --replications 3", r"\. holds no results"),
        ("extend .", "nothing to add"),
        ("replay . --point 0 --replication 0", r"\. holds no results"),
        ("merge . --out joined", r"\. holds no results"),
        ("verify .", r"\. holds no results"),
        ("merge --out joined", "Missing argument"),
    ],
)
def test_wrong_input_ends_with_2_and_writes_nothing(here, arguments, message):
    # A cluster's client leaves threads behind.
    command = sim if "--dask" in arguments else inside
    refused(command(*arguments.split(), cwd=here), message)
    assert everything(here) == ["e.yaml", "p.yaml"]


def test_every_problem_of_an_experiment_is_told_with_its_place(here):
    broken = (
        "title: Broken\nscenarios: [beijing-2010, nowhere]\naxes:\n  a: {path: rules.strategy.drve}\nreplicatons: 3\n"
    )
    (here / "b.yaml").write_text(broken)
    for command in ("sweep", "check"):
        refused(
            inside(command, "b.yaml", cwd=here),
            r"b\.yaml:2:27 scenarios\[1\]",
            r"b\.yaml:4:13 axes\.a\.path: .*did you mean 'rules\.strategy\.drive'",
            r"b\.yaml:5:1 replicatons: .*did you mean 'replications'",
        )
    assert everything(here) == ["b.yaml", "e.yaml", "p.yaml"]
    done = inside("check", "e.yaml", cwd=here)
    assert done.returncode == 0
    assert done.stdout.startswith("ok: A little experiment (")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("sweep e.yaml --shard 1/2 --out results/e", "was begun as a whole sweep"),
        ("compare beijing-2010 late-payment --out results/e", "holds another sweep"),
        ("run beijing-2010 --out results/e", "holds a sweep, not a run"),
        ("extend results/e --replications 4", "this adds nothing: .* 3 points and 4 replications"),
        ("extend results/e --points 5", "a grid has the points that its file says"),
        ("replay results/e --point 3 --replication 0", "there is no point 3; there are points 0 to 2"),
        ("replay results/e --point 0 --replication 4 --out again", "no replication 4 of point 0"),
        ("results results/e --sql select", "there are runs"),
        ("results results/e --sql drop+table+runs", "expected one SELECT"),
        ("results results/e --sql select+nothing+from+runs", '"nothing" not found'),
    ],
)
def test_what_a_finished_sweep_refuses_changes_nothing(swept, arguments, message):
    cwd, _ = swept
    before, said = files_of(cwd), (cwd / "results/e/manifest.json").read_bytes()
    refused(inside(*(word.replace("+", " ") for word in arguments.split()), cwd=cwd), message)
    assert files_of(cwd) == before
    assert (cwd / "results/e/manifest.json").read_bytes() == said


def test_a_folder_of_a_run_can_be_asked_the_same(here):
    command = ("run", "beijing-2010", "--quarters", 2, "--out", "run", *ONE, "--replications")
    done = sim(*command, 2, cwd=here)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("Results: run (2 runs, 2 of them computed now; ")
    before = files_of(here)
    refused(inside("sweep", "e.yaml", "--out", "run", cwd=here), "holds a run, not a sweep")
    refused(inside("extend", "run", "--replications", 3, cwd=here), "holds a run; 'sim run' with more replications")
    assert inside("results", "run", "--failures", cwd=here).stdout == "No run failed.\n"
    assert "median of 2 replications" in inside("results", "run", cwd=here).stdout
    assert "Mean over 2 replications" in inside("results", "run", "--measure", "mean", cwd=here).stdout
    assert inside("verify", "run", cwd=here).stdout.startswith("ok: ")
    count = inside("results", "run", "--sql", "select count(*) as n from money join runs using (replication)", cwd=here)
    assert int(count.stdout.splitlines()[1]) > 0
    replayed = inside("replay", "run", "--replication", 1, "--out", "again", cwd=here)
    assert replayed.returncode == 0, replayed.stderr
    assert inside("replay", "run", "--replication", 1, "--out", "again", cwd=here).returncode == 2
    shutil.rmtree(here / "again")
    assert files_of(here) == before
    assert inside(*command, 3, cwd=here).stdout.splitlines()[-1].startswith("Results: run (3 runs, 1 of them computed")
    (here / "run" / "summary" / "00000.parquet").write_bytes(b"PAR1")
    verified = inside("verify", "run", cwd=here)
    assert (verified.returncode, verified.stderr.count("\n")) == (1, 1)
    assert "summary/00000.parquet is damaged" in verified.stderr
    assert "Done again: run/summary/00000.parquet is damaged" in inside(*command, 3, cwd=here).stderr


def test_extend_and_retry_with_nothing_to_do(swept, tmp_path):
    shutil.copytree(swept[0] / "results/e", tmp_path / "e")
    done = inside("extend", "e", "--replications", 6, *ONE, cwd=tmp_path)
    assert done.stdout.endswith(f"Results: e (18 runs, 6 of them computed now; {KEPT})\n")
    done = inside("retry", "e", *ONE, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "No run has failed, so none was tried again.\n")


def test_shards_share_a_folder_or_are_merged(here, swept):
    for part in ("1/2", "2/2"):
        assert inside("sweep", "e.yaml", "--shard", part, *ONE, cwd=here).returncode == 0
    assert files_of(here / "results/e") == files_of(swept[0] / "results/e")
    for part in ("1/2", "2/2"):
        assert inside("sweep", "e.yaml", "--shard", part, "--out", part[0], *ONE, cwd=here).returncode == 0
    done = inside("merge", "1", "2", "--out", "joined", cwd=here)
    assert done.stdout.endswith(f"Results: joined (12 of 12 runs, 0 failed; {KEPT})\n")
    assert files_of(here / "joined") == files_of(swept[0] / "results/e")


def test_a_comparison(here):
    short = ("--quarters", 4, *ONE)
    done = inside("compare", "beijing-2010", "open-door", "--replications", 3, "--out", "c", *short, cwd=here)
    assert done.returncode == 0, done.stderr
    assert "open-door against beijing-2010: 3 pairs of runs" in done.stdout
    assert done.stdout.endswith(f"Results: c (6 runs, 6 of them computed now; {COMPARED})\n")
    drawn = {path.name for path in (here / "c" / "figures").iterdir()}
    assert {"scenarios.png", "scenarios.svg", "differences.png", "differences.svg", "forest.png"} <= drawn
    until = ("--until-ci", "agencies=0.0001", "--most", 5)
    done = inside("compare", "beijing-2010", "shanghai-hubs", *until, "--out", "u", *short, cwd=here)
    assert done.returncode == 0, done.stderr
    assert "Not exact enough: 1 point has an interval that is wider than asked." in done.stderr
    assert manifest(here / "u")["runs"] == 10


def begin(cwd, *arguments, **more):
    command = [sys.executable, "-m", "sim", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
    return subprocess.Popen(command, cwd=cwd, env=ENVIRONMENT, preexec_fn=restore_interrupts, **pipes, **more)


def wait_for(condition, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.mark.slow
def test_a_precision_is_reached_in_rounds_although_the_sweep_was_killed(here):
    done = inside("sweep", "p.yaml", "--out", "uninterrupted", *ONE, cwd=here)
    assert done.returncode == 0, done.stderr
    batches = manifest(here / "uninterrupted")["batches"]
    assert [batch["replications"] for batch in batches] == [[0, 2], [3, 5]]
    # In the second round; `tests/unit/experiment/sweep/test_precision_check.py` knows every other moment.
    process = begin(here, "sweep", "p.yaml", "--out", "torn", *ONE)
    wait_for(lambda: len(ResultsFolder(here / "torn").done()) > batches[1]["chunk"] or process.poll() is not None)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert inside("sweep", "p.yaml", "--out", "torn", *ONE, cwd=here).returncode == 0
    assert files_of(here / "torn") == files_of(here / "uninterrupted")
    assert manifest(here / "torn")["batches"] == batches


def test_a_sweep_in_its_pilot_is_alone_and_may_be_stopped_and_begun_again(here, swept):
    process = begin(here, "sweep", "e.yaml", *ONE)
    lock = here / "results" / "e" / ".lock"
    wait_for(lambda: lock.exists() and lock.stat().st_size)
    process.send_signal(signal.SIGSTOP)
    try:
        taken = rf"another program is at work in results/e \(process {process.pid} on "
        refused(inside("sweep", "e.yaml", cwd=here), taken)
    finally:
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert re.search(r"^Interrupted.* To go on: sim sweep e\.yaml ", errors)
    assert "Traceback" not in errors
    assert inside("sweep", "e.yaml", *ONE, cwd=here).returncode == 0
    assert files_of(here / "results/e") == files_of(swept[0] / "results/e")


def test_a_full_disk_is_told_and_the_sweep_goes_on_when_there_is_room(here, swept):
    """In mid-sweep the system refuses files that are as large as a part: what is done stays readable."""
    whole = files_of(swept[0] / "results/e")
    shutil.copytree(swept[0] / "results/e", here / "results/e")
    parts = sorted((here / "results/e/summary").iterdir())
    limit = (min(part.stat().st_size for part in parts) // 2,) * 2
    for receipt in sorted((here / "results/e/chunks").iterdir())[5:]:
        receipt.unlink()
    full = sim(
        *("sweep", "e.yaml", *ONE), cwd=here, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    )
    assert full.returncode == 1
    assert re.search(r"^sim: cannot write results/e/summary/.*: File too large$", full.stderr, re.MULTILINE)
    assert "Traceback" not in full.stderr
    assert not list(here.rglob(".part-*"))
    assert "5 runs kept of 12; the rest has yet to be done" in inside("results", "results/e", cwd=here).stdout
    assert inside("sweep", "e.yaml", *ONE, cwd=here).returncode == 0
    assert files_of(here / "results/e") == whole


def test_an_address_without_scheduler_is_reported_at_once(here):
    pytest.importorskip("distributed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.monotonic()
    refused(sim("sweep", "e.yaml", "--dask", f"tcp://127.0.0.1:{port}", cwd=here), "Connection refused")
    assert time.monotonic() - began < 20
    assert everything(here) == ["e.yaml", "p.yaml"]
