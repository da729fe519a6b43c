"""The command `sim report`: one whole file or none, whatever is wrong with folders and file names."""

import pytest

from tests.support.in_process_cli import inside
from tests.support.report_folders import run_folder

pytestmark = pytest.mark.filterwarnings("ignore:No installed font")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with results in `run`."""
    path = tmp_path_factory.mktemp("report")
    run_folder(path)
    return path


def test_a_report_is_one_file_and_is_not_replaced_unasked(folder):
    done = inside("report", "run", "-o", "report.html", "--title", "Sent <b>", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "report.html"
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "<h1>Sent &lt;b&gt;</h1>" in page
    again = inside("report", "run", "-o", "report.html", cwd=folder)
    assert again.returncode == 2
    assert "--overwrite" in again.stderr
    assert (folder / "report.html").read_text(encoding="utf-8") == page
    third = inside("report", "run", "-o", "report.html", "--overwrite", cwd=folder)
    assert third.returncode == 0, third.stderr
    assert "Sent" not in (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("missing", "-o", "x.html"), "missing"),
        ((".", "-o", "x.html"), "manifest.json"),
        (("run", "run", "-o", "x.html"), "twice"),
        (("run", "-o", "x.pdf"), ".html"),
        (("run", "-o", "nowhere/x.html"), "nowhere"),
        (("run", "-o", "run"), "folder"),
        (("run", "-o", "x.html", "--title", "  "), "--title"),
        (("run",), "--out"),
        (("-o", "x.html"), "RESULTS"),
    ],
)
def test_wrong_input_writes_nothing(folder, arguments, words):
    before = {path.name for path in folder.iterdir()}
    done = inside("report", *arguments, cwd=folder)
    assert done.returncode == 2
    assert words in done.stderr
    assert {path.name for path in folder.iterdir()} == before
