"""The page of `sim dashboard` in Chromium: choose, drag, hold, compare, download, read a life; at two widths."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.plots.figure_source import facts_in
from tests.support.browser_checks import PHONE, WIDE, PageWatch, axe_findings
from tests.unit.experiment.made_up_sweeps import grid, sweep_folder

ROOT = Path(__file__).parents[2]
LONG = 60_000  # milliseconds; another program may keep the cores busy
TABS = ("Sector", "Compare", "Agencies", "Money", "Communities", "Events", "Results", "Reproduce")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("user")
    text = "# What is mine?\nextends: beijing-2010\ntitle: <b>Mine</b> & $own$\nquarters: 12\ndates_outside_run: true\n"
    (folder / "mine.yaml").write_text(text)
    rows = grid(variants=("",), drive=[0.0, 0.5, 1.0], delay=[1.0, 4.0])
    sweep_folder(folder / "results" / "<b>swept", rows, failed={(1, 2)})
    return folder


@pytest.fixture(scope="module")
def address(chromium, folder):
    """Address of a dashboard that was started as a user starts it."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sim", "dashboard", "--no-browser"]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as server:
        yield re.search(r"http://\S+/", server.stdout.readline())[0]
        server.send_signal(signal.SIGINT)
        server.wait(30)


def status(page, text):
    page.get_by_role("status").filter(has_text=re.compile(text)).wait_for(timeout=LONG)


def opened(page, address, fragment="", replications=20):
    page.set_default_timeout(LONG)
    page.goto("about:blank")
    page.goto(f"{address}#{fragment}" if fragment else address)
    status(page, f"^{replications} of {replications} runs")


def drag(page, slider, until, steps=15):
    """Drag a slider with the mouse to a share of its width."""
    slider.evaluate("element => element.scrollIntoView({block: 'center'})")
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    now, least, most = (float(slider.get_attribute(f"aria-value{end}")) for end in ("now", "min", "max"))
    first = (now - least) / (most - least)
    page.mouse.move(box["x"] + first * box["width"], middle)
    page.mouse.down()
    for step in range(1, steps + 1):
        page.mouse.move(box["x"] + (first + (until - first) * step / steps) * box["width"], middle)
        page.wait_for_timeout(40)
    page.mouse.up()


def until(page, condition):
    """Wait until something holds."""
    for _ in range(LONG // 100):
        if condition():
            return
        page.wait_for_timeout(100)
    pytest.fail("it never came to hold")


def numbers(page, panel="Agencies by kind"):
    """Text of the table of a chart."""
    section = page.locator("section", has=page.get_by_role("heading", name=panel, exact=True))
    table = section.get_by_role("table")
    if not table.count():
        section.get_by_role("button", name="Numbers as a table").first.click()
    table.wait_for()
    return table.inner_text()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_walk(browser_page, address, size, tmp_path):
    page = browser_page
    page.set_viewport_size(size)
    opened(page, address)
    before = numbers(page)

    page.get_by_label("Name", exact=True).fill("<img src=x onerror=alert(1)> {{7*7}}")
    page.get_by_role("button", name="Hold this setting").click()
    drag(page, page.get_by_role("slider", name="Payment: Delay, quarters"), 0.4)
    field = page.get_by_label("Payment: Delay, quarters, value")
    until(page, lambda: float(field.input_value()) > 5)
    status(page, "^20 of 20 runs")
    until(page, lambda: numbers(page) != before)

    page.get_by_role("tab", name="Compare").click()
    table = page.get_by_role("region", name="Differences from held settings")
    until(page, lambda: "A <img src=x onerror=alert(1)> {{7*7}}" in table.inner_text())
    with page.expect_download() as download:
        page.get_by_role("button", name="Differences as CSV").click()
    download.value.save_as(tmp_path / "differences.csv")
    lines = (tmp_path / "differences.csv").read_text("utf-8").splitlines()
    assert lines[0] == "outcome,unit,less,held,now,difference,low,high,pairs,clear"
    assert ",20," in lines[1]

    page.get_by_role("tab", name="Agencies").click()
    page.get_by_role("button", name="Mu You", exact=True).click()
    life = page.get_by_role("article", name="Life of Mu You")
    assert "founded" in life.get_by_role("region", name="Events of Mu You").inner_text()
    if size == PHONE:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    read_story(page, life, tmp_path / "story.html")


def read_story(page, life, target):
    """Open the story of an agency in another tab, and keep it as a file."""
    with page.expect_popup() as popup:
        life.get_by_role("link", name="Story as a page: Mu You, in a new tab").click()
    story = popup.value
    watch = PageWatch(story)
    story.wait_for_load_state()
    assert story.locator("h1").inner_text().startswith("Mu You")
    assert story.locator("figure svg").is_visible()
    assert axe_findings(story) == []
    assert not watch.wrong()
    story.close()
    with page.expect_download() as download:
        life.get_by_role("button", name="Keep the story as HTML: Mu You").click()
    assert download.value.suggested_filename == "story-Mu-You.html"
    download.value.save_as(target)
    text = target.read_text("utf-8")
    facts = next(found for found in facts_in(text.encode()) if found.get("figure") == "story")
    assert "payment.delay" in facts["setting.yaml"]
    assert facts["replication"] == 0


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_tab_has_a_serious_finding_of_axe(browser_page, address, size):
    page = browser_page
    page.set_viewport_size(size)
    opened(page, address)
    page.get_by_role("button", name="Add a policy").click()
    page.get_by_role("button", name="Hold this setting").click()
    page.get_by_label("Drop: held setting A").wait_for()
    found = {}
    for tab in TABS:
        page.get_by_role("tab", name=tab).click()
        page.get_by_role("tabpanel", name=tab).wait_for()
        if tab in TABS[2:6]:
            page.get_by_role("tabpanel", name=tab).get_by_role("table").first.wait_for()
        page.wait_for_timeout(300)  # focus and hover change colours for a moment
        found[tab] = axe_findings(page)
    assert not {tab: lines for tab, lines in found.items() if lines}


def test_bad_values_are_answered_in_place(browser_page, address):
    page = browser_page
    opened(page, address)
    field = page.get_by_label("Payment: Delay, quarters, value")
    field.fill("99")
    page.get_by_role("alert").get_by_text("99 is too large; expected a number from 0 to 20").wait_for()
    status(page, "cannot be run")
    until(page, lambda: "99 is too large" in described(field))
    page.get_by_role("button", name="Add a policy").click()
    page.get_by_label("Value, ratio").fill("-4")
    until(page, lambda: "-4 is too small" in described(page.get_by_label("Value, ratio")))
    assert axe_findings(page) == []
    page.get_by_role("button", name="Remove: Policy 1").click()
    field.fill("2")
    status(page, "^20 of 20 runs")
    until(page, lambda: not page.get_by_text("is too large").count() or page.get_by_text("is too large").is_hidden())
    assert described(field) == ""
    page.get_by_label("Seed").fill("-3")
    page.get_by_role("alert").get_by_text("seed: found -3").wait_for()
    until(page, lambda: "found -3" in described(page.get_by_label("Seed")))


def described(field):
    """What a screen reader says of a field beside its name."""
    text = "id => id ? document.getElementById(id).innerText : ''"
    return field.evaluate(f"element => ({text})(element.getAttribute('aria-describedby'))")


def test_policy_moves_by_keyboard_and_single_runs_by_key(browser_page, address):
    page = browser_page
    opened(page, address)
    page.get_by_role("button", name="Add a policy").click()
    slider = page.get_by_role("slider", name="Policy 1: quarter")
    date = page.get_by_label("From", exact=True)
    assert date.input_value() == "2017-Q1"
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => [...document.querySelectorAll('input')].some(each => each.value === '2016-Q2')")
    page.get_by_text("2016-Q2, everywhere: procurement budget factor").first.wait_for()
    date.fill("2016-Q9")
    page.get_by_role("alert").get_by_text("2016-Q9").first.wait_for()
    date.fill("2012-Q2")
    page.get_by_text("2012-Q2, everywhere: procurement budget factor").first.wait_for()
    page.get_by_role("heading", name="Social work sector, live").click()
    page.keyboard.press("]")
    page.keyboard.press("]")
    page.get_by_text("thin line: run 2").wait_for()
    page.keyboard.press("Escape")
    page.get_by_text("thin line").wait_for(state="hidden")


def test_held_setting_is_used_again(browser_page, address):
    from sim.dashboard.page_setting import PageSetting, PolicyStep

    page = browser_page
    steps = [PolicyStep("2010-Q2", "contract.term", 8)]
    setting = PageSetting("./mine.yaml", {"payment.delay": 3.5}, steps, replications=3)
    opened(page, address, setting.fragment(), 3)
    page.get_by_role("button", name="Hold this setting").click()
    delay = page.get_by_label("Payment: Delay, quarters, value")
    delay.fill("1")
    page.get_by_role("button", name="Remove: Policy 1").click()
    page.get_by_label("Seed").fill("9")
    page.get_by_role("group", name="Policy 1").wait_for(state="hidden")
    page.get_by_role("button", name="Use: held setting A as the current one").click()
    page.get_by_role("group", name="Policy 1").wait_for()
    until(page, lambda: delay.input_value() == "3.5")
    assert page.get_by_label("From", exact=True).input_value() == "2010-Q2"
    assert page.get_by_label("Seed").input_value() == "9"
    page.get_by_label("Drop: held setting A").wait_for()


def test_link_sets_another_page_alike(browser_page, address, folder):
    from sim.dashboard.page_setting import PageSetting, PolicyStep

    page = browser_page
    setting = PageSetting(
        "./mine.yaml",
        {"payment.delay": 3.5, "for_profits.admission": "barred"},
        [PolicyStep("2010-Q2", "contract.term", 8)],
        seed=5,
        replications=3,
        tab="reproduce",
    )
    opened(page, address, setting.fragment(), 3)
    assert page.get_by_text("<b>Mine</b> & $own$").count()
    assert page.get_by_label("Payment: Delay, quarters, value").input_value() == "3.5"
    text = page.get_by_label("Scenario file", exact=True).input_value()
    assert text.startswith("# Made on the page")
    assert "for_profits.admission: barred" in text
    assert page.get_by_label("Command", exact=True).input_value().endswith("--replications 3 --seed 5")
    assert page.get_by_label("Link", exact=True).input_value().endswith(f"#{setting.fragment()}")
    page.wait_for_function("fragment => location.hash === '#' + fragment", arg=setting.fragment())
    with page.expect_download() as download:
        page.get_by_role("button", name="Figure as SVG").click()
    assert "&lt;b&gt;Mine" in Path(download.value.path()).read_text("utf-8")


def test_report_is_made_beside_the_page(browser_page, address, tmp_path):
    from sim.dashboard.page_setting import PageSetting

    page = browser_page
    opened(page, address, PageSetting("./mine.yaml", replications=3, tab="reproduce").fragment(), 3)
    page.get_by_label("Name", exact=True).fill("<i>As it is</i>")
    page.get_by_role("button", name="Hold this setting").click()
    page.get_by_label("Payment: Delay, quarters, value").fill("4")
    page.get_by_text("Compares with <i>As it is</i>: Setting now (3 runs each, seed 1).").wait_for()
    with page.expect_download(timeout=LONG) as download:
        page.get_by_role("button", name="Make the report").click()
        page.get_by_role("status").filter(has_text=re.compile("Loading|Running|Writing")).wait_for()
        page.get_by_role("tab", name="Compare").click()
        page.get_by_role("region", name="Differences from held settings").wait_for()
    download.value.save_as(tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text("utf-8")
    assert "B-Setting-now against A-i-As-it-is-i" in text
    assert "&lt;i&gt;As it is" in text
    assert "<i>As" not in text


def test_report_can_be_cancelled_and_says_what_is_wrong(browser_page, address):
    from sim.dashboard.page_setting import PageSetting

    page = browser_page
    opened(page, address, PageSetting("./mine.yaml", replications=200, tab="reproduce").fragment(), 200)
    page.get_by_role("button", name="Make the report").click()
    page.get_by_role("button", name="Cancel: the report").click()
    page.get_by_role("status").filter(has_text="Cancelled").wait_for()
    page.get_by_label("Payment: Delay, quarters, value").fill("99")
    status(page, "cannot be run")
    page.get_by_role("button", name="Make the report").click()
    page.get_by_role("alert").get_by_text("The report cannot be made: setting.yaml").wait_for()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_sweep_is_opened_and_drawn(browser_page, address, size):
    page = browser_page
    page.set_viewport_size(size)
    opened(page, address)
    page.get_by_role("tab", name="Results").click()
    choose(page, "Folder of results", "<b>swept")
    page.get_by_role("img", name=re.compile("drive across, delay upwards")).wait_for()
    failed = page.get_by_role("region", name="Failed runs")
    assert "ValueError: no" in failed.inner_text()
    assert "sim replay 'results/<b>swept' --point 1 --replication 2" in failed.inner_text()
    choose(page, "Second axis", "(none)")
    page.get_by_role("alert").get_by_text("a heat map has two different axes").wait_for()
    choose(page, "Kind of figure", "Along one axis")
    picture = page.get_by_role("img", name=re.compile("outcomes by drive"))
    picture.wait_for()
    assert picture.evaluate("element => element.complete && element.naturalWidth > 300")
    assert axe_findings(page) == []
    if size == PHONE:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def choose(page, label, option):
    """Choose something of a list."""
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_link_that_holds_nothing_is_said(browser_page, address):
    opened(browser_page, address, "rubbish")
    browser_page.get_by_role("alert").get_by_text("the link holds no setting").wait_for()
    assert axe_findings(browser_page) == []


def test_link_with_values_of_another_kind_is_answered_in_place(browser_page, address):
    from sim.dashboard.page_setting import PageSetting, PolicyStep

    page = browser_page
    page.set_default_timeout(LONG)
    changes = {"payment.delay": "late", "contract.pricing": "<b>free</b>", "no.lever": 1}
    steps = [PolicyStep("soon", "no.such", "x"), PolicyStep("2012-Q1", "contract.pricing", 7)]
    page.goto(f"{address}#{PageSetting(changes=changes, steps=steps).fragment()}")
    for words in ("'late'", "<b>free</b>", "no.lever", "no.such", "soon"):
        page.get_by_role("alert").get_by_text(words).first.wait_for()
    page.get_by_role("button", name="Reset all").click()
    status(page, "^20 of 20 runs")


def test_link_to_a_file_elsewhere_is_refused(browser_page, address, tmp_path):
    from sim.dashboard.page_setting import PageSetting

    (tmp_path / "other.yaml").write_text("extends: beijing-2010\ntitle: Quite another town\n")
    opened(browser_page, address, PageSetting(str(tmp_path / "other.yaml")).fragment())
    browser_page.get_by_role("alert").get_by_text("neither a shipped scenario nor a file of this folder").wait_for()
    assert not browser_page.get_by_text("Quite another town").count()


def test_observed_series_are_dropped_in_and_wrong_ones_answered(browser_page, address):
    page = browser_page
    opened(page, address)
    head = "date,outcome,value,low,high,source\n"
    chooser = page.locator("input[type=file]")
    wrong = (head + "2013,agences,40,,,X\n").encode()
    chooser.set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": wrong})
    page.get_by_role("alert").get_by_text("mine.csv:2:6 outcome").wait_for()
    right = (head + "2013,founders_waiting,4,2,6,X\n").encode()
    chooser.set_input_files({"name": "mine.csv", "mimeType": "text/csv", "buffer": right})
    page.get_by_text("mine.csv: 1 values of 1 outcomes.").wait_for()
    assert "founders_waiting" in page.get_by_label("Outcome").first.input_value()


def test_foreign_hosts_and_origins_are_refused(address):
    host = address.removeprefix("http://").rstrip("/")
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    socket_path = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
    for path, headers, expected in (
        ("/", {}, 200),
        ("/", {"Host": "evil.example"}, 403),
        ("/", {"Origin": "http://evil.example"}, 403),
        (socket_path, {**upgrade, "Origin": "http://evil.example"}, 403),
        (socket_path, {**upgrade, "Host": "evil.example"}, 403),
        (socket_path, {**upgrade, "Origin": f"http://{host}"}, 101),
    ):
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.request("GET", path, headers=headers)
        assert connection.getresponse().status == expected, (path, headers)
        connection.close()


def test_two_dashboards_at_once(browser_page, address, folder):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sim", "dashboard", "--no-browser"]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as server:
        other = re.search(r"http://\S+/", server.stdout.readline())[0]
        assert other != address
        opened(browser_page, other)
        server.send_signal(signal.SIGINT)
        assert server.wait(30) in (0, 130)
