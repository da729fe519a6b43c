"""Any order of interruptions and extensions: in the end a sweep holds the rows of one that was never interrupted."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sim.experiment.design.experiment_loading import restored
from sim.experiment.execute import requests
from sim.experiment.execute.coordinator import Context
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.store.atomic_files import WrongInputError
from sim.experiment.store.manifest import Manifest
from sim.experiment.store.results_folder import ResultsFolder
from tests.unit.experiment.made_up_sweeps import read_part
from tests.unit.experiment.sweep.conftest import failures, parts, rows, same
from tests.unit.experiment.sweep.stopping_executors import Killed, Mortal
from tests.unit.experiment.sweep.sweep_towns import ERROR, faulty, town

UNORDERED = "before its order"
"""How a sweep may end that is extended or tried again: when all is ready and nothing is ordered yet."""
KINDS = ("latin-hypercube", "sobol", "saltelli", "morris")


def sampled(kind, number, replications, faults):
    """A design of so many points; those in `faults` go wrong."""
    size = "trajectories" if kind == "morris" else "points"
    axes = {
        "drive": {"path": "rules.strategy.drive", "low": 0.0, "high": 1.0},
        "imitation": {"path": "rules.strategy.imitation", "low": 0.0, "high": 1.0},
    }
    design = {"kind": kind, size: number} | ({"second_order": False} if kind == "saltelli" else {})
    more = {"quarters": 1, "replications": replications, "failures": {"stop_after": 3}, "keep": {"series": ["staff"]}}
    return faulty(town(axes=axes, design=design, **more), dict.fromkeys(faults, ERROR))


def designed(path, kind, number, replications, faults):
    """The same as a user has it: a Latin hypercube that has grown consists of those that were added one by one."""
    fresh = sampled(kind, number, replications, faults)
    if kind != "latin-hypercube" or not (path / "manifest.json").exists():
        return fresh
    larger = restored(ResultsFolder(path).read_manifest()["design"]).with_points(number)
    return replace(fresh, file=fresh.file.model_copy(update={"design": larger.file.design}))


@st.composite
def stories(draw):
    """What happens to a sweep, step by step."""
    steps = []
    number, replications = 2, 2
    faults = draw(st.sets(st.integers(0, 5), max_size=3))
    for _ in range(draw(st.integers(1, 7))):
        what = draw(st.sampled_from(["sweep", "retry", "replications", "points", "both"]))
        if what in ("points", "both"):
            number += draw(st.integers(0, 2))
        if what in ("replications", "both"):
            replications += draw(st.integers(0, 2))
        faults = faults - draw(st.sets(st.sampled_from(sorted(faults)), max_size=2)) if faults else faults
        how = draw(st.sampled_from([None, KeyboardInterrupt, Killed, UNORDERED]))
        chunks = draw(st.integers(0, 6)) if how in (KeyboardInterrupt, Killed) else 10**9
        steps.append((what, number, replications, frozenset(faults), how or Killed, chunks))
    return steps


def step(path, kind, what, number, replications, faults, how, chunks):
    """Do one thing; what cannot be done now is refused and changes nothing."""
    design = designed(path, kind, number, replications, faults)
    try:
        if how is UNORDERED:
            with patch.object(Manifest, "add", side_effect=Killed):
                order(path, design, what, replications, Context(SerialExecutor(), NullProgress()))
        else:
            order(path, design, what, replications, Context(Mortal(chunks, how), NullProgress()))
    except (Killed, WrongInputError):
        # The next step begins with what is on the disk.
        pass


def order(path, design, what, replications, context):
    """Give the order of a step."""
    if what == "sweep":
        requests.sweep(design, path, context)
    elif what == "retry":
        requests.retry(path, design, context)
    else:
        requests.extend(path, design, context, replications)


def check_whole(path):
    """What is readable at any moment: no run twice, none both done and failed, nothing of nobody's."""
    columns = ["point", "replication"]
    runs = [(r["point"], r["replication"]) for part in parts(path) for r in read_part(part, columns).to_pylist()]
    assert len(runs) == len(set(runs))
    if (path / "manifest.json").exists():
        manifest = Manifest.read(ResultsFolder(path))
        failed = {(failure.point, failure.replication) for failure in failures(path)}
        assert not failed & set(runs)
        assert all(any(run in batch for batch in manifest.batches) for run in runs)
        progress = manifest.progress(manifest.receipts())
        assert (progress.done, progress.failed) == (len(runs), len(failed))


def finish(path, kind, number, replications):
    """Bring a sweep to its end, as a user would: extend it as far as asked, and try again what failed."""
    context = Context(SerialExecutor(), NullProgress())
    final = designed(path, kind, number, replications, ())
    if not (path / "manifest.json").exists():
        return requests.sweep(final, path, context)
    try:
        report = requests.extend(path, final, context, replications)
    except WrongInputError:
        report = requests.sweep(final, path, context)
    return requests.retry(path, final, context) if report.failed else report


@pytest.mark.slow
@settings(
    max_examples=10, phases=(Phase.explicit, Phase.reuse, Phase.generate), suppress_health_check=[HealthCheck.too_slow]
)
@given(st.sampled_from(KINDS), stories())
def test_the_rows_are_those_of_a_sweep_that_was_never_interrupted(kind, story):
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / "s"
        for what, number, replications, *rest in story:
            step(path, kind, what, number, replications, *rest)
            check_whole(path)
        _, number, replications, *_ = story[-1]
        report = finish(path, kind, number, replications)
        assert (report.status, report.failed) == ("complete", 0)
        whole = folder / "uninterrupted"
        requests.sweep(designed(path, kind, number, replications, ()), whole, Context(SerialExecutor(), NullProgress()))
        by_values, expected = (by_point(each) for each in (path, whole))
        assert by_values.keys() == expected.keys()
        assert same(by_values, expected)
    finally:
        shutil.rmtree(folder)


def by_point(path):
    """Rows by the values of their point, because points that were added later have other numbers."""
    points = Manifest.read(ResultsFolder(path)).read_points().drop_columns(["point"]).to_pylist()
    turns = {}
    keys = []
    for point in points:
        values = tuple(point.values())
        turns[values] = turns.get(values, -1) + 1
        keys.append((*values, turns[values]))
    return {(*keys[point], replication): {**row, "point": 0} for (point, replication), row in rows(path).items()}
