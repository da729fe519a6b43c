"""Small folders for reports, made once."""

import pytest

from tests.support.report_folders import comparison_folder, run_folder, sweep_of_two_axes


@pytest.fixture(scope="session")
def ran(tmp_path_factory):
    return run_folder(tmp_path_factory.mktemp("ran"))


@pytest.fixture(scope="session")
def compared(tmp_path_factory):
    return comparison_folder(tmp_path_factory.mktemp("compared"))


@pytest.fixture(scope="session")
def swept(tmp_path_factory):
    return sweep_of_two_axes(tmp_path_factory.mktemp("swept"))
