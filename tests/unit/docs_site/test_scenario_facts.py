"""What pages of the gallery say of a scenario is what its file says."""

from __future__ import annotations

from pathlib import Path

from sim.docs_site.scenario_facts import read_facts, scenario_facts
from sim.docs_site.scenario_gallery import scenario_pages

SHIPPED = {path.stem: path for path in (Path(__file__).parents[3] / "scenarios").glob("*.yaml")}
EVERY_KIND = """# What if *nothing* holds?
#
# - a first reason
# - a second,
#   in two lines

extends: [beijing-2010, late-payment]
title: Everything
question: Why?
rules: {strategy: {drive: 1}}
agencies: {Hope: null}
policies:
  - {at: 2012-Q1, in: [Xicheng, Dongcheng], set: {contract.term: 12, payment: {delay: 3}}}
  - {from: 2012-Q1, to: 2013-Q1, ramp: {contract.term: 8}}
  - {from: 2014-Q1, for: 2 quarters, in: districts, set: {procurement.budget_factor: 0.5}}
  - when: {outcome: agencies_overdue, above: 0.5}
    after: 2 quarters
    until: {outcome: agencies_overdue, below: 0.4}
    set: {payment.delay: 1}
  - remove: dormant
"""


def test_every_form_of_policy(tmp_path):
    path = tmp_path / "everything.yaml"
    path.write_text(EVERY_KIND, "utf-8")
    facts = read_facts(path)
    assert [(row.lever, row.value, row.when, row.where) for row in facts.levers] == [
        ("contract.term", "12 quarters", "from 2012-Q1", "Xicheng, Dongcheng"),
        ("payment.delay", "3 quarters", "from 2012-Q1", "Xicheng, Dongcheng"),
        ("contract.term", "8 quarters", "2012-Q1 to 2013-Q1, step by step", "everywhere"),
        ("procurement.budget_factor", "0.5", "2014-Q1 to 2014-Q2", "districts"),
        (
            "payment.delay",
            "1 quarter",
            "when agencies_overdue above 0.5, 2 quarters later, until agencies_overdue below 0.4",
            "everywhere",
        ),
    ]
    assert facts.bases == ("beijing-2010", "late-payment")
    assert facts.removed == ("dormant",)
    assert facts.parameters == (("rules.strategy.drive", "1"), ("agencies.Hope", "taken away"))
    assert facts.comment == ("What if *nothing* holds?", "- a first reason\n- a second, in two lines")


def test_every_scenario_has_a_page_with_its_words():
    pages = scenario_pages()
    assert {f"gallery/{name}.md" for name in SHIPPED} | {"gallery/scenarios.md"} == set(pages)
    for facts in scenario_facts():
        page = pages[f"gallery/{facts.name}.md"]
        assert SHIPPED[facts.name].read_text("utf-8").rstrip() in page
        assert f"{{image}} {facts.name}.png\n" in page
        assert f"({facts.name}-small.png)" in pages["gallery/scenarios.md"]
        assert all(f"`{row.lever}`" in page for row in facts.levers)
        assert facts.comment
