"""`make layout` finds circles, equal base names and what is too long, and this checkout passes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.layout import ROOT, file_graph, package_graphs, report


@pytest.fixture
def checkout(tmp_path):
    """A function that writes the files of a small checkout and gives its folder."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tmp_path

    return write


def test_this_checkout():
    assert report() == 0


def test_the_architecture_page_gives_the_order_of_packages():
    section = (ROOT / "docs" / "architecture.md").read_text("utf-8").split("\n## ")[2]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    order = [name for cell in cells for name in re.findall("`(.+?)`", cell)]
    graph = package_graphs(file_graph(ROOT))["sim"]
    assert set(order) == set(graph) - {"__init__", "__main__"}
    behind = [(a, b) for a, b in graph.edges if {a, b} <= set(order) and order.index(a) < order.index(b)]
    assert behind == []


def test_files_in_order(checkout, capsys):
    root = checkout({"sim/low/words": "", "sim/high/verbs": "from sim.low import words", "tests/unit/words": ""})
    assert report(root) == 0
    assert "sim: low < high" in capsys.readouterr().out


@pytest.mark.parametrize(
    "back",
    [
        "from sim.words import noun",
        "import sim.words",
        "def f():\n    from . import words",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sim.words import Noun",
        "HOME = 'sim.words'",
    ],
    ids=["from", "import", "in a function", "types only", "name as a text"],
)
def test_circle_of_files(checkout, capsys, back):
    root = checkout({"sim/words": "import sim.verbs", "sim/verbs": back})
    assert report(root) == 1
    assert "sim.verbs -> sim.words -> sim.verbs" in capsys.readouterr().out


def test_circle_of_packages_without_a_circle_of_files(checkout, capsys):
    root = checkout({"sim/low/a": "", "sim/low/b": "import sim.high.c", "sim/high/c": "import sim.low.a"})
    assert report(root) == 1
    out = capsys.readouterr().out
    assert "Circles of files: none" in out
    assert "in sim: high -> low -> high" in out


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ("sim/a/words", "sim/b/words", 1),
        ("tests/unit/words", "tests/oracle/words", 1),
        ("sim/a/words", "tests/support/words", 1),
        ("sim/a/words", "tests/oracle/words", 0),
        ("sim/a/__init__", "sim/b/__init__", 0),
    ],
)
def test_equal_base_names(checkout, one, other, status):
    assert report(checkout({one: "", other: ""})) == status


def test_long_functions_are_shown_without_their_docstrings(checkout, capsys):
    body = '\n    """' + "\n" * 50 + '"""\n'
    root = checkout({"sim/a": "def short():" + body, "sim/b": "def long():" + body + "    pass\n" * 40})
    assert report(root) == 0
    out = capsys.readouterr().out
    assert "long has 41 lines" in out
    assert "short" not in out
