"""Figure making: every kind is declared whole; what a folder lacks, and what a kind does not take, is said."""

import dataclasses
import inspect
from importlib import import_module

import pytest

from sim.cli.plot_command import plot
from sim.experiment.results.figure_data.figure_kinds import KINDS, USUAL, kind_named
from sim.experiment.results.figure_data.figure_making import make_figure, usual_kinds
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.results import Results
from sim.experiment.store.part_reader import QueryError
from tests.unit.experiment.made_up_sweeps import ROWS, sweep_folder

OPTIONS = {field.name for field in dataclasses.fields(FigureOptions)}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    path = tmp_path_factory.mktemp("made-up")
    sweep_folder(path, ROWS, series=("staff", "wage"))
    return Results.open(path)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_declared_whole(kind):
    module, _, function = kind.home.partition(":")
    assert list(inspect.signature(getattr(import_module(module), function)).parameters) == ["results", "options"]
    assert {*kind.options} <= OPTIONS
    assert kind.title
    assert kind.answers.endswith("?")
    assert not kind.by or "by" in kind.options


def test_names_are_told_apart_and_usual_ones_exist():
    names = [kind.name for kind in KINDS]
    assert len(set(names)) == len(names)
    assert {name for each in USUAL.values() for name in each} <= {*names}


def test_the_command_takes_every_option():
    taken = set(inspect.signature(plot).parameters)
    assert {name for kind in KINDS for name in kind.options} <= taken


def test_a_figure_says_what_it_shows_and_where_it_comes_from(run):
    made = make_figure(run, "bands", FigureOptions(outcomes=("staff",)), "sim plot x")
    assert made.figure.facts["figure"] == "bands"
    assert made.figure.facts["made_by"] == "sim plot x"
    assert made.figure.facts["runs_done"] == 30
    assert "Staff" in made.figure.alternative
    assert len({len(column) for column in made.figure.numbers.values()}) == 1


def test_numbers_are_those_of_the_folder(run):
    numbers = run.plot("bands", outcomes=["staff", "wage"]).numbers
    shown = [value for name, value in zip(numbers["outcome"], numbers["median"], strict=True) if name == "staff"]
    table = run.series(["staff"]).query("point == 0")
    assert shown == pytest.approx(table.groupby("date")["staff"].median().tolist())


def test_what_a_kind_does_not_take_is_refused(run):
    with pytest.raises(QueryError, match="threshold"):
        make_figure(run, "bands", FigureOptions(threshold=1.0))
    with pytest.raises(QueryError, match="did you mean 'bands'"):
        kind_named("band")
    with pytest.raises(QueryError, match="did you mean 'outcomes'"):
        run.plot("bands", outcome="staff")


def test_a_folder_without_series_says_what_it_lacks(tmp_path):
    sweep_folder(tmp_path, ROWS)
    with pytest.raises(QueryError, match="series or sector"):
        Results.open(tmp_path).plot("bands")


def test_usual_kinds_can_be_drawn(run):
    assert usual_kinds(run)
    for name in usual_kinds(run):
        assert make_figure(run, name).figure.alternative


@pytest.mark.parametrize("given", [{"count": 0}, {"outcomes": 3.5}, {"by": {"a": 1}}])
def test_options_that_make_no_sense(given):
    with pytest.raises(QueryError):
        FigureOptions.of(**given)
