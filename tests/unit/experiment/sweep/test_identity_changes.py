"""A sweep that is taken up again with something else: refused, or remembered with what it was before."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sim.experiment.design import restored
from sim.experiment.execute import sweep_requests as orders
from sim.experiment.execute.no_progress import NullProgress
from sim.experiment.execute.replay import ask_for, replay
from sim.experiment.execute.run_summary import reduce
from sim.experiment.execute.sweep_requests import ChangedError, Crew
from sim.experiment.results.sweep_data import SweepData
from sim.experiment.store.sweep_folder import Archive
from tests.unit.experiment.design import design_town as small_town
from tests.unit.experiment.sweep.conftest import rows
from tests.unit.experiment.sweep.stopping_executors import Counting
from tests.unit.experiment.sweep.sweep_towns import town


def test_a_changed_experiment_is_refused_and_named(small, whole, serial):
    manifest = (whole / "manifest.json").read_bytes()
    for changes, told in [
        ({"seed": 5}, "experiment seed: 1 before, 5 now"),
        ({"quarters": 2}, "experiment quarters"),
        (
            {"points": 5},
            "points of drive: high 1.0, low 0.0, scale linear, steps 4 before, high 1.0, .* steps 5 now",
        ),
        ({"scenarios": ["late-payment"]}, "scenario beijing-2010 .gone.; scenario late-payment .new."),
        (
            {"keep": {"series": ["closures"]}},
            r"experiment keep: series agencies and unmet_need before, series closures now\. ",
        ),
    ]:
        with pytest.raises(ChangedError, match=told) as caught:
            orders.sweep(town(**changes), whole, serial)
        assert not set('{}"') & set(str(caught.value)), "in plain words"
    assert (whole / "manifest.json").read_bytes() == manifest


def test_changed_code_or_packages_are_refused_or_remembered(small, tmp_path, serial):
    path = tmp_path / "s"
    orders.sweep(small, path, Crew(Counting(2), NullProgress()))
    values = json.loads((path / "manifest.json").read_text())
    values["identity"]["package"]["numpy"] = "1.0.0"
    values["identity"]["code"]["model/quarter.py"] = "other"
    (path / "manifest.json").write_text(json.dumps(values))
    with pytest.raises(
        ChangedError, match=r"code model/quarter\.py; package numpy: 1\.0\.0 before, .* now.*--allow-changed"
    ):
        orders.sweep(small, path, serial)
    report = orders.sweep(small, path, replace(serial, allow_changed=True))
    assert report.status == "complete"
    (change,) = json.loads((path / "manifest.json").read_text())["changes"]
    assert change["what"][0] == "code model/quarter.py"
    assert orders.sweep(small, path, serial).computed == 0


def test_scenarios_in_another_order_are_another_experiment(tmp_path, serial):
    pair = {"scenarios": ["beijing-2010", "late-payment"], "axes": {}}
    orders.sweep(town(**pair), tmp_path / "s", serial)
    with pytest.raises(ChangedError, match="is of another experiment: points scenarios"):
        orders.sweep(town(**pair | {"scenarios": pair["scenarios"][::-1]}), tmp_path / "s", serial)


@pytest.fixture
def mixed(tmp_path, serial):
    """A sweep of 24 runs that went on after its scenario had changed; the runs that were made before."""
    before = small_town.design(tmp_path, quarters=3, replications=8)
    path = tmp_path / "s"
    orders.sweep(before, path, Crew(Counting(5), NullProgress()))
    early = rows(path)
    small_town.town(tmp_path, fields={"elderly": {}})
    now = small_town.design(tmp_path, quarters=3, replications=8, scenarios=[tmp_path / "town.yaml"])
    with pytest.raises(ChangedError, match="begun with something else: scenario town"):
        orders.sweep(now, path, serial)
    assert orders.sweep(now, path, replace(serial, allow_changed=True)).status == "complete"
    return path, early


def test_a_run_is_replayed_as_it_was_made(mixed):
    path, early = mixed
    archive = Archive(path)
    found = rows(path)
    assert 0 < len(early) < len(found) == 24
    for run in [(0, 0), (2, 7)]:
        past = ask_for(archive, *run)
        assert past.since == (("scenario town",) if run in early else ())
        record = replay(archive, restored(past.design), *run)
        values = reduce(np.array(record.world.outcome_values)).ravel()
        np.testing.assert_array_equal(list(found[run].values())[3:], values)


def test_tables_of_mixed_worlds_say_so(mixed, whole):
    path, early = mixed
    (line,) = SweepData.open(path).mixture()
    assert line.startswith(f"{len(early)} of these runs were made before a change (20")
    assert line.endswith("): scenario town")
    assert SweepData.open(whole).mixture() == []


def test_the_world_of_before_is_kept_through_further_changes(mixed, tmp_path, serial):
    path, _ = mixed
    before = ask_for(Archive(path), 0, 0)
    small_town.town(tmp_path, fields={"youth": {}})
    now = small_town.design(tmp_path, quarters=3, replications=9, scenarios=[tmp_path / "town.yaml"])
    orders.extend(path, now, replace(serial, allow_changed=True), 9)
    assert ask_for(Archive(path), 0, 0).design == before.design
    assert ask_for(Archive(path), 2, 7).since == ("scenario town",)
    assert ask_for(Archive(path), 0, 8).since == ()
    assert [int(line.split()[0]) for line in SweepData.open(path).mixture()] == [10, 24]
