"""Report writing: every folder gives a whole page, harmless whatever it is called, and what is wrong is said."""

import json
import re

import pytest

from sim.experiment.results.figure_data.figure_kinds import KINDS
from sim.experiment.store.atomic_files import StoreError, WrongInputError
from sim.experiment.store.part_reader import QueryError
from sim.report.report_figures import MORE, PLACES
from sim.report.report_sources import MOST_FOLDERS, ReportKind, open_sources
from sim.report.report_writing import make_report
from tests.support.report_folders import NASTY
from tests.unit.experiment.made_up_sweeps import ROWS, grid, sweep_folder

pytestmark = pytest.mark.filterwarnings("ignore:No installed font")
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def pages(ran, compared, swept):
    """A page of each kind of report, with the folder whose name is in it."""
    return {
        ReportKind.RUN: make_report([ran.path]),
        ReportKind.COMPARISON: make_report([compared.path], command="sim report x"),
        ReportKind.SWEEP: make_report([swept.path]),
        ReportKind.FOLDERS: make_report([ran.path, compared.path], title=NASTY),
    }


def length_of(column):
    """Rows of a column, however it is packed."""
    if isinstance(column, dict):
        return sum(column["times"]) if "times" in column else len(column["at"])
    return len(column)


def text_of(page):
    """Words that a reader sees."""
    body = re.sub(r"<script[^>]*>.*?</script>|<svg.*?</svg>|<style.*?</style>", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.mark.parametrize("kind", ReportKind)
def test_ids_are_unique_and_links_lead_somewhere(pages, kind):
    page = pages[kind]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    referred = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"|aria-labelledby="([^"]+)"|data-of="([^"]+)"', page)
    names = {name for each in referred for name in each if name}
    assert names
    assert names <= set(ids)
    assert len(page.encode()) < MEGABYTE


@pytest.mark.parametrize("kind", ReportKind)
def test_nothing_of_users_is_markup_formula_or_template(pages, kind):
    page = pages[kind]
    assert "alert(1)</script>" not in page
    assert "49" not in "".join(re.findall(r"<h1>.*?</h1>", page))
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)
    assert "default-src 'none'" in page.replace("&#39;", "'")


def test_titles_and_questions_stand_as_they_are_written(pages):
    shown = NASTY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert shown in pages[ReportKind.COMPARISON]
    assert f"<h1>{shown}</h1>" in pages[ReportKind.SWEEP]
    assert f"<h1>{shown}</h1>" in pages[ReportKind.FOLDERS]


@pytest.mark.parametrize("kind", ReportKind)
def test_every_figure_has_words_numbers_and_a_place(pages, kind):
    page = pages[kind]
    figures = re.findall(r'<figure class="figure" id="figure-([^"]+)">', page)
    assert figures
    for name in figures:
        numbers = json.loads(re.search(rf'id="numbers-{name}">(.*?)</script>', page, re.DOTALL)[1])
        assert len({length_of(column) for column in numbers.values()}) == 1
        assert re.search(rf'<svg[^>]*id="{name}"[^>]*aria-label="[^"]+"', page)


def test_every_kind_of_figure_has_a_part_or_goes_to_the_last():
    placed = [name for names in PLACES.values() for name in names]
    assert len(placed) == len(set(placed))
    assert MORE not in PLACES
    assert {kind.name for kind in KINDS} & set(placed)


def test_a_run_shows_causes_and_what_moved_within(pages):
    words = text_of(pages[ReportKind.RUN])
    for expected in ("A college founded it", "resource independence", "Random seed", "No run failed"):
        assert expected in words


def test_a_comparison_shows_policies_pairs_and_runs_saved(pages):
    words = text_of(pages[ReportKind.COMPARISON])
    for expected in ("payment delay 4 quarters", "Runs saved", "late against beijing-2010", "4 pairs of runs"):
        assert expected in words


def test_folders_say_what_makes_a_difference_doubtful(pages, ran, compared):
    doubts = open_sources([ran.path, compared.path]).doubts
    assert doubts
    for doubt in doubts:
        assert " ".join(doubt.split())[1:] in text_of(pages[ReportKind.FOLDERS]).replace("&#39;", "'")


def test_failed_and_missing_runs_are_said(tmp_path):
    rows = grid(scenarios=("town", "city"), variants=("",))
    sweep_folder(tmp_path, rows, failed={(1, 2)}, series=("closures", "budget"))
    words = text_of(make_report([tmp_path]))
    assert f"sim replay {tmp_path} --point 1 --replication 2" in words
    assert "1 run failed" in words


def test_half_of_the_runs_is_said_to_be_half(tmp_path):
    sweep_folder(tmp_path, ROWS, chunks=(0, 1), series=("closures", "budget"))
    words = text_of(make_report([tmp_path]))
    assert "is not finished: 14 of 30 runs are done" in words


@pytest.mark.parametrize("content", [None, "", "{}", '{"format": 1}', "[1"])
def test_folders_without_readable_results_are_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(StoreError):
        make_report([tmp_path])


def test_empty_folders_twins_and_strangers_are_refused(tmp_path, ran, swept):
    sweep_folder(tmp_path, ROWS, chunks=())
    with pytest.raises(WrongInputError, match="no run is kept"):
        make_report([tmp_path])
    with pytest.raises(WrongInputError, match="twice"):
        make_report([ran.path, ran.path / ".." / ran.path.name])
    with pytest.raises(QueryError, match="in common"):
        make_report([ran.path, swept.path])
    with pytest.raises(WrongInputError, match="at most"):
        make_report([tmp_path / str(n) for n in range(MOST_FOLDERS + 1)])
