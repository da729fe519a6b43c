"""Every shipped experiment is sound, says what it asks and what came out, and runs."""

import re
from functools import cache

import pytest

from sim import replication_seed
from sim.experiment.design.cost_and_coverage import make_plan
from sim.experiment.design.experiment_loading import load_experiment
from sim.run import simulate
from sim.scenario.reading.file_search import shipped

SHIPPED = {each.name: each.path for each in shipped("experiments")}
MOST_RUNS = 20_000
"""What two cores do in some minutes."""

pytestmark = pytest.mark.parametrize("name", SHIPPED)


@cache
def design_of(name):
    return load_experiment(name)


def comment(name):
    """What stands before the first key, in one line."""
    lines = SHIPPED[name].read_text(encoding="utf-8").split("\ntitle:")[0].splitlines()
    return " ".join(line.removeprefix("#").strip() for line in lines)


def test_it_is_sound_and_no_axis_is_idle(name):
    design = design_of(name)
    assert design.notes == ()
    assert design.file.question
    assert design.file.outcomes


def test_its_comment_tells_the_finding_and_the_runs_that_it_came_from(name):
    assert "How to read it:" in comment(name)
    found = re.search(r"Found \(([\d,]+) runs", comment(name))
    assert found is not None
    assert int(found[1].replace(",", "")) == make_plan(design_of(name)).runs <= MOST_RUNS


def test_a_point_of_it_runs(name):
    """The last point, which is furthest from the base; over a year, because policies come later anyway."""
    design = design_of(name)
    table = design.table()
    design = type(design)(
        design.file.model_copy(update={"quarters": 4}), design.bases, design.axes, design.sources, design.notes
    )
    record = simulate(design.compiled(design.row(table, len(table) - 1)), replication_seed(design.file.seed, 0))
    assert len(record.sector) == 4
    assert set(design.file.outcomes) <= set(record.sector.dtype.names)
