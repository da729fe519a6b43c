"""Precision check: replications in rounds until it is exact enough, whenever the sweep is interrupted."""

import numpy as np
import pytest

from sim.experiment.design.experiment_loading import experiment_from_values
from sim.experiment.execute import precision_check as precision
from sim.experiment.execute import requests
from sim.experiment.execute.coordinator import Context
from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.store.manifest import Manifest
from sim.experiment.store.results_folder import ResultsFolder
from tests.unit.experiment.sweep.conftest import digests, rows, same
from tests.unit.experiment.sweep.stopping_executors import Killed, Mortal

MOST = 20
SIX_POINTS = {
    "title": "Exact enough",
    "scenarios": ["beijing-2010"],
    "quarters": 4,
    "variants": {
        "quits": {"rules": {"people": {"quit_rate": 0.06}}},
        "costly": {"rules": {"founding": {"viable_income": 5_000_000}}},
    },
    "axes": {"delay": {"lever": "payment.delay", "in": "districts", "values": [0.5, 3]}},
}
"""Those of one variant differ more from the first than those of the other."""


def precise(of, width, most=MOST):
    """Six points until their means, or differences, are as exact as asked."""
    asked = {"outcome": "agencies", "measure": "mean", "width": width, "of": of, "first": 3, "most": most}
    return experiment_from_values(SIX_POINTS | {"precision": asked})


def widths(path, of, replications=MOST):
    """Width of each point that is compared, after so many replications."""
    samples = precision.read_samples(Manifest.read(ResultsFolder(path)), "agencies", "mean")
    some = {point: {r: v for r, v in each.items() if r < replications} for point, each in samples.items()}
    compared = (
        precision.references(Manifest.read(ResultsFolder(path)).read_points())
        if of == "difference"
        else dict.fromkeys(range(6))
    )
    return np.array([precision.width(some, point, against) for point, against in compared.items()])


@pytest.fixture(scope="module")
def parting(tmp_path_factory):
    """For either kind the width that the last point comes down to in the end; others are exact enough before."""
    path = tmp_path_factory.mktemp("parting") / "sweep"
    requests.sweep(
        experiment_from_values(SIX_POINTS | {"replications": MOST}), path, Context(SerialExecutor(), NullProgress())
    )
    return {of: float(widths(path, of).max()) for of in ("difference", "mean")}


def batches_of(path):
    return Manifest.read(ResultsFolder(path)).batches


@pytest.fixture(scope="module", params=["difference", "mean"])
def uninterrupted(request, parting, tmp_path_factory):
    """A design, and the folder of its sweep that nobody interrupted."""
    design = precise(request.param, parting[request.param])
    path = tmp_path_factory.mktemp("uninterrupted") / "sweep"
    assert requests.sweep(design, path, Context(Mortal(10**9, Killed), NullProgress())).status == "complete"
    return design, path


def test_points_get_more_until_each_is_exact_enough(uninterrupted):
    design, path = uninterrupted
    asked = design.file.precision
    samples = precision.read_samples(Manifest.read(ResultsFolder(path)), "agencies", "mean")
    compared = (
        precision.references(Manifest.read(ResultsFolder(path)).read_points())
        if asked.of == "difference"
        else dict.fromkeys(range(6))
    )
    assert len(compared) == (4 if asked.of == "difference" else 6)
    for point, against in compared.items():
        assert precision.width(samples, point, against) <= asked.width or len(samples[point]) == asked.most
    first, *later = batches_of(path)
    assert len(later) > 1
    assert first.points == ((0, 5),)
    assert later[-1].points != first.points
    # Nobody gets more who was exact enough already: neither a point nor what it is compared with.
    for batch in later:
        before = {point: {r: v for r, v in each.items() if r < batch.first} for point, each in samples.items()}
        wide = {p for p, against in compared.items() if precision.width(before, p, against) > asked.width}
        wanted = wide | {compared[point] for point in wide} - {None}
        assert {point for first, last in batch.points for point in range(first, last + 1)} == wanted


def test_interrupted_in_every_round_and_between_them(uninterrupted, tmp_path, monkeypatch):
    design, whole = uninterrupted
    path = tmp_path / "s"
    rounds = batches_of(whole)
    add = Manifest.add

    def left(number):
        done = ResultsFolder(path).done()
        return sum(chunk not in done for chunk in rounds[number].numbers)

    def killed_before(_logbook, *_batches):
        raise Killed

    def killed_after(manifest, *batches):
        add(manifest, *batches)
        raise Killed

    def die(chunks, how=Killed):
        if how is KeyboardInterrupt:
            assert requests.sweep(design, path, Context(Mortal(chunks, how), NullProgress())).status == "interrupted"
        else:
            with pytest.raises(Killed):
                requests.sweep(design, path, Context(Mortal(chunks, how), NullProgress()))

    for number in range(len(rounds)):
        die(0)
        die(1, KeyboardInterrupt)
        die(left(number) - 1)
        assert left(number) == 1
        assert len(batches_of(path)) == number + 1
        if number + 1 < len(rounds):
            for add_and_die, there in ((killed_before, number + 1), (killed_after, number + 2)):
                monkeypatch.setattr(Manifest, "add", add_and_die)
                die(10**9)
                assert left(number) == 0
                assert len(batches_of(path)) == there
            monkeypatch.undo()
    report = requests.sweep(design, path, Context(Mortal(10**9, Killed), NullProgress()))
    assert (report.status, report.wide) == ("complete", 0)
    assert batches_of(path) == rounds
    assert digests(path) == digests(whole)


def test_a_narrower_width_goes_on_from_what_is_there(parting, tmp_path, serial):
    path = tmp_path / "s"
    requests.sweep(precise("difference", 2.0 * parting["difference"]), path, serial)
    narrower = precise("difference", parting["difference"])
    report = requests.sweep(narrower, path, serial)
    assert report.computed > 0
    requests.sweep(narrower, tmp_path / "at once", serial)
    there, at_once = rows(path), rows(tmp_path / "at once")
    assert there.keys() == at_once.keys()
    assert same(there, at_once)


def test_points_that_stay_too_wide_are_counted(tmp_path, serial):
    report = requests.sweep(precise("difference", 1e-6, most=5), tmp_path / "s", serial)
    assert report.status == "complete"
    assert report.wide == (widths(tmp_path / "s", "difference", 5) > 1e-6).sum() >= 2
    assert [batch.last for batch in batches_of(tmp_path / "s")] == [2, 4]
