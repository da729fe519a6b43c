"""A folder of a sweep that most tests of what is read from one begin with."""

import pytest

from sim.experiment.results.results import Results
from tests.unit.experiment.made_up_sweeps import ROWS, cash, sweep_folder


@pytest.fixture
def results(tmp_path):
    sweep_folder(tmp_path, ROWS, failed={(1, 2)}, series=("closures", "budget"), tables={"agencies": cash})
    return Results.open(tmp_path)
