"""What the package says of itself; building, installing and using it is `python -m tests.support.wheel_check`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import yaml

import sim
from tests.support.in_process_cli import inside

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_one_version_everywhere():
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "sim/__init__.py"
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == sim.__version__
    assert f"## [{sim.__version__.removesuffix('.dev0')}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_command_says_the_version(tmp_path):
    assert inside("--version", cwd=tmp_path).stdout == f"sim {sim.__version__}\n"


def test_types_are_for_users_too():
    assert (Path(sim.__file__).parent / "py.typed").exists()
