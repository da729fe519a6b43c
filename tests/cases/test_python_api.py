"""The Python API: what stands for a scenario, old names, representations, no home folder, other programs' pools."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import yaml

import sim
from sim import CompiledScenario, Experiment, Results, ScenarioError, SectorModel, load_scenario, simulate
from sim.engine import rules_cache
from sim.experiment.execute.executor_choice import local_executor
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.store.optional_packages import install_command
from sim.experiment.store.part_reader import QueryError
from sim.scenario import make_scenario, read_scenario
from sim.scenario.scenario_loading import load_scenario_file

ROOT = Path(__file__).parents[2]
TINY = Path(__file__).parent / "mesa" / "tiny.yaml"
VALUES = yaml.safe_load(TINY.read_text("utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        TINY,
        str(TINY),
        VALUES,
        make_scenario(VALUES),
        read_scenario(TINY.read_text("utf-8")),
        load_scenario(TINY),
        load_scenario(TINY).scenario,
        load_scenario_file(TINY),
        CompiledScenario.of(TINY),
        CompiledScenario.of(load_scenario(str(TINY)).scenario),
    ],
    ids=lambda source: type(source).__name__,
)
def test_what_stands_for_a_scenario(source):
    whole = simulate(TINY, 1).sector.tobytes()
    assert simulate(source, 1).sector.tobytes() == whole
    if not isinstance(source, CompiledScenario):
        assert SectorModel(source, seed=1).config == load_scenario(TINY)


@pytest.mark.parametrize("make", [simulate, SectorModel, CompiledScenario.of])
@pytest.mark.parametrize(
    ("source", "error", "message"),
    [
        (None, TypeError, "found NoneType where a scenario is expected"),
        (7, TypeError, "found int where a scenario is expected"),
        ("title: x\nstart: 2010-Q1\n", TypeError, r"read_scenario\(TEXT\)"),
        ("bejing-2010", ScenarioError, "did you mean 'beijing-2010'"),
        ({"title": "t"}, ScenarioError, "required, but missing"),
    ],
)
def test_what_does_not(make, source, error, message):
    with pytest.raises(error, match=message):
        make(source)


@pytest.mark.parametrize("quarters", [0, -1, 401, 2.5, "4", True, float("nan"), [4]])
def test_lengths_that_no_run_can_have(quarters):
    for make in (CompiledScenario.of, lambda source, quarters: simulate(source, 1, quarters=quarters)):
        with pytest.raises(ScenarioError, match="quarters"):
            make(TINY, quarters)


def test_lengths():
    assert len(simulate(TINY, 1, quarters=np.int64(3)).sector) == 3
    with pytest.raises(ValueError, match=r"quarters to CompiledScenario\.of"):
        simulate(CompiledScenario.of(TINY), 1, quarters=3)
    with pytest.raises(ValueError, match="another compiled scenario"):
        simulate(TINY, 1, reuse=simulate(TINY, 1))


def test_names_are_offered():
    assert set(sim.__all__) <= set(dir(sim))
    assert set(sim.scenario.__all__) <= set(dir(sim.scenario))
    assert all(getattr(sim, name) is not None for name in sim.__all__)


@pytest.mark.parametrize(
    ("old", "new"), [("Blueprint", "CompiledScenario"), ("Record", "RunResult"), ("SweepResults", "Results")]
)
def test_old_names_say_the_new(old, new):
    with pytest.raises(AttributeError, match=f"it is called {new} now"):
        getattr(sim, old)


def test_representations_are_short(tmp_path):
    values = {"title": "<b>", "scenarios": [str(TINY)], "quarters": 4, "replications": 2, "outcomes": ["staff"]}
    experiment = Experiment.of(values)
    results = experiment.run(tmp_path / "out", workers=0)
    model = SectorModel(TINY, seed=1)
    objects = [load_scenario(TINY), CompiledScenario.of(TINY), simulate(TINY, 1), model, experiment, experiment.design]
    for one in [*objects, results, Results.open(tmp_path / "out"), experiment.plan(workers=0)]:
        for text in (repr(one), str(one)):
            assert text.startswith(f"<{type(one).__name__} ")
            assert len(text) < 300 + len(str(tmp_path))
            assert "\n" not in text
        shown = one._repr_html_()
        assert shown.startswith(f"<table><caption>{type(one).__name__}: ")
        assert "<b>" not in shown
    for one in (model.world, load_scenario_file(TINY), next(iter(model.agents))):
        assert len(repr(one)) < 400 + len(str(TINY))
    assert pickle.loads(pickle.dumps(load_scenario(TINY))) == load_scenario(TINY)


PROGRAM = "from sim import simulate; from sim.engine import rules_cache; print(rules_cache.FOLDER)"


def folder_without(home, tmp_path, **more):
    unset = ("HOME", "XDG_CACHE_HOME", "SIM_CACHE_DIR", "NUMBA_DISABLE_JIT")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    environment |= {"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT), **more} | ({} if home is None else {"HOME": home})
    command = [sys.executable, "-c", PROGRAM]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("home", ["/nowhere/at/all", "/dev/null", "relative", ""])
def test_a_home_that_cannot_be_used(home, tmp_path):
    done = folder_without(home, tmp_path)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).parent == tmp_path / f"social-work-sim-{os.getuid()}"
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("sim:")]
    assert "no home folder can be used; compiled rules are kept in" in line
    assert [path.name for path in tmp_path.iterdir() if "sim" in path.name] == [f"social-work-sim-{os.getuid()}"]


def test_no_home_at_all(monkeypatch, tmp_path):
    def nowhere():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(rules_cache.Path, "home", nowhere)
    monkeypatch.setattr(rules_cache.tempfile, "gettempdir", lambda: str(tmp_path))
    for name in ("SIM_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert rules_cache._cache_root().parent == tmp_path
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert rules_cache._cache_root().parent == tmp_path
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert rules_cache._cache_root() == tmp_path / "xdg" / "social-work-sim"


def mean_staff(path, workers):
    """Mean staff of a small experiment, in whatever process this is; what was said where it cannot run."""
    values = {"title": "t", "scenarios": [str(TINY)], "quarters": 4, "replications": 3, "outcomes": ["staff"]}
    try:
        results = Experiment.of(values).run(path, workers=workers)
    except QueryError as error:
        return str(error)
    return float(results.summary("staff")["staff"].iloc[0])


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_inside_another_pool(method, tmp_path):
    if method == "fork" and sys.version_info >= (3, 12):
        pytest.skip("a test process has threads, and this Python warns of forking one")
    alone = mean_staff(tmp_path / "alone", 0)
    with multiprocessing.get_context(method).Pool(1) as pool:
        asked = [(tmp_path / "none", None), (tmp_path / "one", 1), (tmp_path / "zero", 0), (tmp_path / "two", 2)]
        *same, refused = pool.starmap(mean_staff, asked)
    assert same == [alone] * 3
    assert "2 workers cannot start here" in refused
    assert "workers=1" in refused
    assert not (tmp_path / "two").exists()


def test_in_threads(tmp_path):
    alone = mean_staff(tmp_path / "alone", 0)
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(mean_staff, [tmp_path / "a", tmp_path / "b"], [0, 0]))
    assert found == [alone, alone]
    assert isinstance(local_executor(0), SerialExecutor)


def test_extras_are_installed_from_where_they_are(tmp_path):
    assert install_command("sql") == f"{sys.executable} -m pip install -e '{ROOT}[sql]'"
    assert install_command("cluster", tmp_path) == f"{sys.executable} -m pip install 'social-work-sim[cluster]'"
    declared = (ROOT / "pyproject.toml").read_text("utf-8")
    assert all(f"\n{extra} = [" in declared for extra in ("sql", "cluster"))


def test_the_citation_has_what_a_paper_needs():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {"title", "version", "authors", "license", "message", "abstract", "references"} <= set(citation)
    assert citation["version"] == sim.__version__
    assert "manifest.json" in citation["message"]
    assert all({"type", "title", "authors", "year", "doi"} <= set(one) for one in citation["references"])
