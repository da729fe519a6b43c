"""A folder of results that the page may open."""

from __future__ import annotations

import pytest

from tests.unit.experiment.made_up_sweeps import grid, sweep_folder


@pytest.fixture(scope="session")
def sweep_root(tmp_path_factory):
    """Root with a sweep of two axes, two runs of which failed."""
    root = tmp_path_factory.mktemp("root")
    rows = grid(variants=("",), drive=[0.0, 0.5, 1.0], delay=[1.0, 4.0])
    sweep_folder(root / "<b>swept", rows, failed={(1, 2), (4, 0)})
    return root
