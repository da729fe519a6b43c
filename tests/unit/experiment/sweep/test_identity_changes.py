"""Identity changes: a sweep continued with something else is refused, with what is different."""

import pytest

from sim.experiment.execute import requests
from sim.experiment.execute.coordinator import Context
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.execute.requests import ChangedError
from sim.experiment.store.file_checks import sealed, unsealed
from sim.experiment.store.identity import identity
from tests.unit.experiment.sweep.stopping_executors import Counting
from tests.unit.experiment.sweep.sweep_towns import town


def test_a_changed_experiment_is_refused_and_named(small, whole, serial):
    manifest = (whole / "manifest.json").read_bytes()
    for changes, message in [
        ({"seed": 5}, "experiment seed: 1 before, 5 now"),
        ({"quarters": 2}, "experiment quarters"),
        (
            {"points": 5},
            "points of drive: high: 1.0, low: 0.0, scale: linear, steps: 4 before, high: 1.0, .* steps: 5 now",
        ),
        ({"scenarios": ["late-payment"]}, "scenario beijing-2010 .removed.; scenario late-payment .new."),
        (
            {"keep": {"series": ["closures"]}},
            r"experiment keep: series: agencies, unmet_need before, series: closures now\. ",
        ),
    ]:
        with pytest.raises(ChangedError, match=message) as caught:
            requests.sweep(town(**changes), whole, serial)
        assert not set('{}"') & set(str(caught.value)), "in plain words"
    assert (whole / "manifest.json").read_bytes() == manifest


def test_changed_code_or_packages_are_refused_with_both_ways_out(small, tmp_path, serial):
    path = tmp_path / "s"
    requests.sweep(small, path, Context(Counting(2), NullProgress()))
    values = unsealed((path / "manifest.json").read_bytes())
    values["identity"]["package"]["numpy"] = values["versions"]["numpy"] = "1.0.0"
    values["identity"]["code"]["model/quarter.py"] = "other"
    (path / "manifest.json").write_bytes(sealed(values))
    before = (path / "manifest.json").read_bytes()
    message = (
        r"code model/quarter\.py; package numpy: 1\.0\.0 before, .* now\. Start anew in another folder.*numpy 1\.0\.0"
    )
    for again in (
        lambda: requests.sweep(small, path, serial),
        lambda: requests.extend(path, small, serial, 8),
        lambda: requests.retry(path, small, serial),
    ):
        with pytest.raises(ChangedError, match=message):
            again()
    assert (path / "manifest.json").read_bytes() == before


def test_what_decides_no_number_is_no_difference(small):
    found = identity(small)
    assert set(found["package"]) == {"python", "numba", "numpy"}
    assert {name.split("/")[0] for name in found["code"]} == {
        "engine", "declarations", "scenario", "model", "experiment", "output", "run.py",
    }  # fmt: skip
    assert not any(name.startswith(("plots", "cli", "scenario/reading")) for name in found["code"])


def test_another_machine_is_noted(small, tmp_path, serial, monkeypatch):
    path = tmp_path / "s"
    requests.sweep(small, path, Context(Counting(2), NullProgress()))
    monkeypatch.setattr("platform.node", lambda: "elsewhere")
    requests.sweep(small, path, serial)
    hosts = [each["machine"]["host"] for each in unsealed((path / "manifest.json").read_bytes())["commands"]]
    assert hosts[-1] == "elsewhere" != hosts[0]


def test_scenarios_in_another_order_are_another_experiment(tmp_path, serial):
    pair = {"scenarios": ["beijing-2010", "late-payment"], "axes": {}}
    requests.sweep(town(**pair), tmp_path / "s", serial)
    with pytest.raises(ChangedError, match="holds another sweep: points scenarios"):
        requests.sweep(town(**pair | {"scenarios": pair["scenarios"][::-1]}), tmp_path / "s", serial)
