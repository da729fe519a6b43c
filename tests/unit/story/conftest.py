"""Folders that lives are read from, made once a session."""

import pytest

from sim.experiment.results.results import Results
from tests.support.story_folders import comparison_folder, odd_folder, plain, run_folder


@pytest.fixture(scope="session")
def run_results(tmp_path_factory):
    return Results.open(run_folder(tmp_path_factory.mktemp("run")))


@pytest.fixture(scope="session")
def comparison(tmp_path_factory):
    return Results.open(comparison_folder(tmp_path_factory.mktemp("comparison")))


@pytest.fixture(scope="session")
def odd_results(tmp_path_factory):
    return Results.open(odd_folder(tmp_path_factory.mktemp("odd")))


@pytest.fixture(scope="session")
def frames(run_results):
    """Every table of the run as pandas has it; quarters and names as text."""
    return {name: plain(run_results.table(name)) for name in ("agencies", "contracts", "events", "money")}
