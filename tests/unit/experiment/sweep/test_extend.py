"""Extending a sweep by replications, points and values; what is there stays as it is."""

import re
from unittest.mock import patch

import pytest

from sim.experiment.execute import requests
from sim.experiment.execute.requests import ChangedError
from sim.experiment.store.manifest import Manifest
from sim.experiment.store.results_folder import ResultsFolder
from tests.unit.experiment.sweep.conftest import digests, rows, same
from tests.unit.experiment.sweep.stopping_executors import Killed
from tests.unit.experiment.sweep.sweep_towns import town


def test_more_replications_leave_the_old_ones_alone(small, serial, tmp_path):
    path = tmp_path / "s"
    requests.sweep(town(replications=4), path, serial)
    before = digests(path)
    report = requests.extend(path, town(replications=4), serial, replications=6)
    assert (report.status, report.runs, report.computed) == ("complete", 24, 8)
    assert digests(path).items() >= before.items()
    requests.sweep(small, tmp_path / "at once", serial)
    there, at_once = rows(path), rows(tmp_path / "at once")
    assert there.keys() == at_once.keys()
    assert same(there, at_once)


def test_more_points_leave_the_old_ones_alone(serial, tmp_path):
    path = tmp_path / "s"
    requests.sweep(town(replications=2, **_sampled(4)), path, serial)
    before = {name: digest for name, digest in digests(path).items() if name != "design.parquet"}
    more = town(replications=2, **_sampled(8))
    report = requests.extend(path, more, serial)
    assert (report.runs, report.computed) == (16, 8)
    assert digests(path).items() >= before.items()
    at_once = tmp_path / "at once"
    requests.sweep(more, at_once, serial)
    assert same(rows(path), rows(at_once))
    # The folder is the grown experiment's now.
    assert requests.sweep(more, path, serial).computed == 0


def _sampled(points, kind="sobol"):
    axes = {"drive": {"path": "rules.strategy.drive", "low": 0.0, "high": 1.0}}
    return {"axes": axes, "design": {"kind": kind, "points": points}}


def test_points_that_were_never_ordered_are_forgotten(serial, tmp_path):
    path = tmp_path / "s"
    design = town(replications=2, **_sampled(2, "latin-hypercube"))
    requests.sweep(design, path, serial)
    with patch.object(Manifest, "add", side_effect=Killed), pytest.raises(Killed):
        requests.extend(path, design.with_points(6), serial)
    report = requests.extend(path, design.with_points(5), serial)
    assert (report.runs, report.computed) == (10, 6)
    assert Manifest.read(ResultsFolder(path)).read_points().equals(design.with_points(5).table())


def test_a_value_that_was_never_ordered_is_forgotten(serial, tmp_path):
    path = tmp_path / "s"
    first, second, third = (
        town(replications=2, axes={"drive": {"path": "rules.strategy.drive", "values": values}})
        for values in ([0.0, 1.0], [0.0, 0.5, 1.0], [0.0, 0.7, 1.0])
    )
    requests.sweep(first, path, serial)
    with patch.object(Manifest, "add", side_effect=Killed), pytest.raises(Killed):
        requests.extend(path, second, serial)
    assert requests.extend(path, third, serial).runs == 6
    assert Manifest.read(ResultsFolder(path)).read_points()["drive"].to_pylist() == [0.0, 1.0, 0.7]


def test_another_value_on_an_axis_is_another_point(serial, tmp_path):
    path = tmp_path / "s"
    axis = {"path": "rules.strategy.drive"}
    requests.sweep(town(replications=2, axes={"drive": axis | {"values": [0.0, 1.0]}}), path, serial)
    report = requests.extend(path, town(replications=2, axes={"drive": axis | {"values": [0.0, 0.5, 1.0]}}), serial)
    assert (report.runs, report.computed) == (6, 2)
    assert Manifest.read(ResultsFolder(path)).read_points()["drive"].to_pylist() == [0.0, 1.0, 0.5]


def test_an_extension_is_nothing_but_that(serial, tmp_path):
    path = tmp_path / "s"
    requests.sweep(town(replications=2), path, serial)
    other = {"drive": {"path": "rules.strategy.imitation", "low": 0.0, "high": 1.0, "steps": 4}}
    with pytest.raises(ChangedError, match=r"axis drive: .*strategy\.drive.* before, .*strategy\.imitation.* now"):
        requests.extend(path, town(replications=2, axes=other), serial, replications=3)


def test_more_replications_in_the_file_ask_for_an_extension(serial, tmp_path):
    path = tmp_path / "s"
    requests.sweep(town(replications=2), path, serial)
    with pytest.raises(ChangedError, match=re.escape(f"sim extend {path} --replications 3")):
        requests.sweep(town(replications=3), path, serial)
