"""The model description keeps up with the code: tables, and what is written by hand."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import numpy as np
import pytest

from sim.declarations.random_streams import Stream
from sim.declarations.sector_outcomes import SECTOR
from sim.docs_tables.declaration_tables import STATE, given
from sim.docs_tables.document_blocks import TABLES, described
from sim.docs_tables.document_text import DOCUMENT, by_hand
from sim.docs_tables.rule_tables import phases
from sim.engine.fields import LabelledEnum
from sim.engine.rng import philox as draws
from sim.engine.struct_arrays import record_type
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.world import World
from sim.scenario import load_scenario
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.rule_parameters import Rules

ROOT = Path(__file__).parents[3]
TEXT = DOCUMENT.read_text(encoding="utf-8")
PROSE = by_hand(TEXT)
SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "sim").rglob("*.py"))}


def missing(names: list[str], text: str = PROSE) -> list[str]:
    """Names that stand nowhere as whole words; a name that goes on after a dot or underscore is another one."""
    return [name for name in names if not re.search(rf"(?<![\w.]){re.escape(name)}(?![\w])", text)]


def rule_names() -> list[str]:
    """Every rule, but for those that help a single other one and say so by their name."""
    found = set()
    for text in SOURCES.values():
        for each in ast.walk(ast.parse(text)):
            if isinstance(each, ast.FunctionDef):
                marks = {mark.id for mark in each.decorator_list if isinstance(mark, ast.Name)}
                if marks & {"rule", "entry"} and not each.name.startswith("_"):
                    found.add(each.name)
    return sorted(found)


def enumerations() -> dict[str, str]:
    """Name of every enumeration that is declared, and where."""
    return {
        name: str(path)
        for path, text in SOURCES.items()
        for name in re.findall(r"^class (\w+)\(LabelledEnum\):", text, re.M)
    }


def test_tables_are_those_that_the_declarations_give() -> None:
    assert described(TEXT) == TEXT, "run: make docs"


def test_every_table_stands_in_the_document_once() -> None:
    marks = re.findall(r"^<!-- table: (.+?) -->$", TEXT, re.M)
    assert sorted(marks) == sorted(TABLES)
    assert len(re.findall(r"^<!-- end of table -->$", TEXT, re.M)) == len(marks)


def test_every_enumeration_has_a_table() -> None:
    assert {f"enumeration {name}" for name in enumerations()} <= set(TABLES)
    assert enumerations()
    assert issubclass(Stream, LabelledEnum)


def test_every_record_of_a_world_has_a_table() -> None:
    """Parameters of rules have a table of their own; governments and cities begin with levers and parameters."""
    world = CompiledScenario.of(load_scenario("beijing-2010").scenario, quarters=1).world
    described_types = {record_type(kept.fields).names for kept in STATE.values()}
    for name, array in world._asdict().items():
        if array.dtype.names is None or name in {"rules", "sector"}:
            continue
        ends = [names for names in described_types if array.dtype.names[-len(names) :] == names]
        assert ends, f"{name} has no table of its state: add it to sim.docs_tables.declaration_tables.STATE"


@pytest.mark.parametrize("kind", STATE)
def test_every_field_of_state_is_told(kind: str) -> None:
    kept = STATE[kind]
    assert not missing([f"{kept.letter}.{field.name}" for field in kept.fields], PROSE.replace("n[c, f].", "n."))


def test_letters_of_kinds_differ() -> None:
    letters = [kept.letter for kept in STATE.values()]
    assert len(set(letters)) == len(letters)


def test_every_parameter_is_told() -> None:
    assert not missing([leaf.key for leaf in parameters_of(Rules)])


def test_every_lever_is_told() -> None:
    assert not missing([leaf.key for group in (CityGovernment, DistrictGovernment) for leaf in parameters_of(group)])


def test_everything_a_scenario_gives_is_told() -> None:
    assert not missing([key for key, _ in given()])


def test_every_outcome_is_told() -> None:
    assert not missing([f"`{outcome.name}`" for outcome in SECTOR])


def test_every_rule_is_named() -> None:
    """In code, that is: between backticks or in a formula, because many rules are named by ordinary words."""
    code = "\n".join([*re.findall(r"^```text\n(.*?)^```", PROSE, re.S | re.M), *re.findall(r"`([^`\n]+)`", PROSE)])
    assert not missing(rule_names(), code)


def test_every_array_of_a_world_is_named() -> None:
    assert not missing([f"`{name}`" for name in World._fields])


def test_every_draw_is_listed_and_no_other() -> None:
    drawn = {name.lower() for text in SOURCES.values() for name in re.findall(r"\bStream\.([A-Z_]+)\b", text)}
    section = PROSE[PROSE.index("### 9.3") : PROSE.index("## 10.")]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.M)) == drawn


def test_phases_are_read_off_the_code() -> None:
    names = [name for _, name, _ in phases()]
    assert names[:3] == ["start_quarter", "apply_policies", "index_active_agencies"]
    assert names.index("call_for_bids") < names.index("submit_bids") < names.index("award_lots")
    assert names[-2:] == ["observe", "advance_tenure"]


def test_headings_name_steps_that_exist() -> None:
    """Each step stands in the heading of the submodel that describes it, and no heading names another."""
    steps = {place for place, _, by_city in phases() if "." in place or not by_city or place == "9"}
    named = set()
    for bracket in re.findall(r"^### 8\.\d+ .*\(([\d., ]+)\)$", PROSE, re.M):
        named |= set(bracket.split(", "))
    assert named <= steps
    assert {place for place in steps if "." in place} <= named


def test_links_lead_to_headings() -> None:
    headings = {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.+)$", TEXT, re.M)}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= headings


def test_the_written_generator_draws_as_the_model_does() -> None:
    scope: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL):
        exec(compile(block, "model.md", "exec"), scope)
    random_key = draws.new_random_key(seed=2**40 + 7, quarter=11)
    who = draws.entity_id("agency:Hope")
    assert scope["entity_id"]("agency:Hope") == who
    for stream, index in ((Stream.QUIT, 0), (Stream.PANEL_NOISE, 2**62 + 12345), (Stream.PATIENCE, 3)):
        assert scope["draw"](2**40 + 7, int(stream), who, 11, index) == draws.uniform(
            random_key, stream, np.uint64(who), index
        )
    assert scope["child_id"](who, 1, 11, 0) == int(draws.child_id(np.uint64(who), 1, 11, 0))
