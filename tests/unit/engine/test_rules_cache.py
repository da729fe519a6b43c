"""The rules' cache: what compiled code depends on is hashed, and damage costs a compilation, never a run."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from sim.engine import rules_cache
from sim.engine.rule_sources import REACHED, sources

ROOT = Path(__file__).parents[3]
IMPORT_ALL = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*(name for name in sys.modules if name.startswith("sim.")))
"""


def test_rules_reach_only_packages_that_are_hashed():
    """Every module with a rule in it, and all that they import."""
    ruled = [name for name, source in sources().items() if b"import rule" in source or b"import entry" in source]
    modules = ["sim." + name.removesuffix(".py").replace("/", ".") for name in ruled]
    assert "sim.model.quarter" in modules
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL, *modules], capture_output=True, text=True, check=True)
    hashed = tuple("sim." + package.replace("/", ".") for package in REACHED)
    reached = set(done.stdout.split()) - {"sim.scenario"}
    assert "sim.model.rules.procurement.bidding" in reached
    assert [name for name in reached if not name.startswith(hashed)] == []


def test_the_packages_that_are_hashed_are_there():
    files = list(sources())
    assert all(any(file.startswith(package + "/") for file in files) for package in REACHED)
    assert not any(file.startswith(("cli/", "plots/", "experiment/")) for file in files)


RUN = """
import resource, sys
from tests.support import tiny_rules
from sim.engine import rules_cache
if len(sys.argv) > 1:
    limit = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
compiled = rules_cache.is_compiled()
result = tiny_rules.earn_twice(tiny_rules.purses())
print(result, compiled, len(tiny_rules.earn_twice._jitted.stats.cache_hits))
rules_cache.mark_compiled()
"""


class Answer(NamedTuple):
    """What a process that runs a tiny entry did."""

    result: int
    was_compiled: bool
    read_from_disk: bool
    warnings: list[str]


@pytest.fixture
def run(tmp_path):
    def run_entry(*arguments, before="", compiler="linked", **changes):
        environment = os.environ | {
            "SIM_CACHE_DIR": str(tmp_path / "cache"),
            "SIM_COMPILER": compiler,
            "NUMBA_DISABLE_JIT": "0",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-c", before + RUN, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment | changes, check=False)
        assert done.returncode == 0, done.stderr
        result, compiled, hits = done.stdout.split()
        return Answer(int(result), compiled == "True", hits != "0", done.stderr.splitlines())

    return run_entry


def compiled_files(tmp_path):
    files = sorted(path for path in (tmp_path / "cache").rglob("*") if path.is_file() and path.name != "ready.json")
    assert files
    return files


def test_compiled_once(run):
    assert run() == Answer(5, False, False, [])
    assert run() == Answer(5, True, True, [])


def test_the_folder_is_private(run, tmp_path):
    run()
    folder = compiled_files(tmp_path)[0].parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o755)
    assert run() == Answer(5, True, True, [])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def truncate(data):
    return data[: len(data) // 2]


def empty(_):
    return b""


def flip_a_bit(data):
    return data[:-100] + bytes([data[-100] ^ 1]) + data[-99:]


# An empty file is a truncated one.
@pytest.mark.parametrize("damage", [truncate, pytest.param(empty, marks=pytest.mark.slow), flip_a_bit])
def test_a_damaged_file_is_named_and_made_again(damage, run, tmp_path):
    run()
    (path,) = compiled_files(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    answer = run()
    assert answer.result == 5
    assert not answer.read_from_disk
    assert len(answer.warnings) == 1
    assert str(path) in answer.warnings[0]
    assert run() == Answer(5, True, True, [])


def test_a_lost_file_is_made_again(run, tmp_path):
    run()
    compiled_files(tmp_path)[0].unlink()
    assert run() == Answer(5, False, False, [])
    assert run() == Answer(5, True, True, [])


def test_a_damaged_file_of_the_plain_compiler_is_compiled_in_memory(run, tmp_path):
    assert run(compiler="plain").result == 5
    for path in compiled_files(tmp_path):
        path.write_bytes(truncate(path.read_bytes())[:10])
    answer = run(compiler="plain")
    assert answer.result == 5
    assert len(answer.warnings) == 1


def test_a_full_disk_costs_a_line(run, tmp_path):
    answer = run(2000)
    assert (answer.result, answer.read_from_disk) == (5, False)
    assert len(answer.warnings) == 1
    assert "File too large" in answer.warnings[0]
    assert list((tmp_path / "cache").rglob(".new-*")) == []
    assert run() == Answer(5, False, False, [])


def test_what_a_killed_compilation_was_writing_is_removed(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    folder = rules_cache.open_folder(tmp_path, "digest")
    host = rules_cache._HOST
    left, old = folder / f".new-{ended.pid}@{host}-abc", folder / "rule.nbi.tmp.0a1b"
    ours, elsewhere = folder / f".new-{os.getpid()}@{host}-abc", folder / f".new-{ended.pid}@other-{host}-abc"
    kept = [ours, elsewhere, folder / "rule.nbi.tmp.2c3d", folder / "rule.nbi", folder / "ready.json"]
    for path in (left, old, *kept):
        path.write_bytes(b"code")
    os.utime(old, (0, 0))
    rules_cache.open_folder(tmp_path, "digest")
    assert sorted(folder.iterdir()) == sorted(kept)


def test_a_folder_that_cannot_be_made_costs_a_line(run, tmp_path):
    (tmp_path / "file").write_text("in the way")
    answer = run(SIM_CACHE_DIR=str(tmp_path / "file" / "below"))
    assert (answer.result, answer.was_compiled) == (5, False)
    assert len(answer.warnings) == 1


def test_the_folder_of_another_user_is_not_read(run, tmp_path):
    run()
    answer = run(before="import os; own = os.getuid(); os.getuid = lambda: own + 1\n")
    assert (answer.result, answer.was_compiled, answer.read_from_disk) == (5, False, False)
    assert len(answer.warnings) == 1
    assert "another user" in answer.warnings[0]


def test_a_link_in_place_of_the_folder_is_not_followed(run, tmp_path):
    run()
    folder = compiled_files(tmp_path)[0].parent
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    answer = run()
    assert (answer.result, answer.read_from_disk) == (5, False)
    assert len(answer.warnings) == 1


def test_another_processor_or_option_has_a_folder_of_its_own(run, tmp_path):
    run()
    other = "from llvmlite import binding; binding.get_host_cpu_name = lambda: 'generic'\n"
    assert run(before=other) == Answer(5, False, False, [])
    assert run(NUMBA_BOUNDSCHECK="1") == Answer(5, False, False, [])
    assert run() == Answer(5, True, True, [])
    assert len({path.parent for path in compiled_files(tmp_path)}) == 3
