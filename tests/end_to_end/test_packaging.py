"""What the package says of itself; building, installing and using it is `python -m tests.support.wheel_check`."""

from __future__ import annotations

import re
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


SIGNS = re.compile(
    rb"(?:copyright|\(c\)|\xc2\xa9) *[12(]|@licen[cs]e|SPDX-|MIT License|sourceMappingURL", re.IGNORECASE
)
"""What material of others says of itself, or of how it was made."""


def carried(*folders):
    """Files of these folders that show signs of others' work, or that nobody can read to find out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                content = path.read_bytes()
                if SIGNS.search(content) or b"\0" in content or ".min." in path.name:
                    yield path.relative_to(ROOT).as_posix()


def test_what_is_carried_is_named_with_its_licence():
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    assert [name for name in carried("sim", "scenarios", "experiments") if name not in page] == []
    others = {Path(name).parent.as_posix() for name in carried("tests/browser")}
    assert others == {"tests/browser/axe"}
    assert all(name in page and (ROOT / name / "LICENSE").is_file() for name in others)


def test_licence_files_are_declared_and_there():
    assert PROJECT["project"]["license-files"] == ["LICENSE"]
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
