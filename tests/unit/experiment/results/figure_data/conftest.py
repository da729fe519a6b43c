"""A small sweep that keeps all big tables, made once."""

import pytest

from sim.experiment.experiment_api import Experiment

QUARTERS = 14
TABLES = ["agencies", "communities", "events", "money"]


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """Beijing with two budgets, 4 replications of 14 quarters, 2009-Q3 to 2012-Q4."""
    values = {
        "title": "Small town",
        "scenarios": ["beijing-2010"],
        "quarters": QUARTERS,
        "axes": {"drive": {"path": "rules.strategy.drive", "values": [0.5, 1.0]}},
        "replications": 4,
        "keep": {"tables": TABLES, "series": ["resource_independence_p50", "operational_autonomy_p50"]},
    }
    return Experiment.of(values).run(tmp_path_factory.mktemp("kept") / "small", workers=1)


@pytest.fixture(scope="session")
def single(tmp_path_factory):
    """One run of Beijing alone."""
    values = {
        "title": "One run",
        "scenarios": ["beijing-2010"],
        "quarters": 28,
        "replications": 1,
        "keep": {"tables": TABLES},
    }
    return Experiment.of(values).run(tmp_path_factory.mktemp("single") / "one", workers=1)
