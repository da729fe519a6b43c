"""Files that commands are asked to write where none can be: status 2, a sentence, and nothing written or replaced."""

import os

import pytest

from sim.cli.shared_options import wrong
from tests.support.in_process_cli import inside

LONG = "z" * 260


@pytest.mark.parametrize("command", [("schema", "--out"), ("new",), ("show", "beijing-2010", "--out")])
@pytest.mark.parametrize(
    ("path", "message"),
    [
        (f"{LONG}.yaml", "longer than the 255 bytes"),
        (f"{LONG}/x.yaml", "longer than the 255 bytes"),
        ("missing/x.yaml", "there is no folder missing"),
        ("file/x.yaml", "file is no folder"),
        (".", "is a folder"),
        ("", "is a folder"),
        ("pipe.yaml", "is a device or a pipe"),
        ("to-pipe.yaml", "is a device or a pipe"),
        ("dangling.yaml", "which does not exist"),
    ],
)
def test_where_no_file_can_be(command, path, message, tmp_path):
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "to-pipe.yaml").symlink_to("pipe.yaml")
    (tmp_path / "dangling.yaml").symlink_to("nowhere")
    before = sorted(os.listdir(tmp_path))
    done = inside(*command, path, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert sorted(os.listdir(tmp_path)) == before
    assert (tmp_path / "to-pipe.yaml").is_symlink()


def test_a_link_to_a_file_stays(tmp_path):
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    assert inside("schema", "--out", "link.json", cwd=tmp_path).returncode == 0
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text().startswith("{")


@pytest.mark.parametrize("name", ["=x.yaml", "a\nb.yaml", "\u202ex.yaml", "x\u200b.yaml"])
def test_names_that_a_run_refuses_are_refused_by_check_and_new(name, tmp_path):
    assert inside("new", "town.yaml", cwd=tmp_path).returncode == 0
    (tmp_path / name).write_bytes((tmp_path / "town.yaml").read_bytes())
    for command in ("check", "run"):
        done = inside(command, name, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "the name of the file" in done.stderr
    (tmp_path / name).unlink()
    done = inside("new", name, cwd=tmp_path)
    assert (done.returncode, os.listdir(tmp_path)) == (2, ["town.yaml"])
    assert "choose another name" in done.stderr


def test_a_shown_file_has_a_comment_of_one_line_whatever_its_name(tmp_path):
    (tmp_path / "a\nb: [.yaml").write_text("extends: beijing-2010\ntitle: t\n")
    assert inside("show", "a\nb: [.yaml", "--out", "whole.yaml", cwd=tmp_path).returncode == 0
    assert inside("check", "whole.yaml", cwd=tmp_path).returncode == 0


def test_options_that_go_with_another_one(tmp_path):
    done = inside("new", "x.yaml", "--scenario", "beijing-2010", cwd=tmp_path)
    assert (done.returncode, os.listdir(tmp_path)) == (2, [])
    assert "--scenario needs --experiment" in done.stderr


def test_escape_codes_of_arguments_do_not_reach_the_terminal(tmp_path, capsys):
    for command in ("explain", "levers", "new", "results"):
        done = inside(command, "\x1b[31mx", cwd=tmp_path)
        assert done.returncode == 2
        assert "\x1b" not in done.stderr + done.stdout
    wrong("two\nlines \x9b")
    assert capsys.readouterr().err == "sim: two\nlines \\x9b\n"
