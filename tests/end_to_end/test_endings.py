"""Endings of commands: signals, closed and full outputs, and what `--quiet` leaves, as a user meets them."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.support.in_process_cli import inside
from tests.support.interruptible_programs import restore_interrupts
from tests.support.process_families import children, left_behind
from tests.unit.experiment.made_up_sweeps import sweep_folder

ENDLESS = "with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t"
"""A question that has no answer."""
PROMPT = 10.0
"""Seconds that a busy machine may take; on an idle one it is one."""


STARTED = []


@pytest.fixture(autouse=True)
def nothing_goes_on():
    """Commands of a test that failed end too."""
    yield
    for process in STARTED:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    STARTED.clear()


def begin(cwd, *words, **more):
    process = subprocess.Popen(
        [sys.executable, "-m", "sim", *map(str, words)],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=restore_interrupts,
        **more,
    )
    STARTED.append(process)
    return process


def shell(cwd, command, limit=None, **environment):
    line = command.replace("sim ", f"{sys.executable} -m sim ", 1)
    line = line if limit is None else f"ulimit -f {limit}; {line}"
    return subprocess.run(line, shell=True, cwd=cwd, capture_output=True, text=True, env=os.environ | environment)


def ended(process, sent=signal.SIGINT):
    """Send a signal to all processes; what the command says, and how long it takes."""
    family = children(process.pid)
    assert process.poll() is None, process.communicate()
    began = time.monotonic()
    os.killpg(process.pid, sent)
    process.wait(timeout=60)
    took = time.monotonic() - began
    errors = process.communicate()[1]
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    assert took < PROMPT
    assert left_behind(family) == []
    return errors


def wait_for(condition, seconds=200.0):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end and all(process.poll() is None for process in STARTED):
        time.sleep(0.02)
    assert condition(), [process.poll() for process in STARTED]


LINUX = pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="looks for processes in /proc")


@LINUX
@pytest.mark.timeout(400)
@pytest.mark.parametrize("sent", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.slow)])
def test_other_signals_end_a_command_as_ctrl_c_does(tmp_path, sent):
    process = begin(tmp_path, "run", "beijing-2010", "--replications", 1000, "--out", "out", "--workers", 2)
    wait_for(lambda: len(list(tmp_path.glob("out/chunks/[0-9]*.json"))) > 1)
    errors = ended(process, sent)
    assert "of 1,000 runs are kept in out. To go on: sim run beijing-2010 --replications 1000 --out out" in errors


@LINUX
@pytest.mark.timeout(400)
def test_ctrl_c_while_curves_are_drawn(tmp_path):
    words = ("run", "beijing-2010", "--replications", 2, "--quarters", 4, "--out", "out")
    process = begin(tmp_path, *words)
    wait_for(lambda: list(tmp_path.glob("out/curves/*.png")))
    again = "sim run beijing-2010 --replications 2 --quarters 4 --out out"
    said = ended(process)
    assert f"Interrupted; 2 of 2 runs are kept in out. To go on: {again}\n" in said
    assert "It also draws the curves. A table of what is kept: sim results out\n" in said
    drawn = len(list(tmp_path.glob("out/curves/*")))
    done = shell(tmp_path, again)
    assert done.returncode == 0
    assert "(2 runs, 0 of them computed now;" in done.stdout
    assert len(list(tmp_path.glob("out/curves/[!.]*"))) > drawn
    assert not list(tmp_path.glob("out/curves/.*"))


HANGING = """
import sys, time
from sim.cli.interrupts import handle_signals, last_words
from sim.experiment.execute.pending_interrupts import take_interrupt
handle_signals([2])
with last_words(lambda: "Interrupted; what is finished is kept."):
    try:
        print("ready", flush=True)
        time.sleep(100)
    except KeyboardInterrupt:
        take_interrupt()
        time.sleep(100)  # such as a disk that answers no more
"""


@LINUX
def test_a_command_ends_in_time_whatever_it_still_closes(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", HANGING],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=restore_interrupts,
    )
    STARTED.append(process)
    assert process.stdout.readline() == "ready\n"
    assert ended(process) == "Interrupted; what is finished is kept.\n"


@LINUX
@pytest.mark.timeout(400)
def test_curves_are_drawn_where_the_table_cannot_be_printed(tmp_path):
    done = shell(tmp_path, "sim run beijing-2010 --replications 1 --quarters 2 --out out > /dev/full")
    assert done.returncode == 1
    assert "sim: cannot write the output: No space left on device\n" in done.stderr
    assert "Results: out (table.txt in it" in done.stderr
    assert "Results" not in done.stdout
    assert (tmp_path / "out" / "table.txt").read_text().strip()
    assert (tmp_path / "out" / "curves" / "overview.png").exists()
    assert len(list(tmp_path.glob("out/curves/*.svg"))) > 3


@LINUX
@pytest.mark.timeout(400)
def test_ctrl_c_while_rules_compile(tmp_path):
    environment = os.environ | {"SIM_CACHE_DIR": str(tmp_path / "cache")}
    process = begin(tmp_path, "run", "beijing-2010", "--replications", 2, "--out", "out", env=environment)
    wait_for(lambda: (tmp_path / "out" / "manifest.json").exists())
    time.sleep(2.0)
    assert "To go on: sim run beijing-2010 --replications 2 --out out\n" in ended(process)


@LINUX
@pytest.mark.timeout(400)
def test_ctrl_c_on_a_local_dask_cluster(tmp_path):
    pytest.importorskip("distributed")
    words = ("compare", "beijing-2010", "austerity", "--replications", 20000, "--out", "out", "--dask", "local")
    words += ("--quarters", 4)
    process = begin(tmp_path, *words)
    wait_for(lambda: list(tmp_path.glob("out/chunks/[0-9]*.json")))
    errors = ended(process)
    kept = len(list(tmp_path.glob("out/chunks/[0-9]*.json")))
    assert kept
    assert errors.startswith("Interrupted; ")
    assert errors.count("\n") == 1


@LINUX
@pytest.mark.timeout(200)
def test_ctrl_c_ends_a_question_without_an_answer(tmp_path):
    sweep_folder(tmp_path / "s")
    process = begin(tmp_path, "results", "s", "--sql", ENDLESS)
    time.sleep(5.0)
    assert ended(process) == "Interrupted.\n"


@LINUX
@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("sim schema > /dev/full", "sim: cannot write the output: No space left on device\n"),
        ("sim check beijing-2010 > /dev/full", "sim: cannot write the output: No space left on device\n"),
        ("sim --help > /dev/full", "sim: cannot write the output: No space left on device\n"),
        ("sim results s > /dev/full", "sim: cannot write the output: No space left on device\n"),
        ("sim results s --sql 'from runs' > /dev/full", "sim: cannot write the output: No space left on device\n"),
        ("sim schema >&-", "sim: cannot write the output: Bad file descriptor\n"),
        ("sim results s >&-", "sim: cannot write the output: Bad file descriptor\n"),
        ("sim schema >&- 2>&- <&-", ""),
    ],
)
def test_an_output_that_cannot_be_written_is_a_sentence(tmp_path, command, says):
    sweep_folder(tmp_path / "s")
    done = shell(tmp_path, command)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", says)


@LINUX
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_output_that_takes_only_a_part_is_an_error(tmp_path, unbuffered):
    # A limit on the size of files stands for a disk that becomes full in the middle of a text.
    done = shell(tmp_path, "sim schema > part", PYTHONUNBUFFERED=unbuffered, limit=1)
    assert (done.returncode, done.stderr) == (1, "sim: cannot write the output: File too large\n")


@LINUX
@pytest.mark.parametrize(
    ("command", "status"),
    [("sim check nothing", 2), ("sim nosuch", 2), ("sim results s --sql 'from nothing'", 2), ("sim verify s", 0)],
)
def test_messages_that_cannot_be_written_do_not_change_the_status(tmp_path, command, status):
    sweep_folder(tmp_path / "s")
    for where in ("2> /dev/full", "2>&-"):
        done = shell(tmp_path, f"{command} {where}")
        assert (done.returncode, done.stderr) == (status, ""), where


@LINUX
def test_a_file_to_write_is_no_folder_device_or_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    for name, what in ((".", "folder"), ("/", "folder"), ("pipe", "device or a pipe")):
        done = shell(tmp_path, f"sim schema --out {name}")
        expected = f"sim: {name}: is a {what}; expected the name of a file\n"
        assert (done.returncode, done.stdout, done.stderr) == (2, "", expected)
    assert (tmp_path / "pipe").is_fifo()
    assert shell(tmp_path, "sim schema --out link.json").returncode == 0
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text().startswith("{")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.json", "pipe", "real.json"]


def nobody_in_group(group):
    """Whether every process of a group has ended; one that is not waited for yet counts as ended."""
    states = (
        path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat") if path.exists()
    )
    return not any(int(fields[2]) == group and fields[0] != "Z" for fields in states)


def is_held(lock):
    """Whether a process holds a lock."""
    import fcntl

    with lock.open("r") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


@LINUX
@pytest.mark.timeout(200)
def test_temporary_folders_of_a_killed_command_are_removed_by_the_next(tmp_path):
    # A short path, as systems have it: sockets have no longer ones.
    temporary = Path(tempfile.mkdtemp(dir="/tmp"))
    environment = os.environ | {"TMPDIR": str(temporary)}
    words = ("run", "beijing-2010", "--quarters", 2, "--replications")
    process = begin(tmp_path, *words, 20000, "--out", "out", env=environment)
    wait_for(lambda: (tmp_path / "out" / "manifest.json").exists())
    assert list(temporary.iterdir())
    process.kill()
    process.communicate()
    # Its helpers, some of which have groups of their own, notice that it is gone: then nobody holds the lock.
    wait_for(lambda: nobody_in_group(process.pid) and not any(map(is_held, temporary.glob("*/lock"))))
    subprocess.run(
        [sys.executable, "-m", "sim", *map(str, words), "1", "--out", "other"], cwd=tmp_path, env=environment
    )
    assert not list(temporary.iterdir())
    temporary.rmdir()


def test_quiet_leaves_results_and_errors(tmp_path):
    sweep_folder(tmp_path / "s")
    for command, lines in (("check beijing-2010", 0), ("verify s", 0), ("results s", 1), ("scenarios", 1)):
        for line in (f"{command} --quiet", f"--quiet {command}"):
            done = inside(*line.split(), cwd=tmp_path)
            assert (done.returncode, bool(done.stdout), done.stderr) == (0, bool(lines), ""), line
    strict = inside("check", "beijing-2010", "--strict", "--quiet", cwd=tmp_path)
    assert strict.returncode == 2
    assert strict.stderr.startswith("warning: ")
    wrong = inside("check", "nothing", "--quiet", cwd=tmp_path)
    assert wrong.returncode == 2
    assert wrong.stderr


def test_a_quiet_run_says_nothing_on_the_error_stream(tmp_path):
    done = shell(tmp_path, "sim run beijing-2010 --quarters 2 --replications 1 --out out -q")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Results:" not in done.stdout


def test_no_color_is_respected(tmp_path):
    sweep_folder(tmp_path / "s")
    environment = os.environ | {"NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    done = subprocess.run(
        [sys.executable, "-m", "sim", "results", "s"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert not re.search(r"\x1b\[(3[0-7]|9[0-7]|38)", done.stdout)


def test_the_long_version_names_what_a_report_of_a_mistake_needs(tmp_path):
    done = shell(tmp_path, "sim --version --verbose")
    assert done.returncode == 0
    named = {line.split("  ")[0] for line in done.stdout.splitlines()}
    assert named >= {"sim", "python", "packages", "system", "cores", "variables", "fonts"}
    assert "cache" in done.stdout
    assert shell(tmp_path, "sim --verbose").returncode == 2
