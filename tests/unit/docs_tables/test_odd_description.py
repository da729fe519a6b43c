"""The short ODD description names what exists, with the values that hold; its figures follow the declarations."""

from __future__ import annotations

import re

import pytest

from sim.declarations.accounts import Party, Purpose
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Route, Status
from sim.docs_tables.declared_terms import find_terms
from sim.docs_tables.document_blocks import ODD, ODD_TABLES, renewed
from sim.docs_tables.document_text import DOCS, by_hand
from sim.docs_tables.rule_tables import phases
from sim.docs_tables.section_links import anchor, renewed_links
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.scenario import load_scenario
from tests.support.declared_names import ROOT, exists

TEXT = ODD.read_text("utf-8")
PROSE = by_hand(TEXT)
FIGURES = re.findall(r"^```mermaid\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
CAPTIONS = re.findall(r"^\*Figure \d\. (.*?)\*$", TEXT, re.DOTALL | re.MULTILINE)
NAMES = sorted(set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", PROSE, flags=re.DOTALL | re.MULTILINE))))
DEFAULTS = re.findall(r"`([a-z_]+\.[a-z_.]+)` = ([-\d.]+\d|\w+)", PROSE)
WORDS = {"code", "name", "CITATION.cff", "sim validate", "sim validate --by-scenario", "sim run"}
"""What is quoted as code and is no name of something declared."""
KINDS = {"agency": "agencies", "government": "governments", "community": "communities", "city": "cities"}
MOST_WORDS = 4_500
"""Ten printed pages: of text, tables written by hand included, without figures, anchors of links and references."""


def purposes_in(text: str) -> set[str]:
    """Purposes of payments that a text names, as whole words."""
    return {each.label for each in Purpose if re.search(rf"(?<![\w-]){each.label}(?![\w-])", text)}


def known(name: str) -> bool:
    """Whether a quoted name is declared, is a stream, a purpose of payments, a shipped scenario or a file."""
    words = {each.name.lower() for each in Stream} | {each.label for each in Purpose}
    scenarios = {path.stem for path in (ROOT / "scenarios").glob("*.yaml")}
    return name in words | scenarios or exists(name) or exists(f"rules.{name}") or (ROOT / name).exists()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WORDS])
def test_every_quoted_name_exists(name: str) -> None:
    assert known(name)


@pytest.mark.parametrize("name", ["people.quit", "contracts.ending", "quits", "experiments/none.yaml", "bonus"])
def test_a_name_that_is_gone_is_noticed(name: str) -> None:
    assert not known(name)


@pytest.mark.parametrize(("name", "value"), DEFAULTS)
def test_defaults_are_those_that_hold(name: str, value: str) -> None:
    assert dict(find_terms(name)[0].declared)["default"] == value


def test_tables_and_section_links_are_those_of_today() -> None:
    assert renewed(ODD) == TEXT, "run: make docs"
    assert re.findall(r"^<!-- table: (.+?) -->$", TEXT, re.M) == list(ODD_TABLES)


def test_a_link_to_a_section_that_is_gone_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"has no section 8\.99; expected one of 1, 2"):
        renewed_links("[8.99](model.md#)", {"1": "1-notation", "2": "2-purpose"})


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)]+)\)", TEXT))))
def test_links_lead_somewhere(link: str) -> None:
    name, _, place = link.partition("#")
    target = DOCS / name if name else ODD
    assert target.exists()
    headings = {anchor(line) for line in re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.M)}
    assert not place or place in headings


def test_there_are_three_figures_with_captions() -> None:
    assert len(FIGURES) == len(CAPTIONS) == 3


def test_the_quarter_has_every_step_in_its_order() -> None:
    assert re.findall(r"(?:\[\"|<br>)(\d+(?:\.\d+)?) ", FIGURES[0]) == [place for place, _, _ in phases()]


def test_the_money_has_every_party_and_every_purpose() -> None:
    edges = " ".join(re.findall(r'\|"(.+?)"\|', FIGURES[1]))
    assert purposes_in(f"{edges} {CAPTIONS[1]}".replace("<br>", " ")) == {each.label for each in Purpose}
    nodes = set(re.findall(r"[\w-]+", " ".join(re.findall(r'\["(.+?)"\]', FIGURES[1])).replace("<br>", " ")))
    plurals = {each.label: {each.label, f"{each.label}s", each.label.replace("y", "ies")} for each in Party}
    assert [label for label, forms in plurals.items() if not forms & nodes] == []


def test_a_contract_s_life_has_every_status_and_every_route() -> None:
    said = set(re.findall(r"[a-z-]+", FIGURES[2].replace("<br>", " ")))
    assert {each.label for each in Status} <= said
    assert {f"route: {each.label}" for each in Route} <= set(re.findall(r"route: [a-z-]+", FIGURES[2]))


def test_entities_are_as_many_as_the_base_begins_with() -> None:
    world = CompiledScenario.of(load_scenario("beijing-2010").scenario, quarters=1).world
    counted = {row[0]: int(row[1]) for row in re.findall(r"^\| (\w+) \| .*? \| .*? \| (\d+) \|$", PROSE, re.M)}
    arrays = {kind: getattr(world, KINDS.get(kind, kind if kind.endswith("s") else f"{kind}s")) for kind in counted}
    used = {"agency": int(world.clock[0]["agencies"]), "contract": int(world.clock[0]["contracts"])}
    assert counted == {kind: used.get(kind, len(array)) for kind, array in arrays.items()}
    assert len(counted) == len(re.findall(r"^\| [\w-]+ \| .*? \| .*? \| \d+ \|$", PROSE, re.M))


def test_it_stays_short() -> None:
    body = re.sub(r"^```.*?^```|\]\(.*?\)", "", PROSE.partition("\n## References")[0], flags=re.DOTALL | re.MULTILINE)
    assert len(body.split()) <= MOST_WORDS
