"""Reading files: those that can be read and those that cannot, the shipped ones, and the cost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.scenario.reading.file_loading import Conventions, load
from sim.scenario.reading.file_search import shipped, shipped_directory
from tests.unit.scenario.toy_world import World, write, wrong

SAVE = "save the file as UTF-8 (in many editors: Save as, then Encoding)"
FILES = [
    (b"", "x.yaml:1:1: the file is empty; expected keys and values"),
    (b"\x00\x01", "x.yaml: is not a text file; expected YAML in UTF-8"),
    (b"\xff\xfea\x00", f"x.yaml: is text in UTF-16, which some editors call Unicode; {SAVE}"),
    (
        b"title: a\nhome: caf\xe9",
        f"x.yaml:2:10: is not text in UTF-8 from here on; it may be Latin-1 (Windows-1252); {SAVE}",
    ),
    (
        b"title: \x01",
        "x.yaml:1:8: the character \\x01 cannot stand in a YAML file; expected plain text in UTF-8",
    ),
    (b"#" * 10_000_001, "x.yaml: is too large; expected at most 10 MB"),
]


@pytest.mark.parametrize(("data", "line"), FILES, ids=range(len(FILES)))
def test_unusable_files(folder, data, line):
    Path("x.yaml").write_bytes(data)
    assert wrong("x") == [line]


def test_a_byte_order_mark_is_skipped(folder):
    Path("x.yaml").write_bytes(b"\xef\xbb\xbftitle: a\r\nhome: b\r\n")
    assert load("x", World).values == {"title": "a", "home": "b"}


def test_directories_and_devices(folder):
    (folder / "dir").mkdir()
    assert wrong("dir") == ["dir: is a directory; expected a YAML file"]
    assert wrong("/dev/null") == ["/dev/null: is not a regular file; expected a YAML file"]
    for name in ("", "nowhere", "a\0b", "x" * 5000):
        (line,) = wrong(name, Conventions(directory=folder / "none"))
        assert line.endswith("no such file; expected a path")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(folder):
    write(x="title: a")
    Path("x.yaml").chmod(0)
    assert wrong("x") == ["x.yaml: cannot be read: permission denied"]


def test_unreadable_in_another_way(folder, monkeypatch):
    write(x="title: a")
    monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    assert wrong("x") == ["x.yaml: cannot be read: permission denied"]


def test_shipped(tmp_path):
    (tmp_path / "b.yaml").write_text("title: A town\nx: [", encoding="utf-8")
    (tmp_path / "a.yml").write_text("x: 1", encoding="utf-8")
    (tmp_path / "c.yaml").write_bytes(b"\xff")
    (tmp_path / "note.txt").write_text("title: no", encoding="utf-8")
    listed = shipped(directory=tmp_path)
    assert [(s.name, s.title) for s in listed] == [("a", ""), ("b", "A town"), ("c", "")]
    assert shipped(directory=tmp_path / "none") == []


def test_the_shipped_folder_is_beside_the_package_in_a_checkout():
    assert shipped_directory() == Path(__file__).resolve().parents[3] / "scenarios"
    assert shipped_directory("experiments").name == "experiments"


def test_reading_needs_nothing_heavy():
    heavy = "{'numpy', 'numba', 'pandas', 'matplotlib', 'mesa', 'scipy', 'rich', 'typer'}"
    code = f"import sys, sim.scenario.reading.file_loading; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
