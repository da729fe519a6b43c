"""Files, make targets and functions that CONTRIBUTING.md and docs/architecture.md name exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = {name: (ROOT / name).read_text("utf-8") for name in ("CONTRIBUTING.md", "docs/architecture.md")}


@pytest.mark.parametrize("page", PAGES)
def test_files_and_folders_exist(page):
    named = re.findall(r"`((?:sim|tests|docs|scenarios|experiments)/[\w./-]*)`", PAGES[page])
    assert named
    assert [path for path in named if not re.search(r"NAME|\.\.\.", path) and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_file_names_without_a_folder_exist_once(page):
    names = {path.name for folder in ("sim", "tests") for path in (ROOT / folder).rglob("*.py")}
    assert [name for name in re.findall(r"`(\w+\.py)`", PAGES[page]) if name not in names] == []


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_exist(page):
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"`make ([a-z-]+)", PAGES[page])) - set(targets) == set()


def test_names_in_the_code_exist():
    code = "".join(path.read_text("utf-8") for path in [*(ROOT / "sim").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
    names = set(re.findall(r"`(_?[A-Za-z]+(?:_[A-Za-z]+)*)`", PAGES["CONTRIBUTING.md"]))
    examples = {"laid_off", "WatchdogRow", "income_NAME"}
    assert sorted(name for name in names - examples if not re.search(rf"\b{name}\b", code)) == []
