"""Report pages in a browser: nothing is asked for, no error, readable by keyboard and screen reader, at every width."""

import csv
import io

import pytest

from sim.report.report_writing import make_report
from tests.support.browser_checks import PHONE, WIDE, axe_findings
from tests.support.report_folders import comparison_folder, run_folder

pytestmark = pytest.mark.filterwarnings("ignore:No installed font")


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """Files of a run's report and of a comparison's."""
    found = {}
    for name, make in (("run", run_folder), ("comparison", comparison_folder)):
        folder = tmp_path_factory.mktemp(name)
        found[name] = folder / "report.html"
        found[name].write_text(make_report([make(folder).path]), encoding="utf-8")
    return found


@pytest.fixture(params=["run", "comparison"])
def opened(request, files, browser_page):
    browser_page.goto(files[request.param].as_uri())
    return browser_page


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_open_and_unfold(opened, page_watch, size):
    opened.set_viewport_size(size)
    assert opened.locator("h1").count() == 1
    for summary in opened.locator("main details:not(details details) > summary").all():
        summary.click()
    assert opened.locator("details.fold:not([open])").count() == 0
    wide = opened.evaluate("document.documentElement.scrollWidth")
    assert wide <= size["width"]
    assert axe_findings(opened) == []
    assert len(page_watch.requests) == 1


def test_values_are_shown_at_the_pointer_and_by_keys(opened):
    figure = opened.locator("figure:has(script[id^=hover]) .image").first
    figure.scroll_into_view_if_needed()
    tip = figure.locator(".tip")
    assert not tip.is_visible()
    box = opened.evaluate(
        "(f) => JSON.parse(document.getElementById('hover-' + f.dataset.of).textContent)[0].box",
        figure.element_handle(),
    )
    image = figure.locator("svg").bounding_box()
    factor = image["width"] / float(figure.locator("svg").get_attribute("viewBox").split()[2])
    place = {"x": (box[0] + box[2] / 2) * factor, "y": (box[1] + box[3] / 2) * factor}
    figure.hover(position=place)
    assert tip.is_visible()
    assert "-Q" in tip.inner_text()
    opened.mouse.move(0, 0)
    assert not tip.is_visible()
    figure.focus()
    opened.keyboard.press("End")
    last = tip.inner_text()
    opened.keyboard.press("Home")
    first = tip.inner_text()
    assert first != last
    opened.keyboard.press("ArrowRight")
    assert tip.inner_text() != first
    opened.keyboard.press("ArrowDown")
    assert tip.is_visible()
    opened.keyboard.press("Escape")
    assert not tip.is_visible()


def test_numbers_and_tables_are_saved_as_csv(opened):
    figure = opened.locator("figure:has(script[id^=hover])").first
    figure.locator("summary").click()
    with opened.expect_download() as saved:
        figure.locator("button.numbers").click()
    rows = list(csv.reader(io.StringIO(saved.value.path().read_text(encoding="utf-8-sig"))))
    assert {"outcome", "quarter"} <= set(rows[0])
    assert rows[1][0] == "agencies"
    with opened.expect_download() as saved:
        opened.locator("#payments ~ button, section:has(#payments) button.table-csv").first.click()
    cells = [
        cell for row in csv.reader(io.StringIO(saved.value.path().read_text(encoding="utf-8-sig"))) for cell in row
    ]
    assert "Paid for contracts" in cells


def test_cells_that_begin_like_formulas_are_text_in_a_csv(opened):
    opened.evaluate("document.querySelector('#payments tbody th').textContent = '=1+1'")
    opened.evaluate("document.querySelector('#payments tbody td').textContent = '\\u22125.5'")
    with opened.expect_download() as saved:
        opened.locator("section:has(#payments) button.table-csv").first.click()
    rows = list(csv.reader(io.StringIO(saved.value.path().read_text(encoding="utf-8-sig"))))
    assert rows[1][0] == "'=1+1"
    assert rows[1][1] == "-5.5"


def test_everything_is_printed(opened):
    opened.emulate_media(media="print")
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.locator("details:not([open])").count() == 0
    opened.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.locator("details[open]").count() == 0
