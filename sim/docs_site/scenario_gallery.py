"""Scenario gallery: a page of small pictures of all shipped scenarios, and a page each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.docs_site.page_text import plain_words, wide_picture
from sim.docs_site.scenario_facts import LeverRow, ScenarioFacts, scenario_facts
from sim.docs_site.scenario_pictures import RUNS, USUAL_RUNS
from sim.docs_tables.declared_terms import lever_terms
from sim.docs_tables.markdown import as_table

_LONG = 40
"""Lines of a file from which on it is folded."""

_HEAD = """# Gallery of scenarios

Every scenario that ships with the simulator: what it asks, and what a small run of it shows. `sim run NAME` runs it in
full, `sim compare BASE NAME` says what its change does, run against run.
"""


def scenario_pages() -> dict[str, str]:
    """Places and Markdown of the pages."""
    facts = scenario_facts()
    pages = {f"gallery/{each.name}.md": _page(each, facts) for each in facts}
    return {"gallery/scenarios.md": _overview(facts), **pages}


def _overview(facts: Sequence[ScenarioFacts]) -> str:
    alone = [each for each in facts if not each.bases]
    of_alone = {base.name: [each for each in facts if _root(each, facts) == base.name] for base in alone}
    parts = [_HEAD, "## Cities, and a country\n", _cards(alone)]
    for base in alone:
        if of_alone[base.name]:
            parts += [f"## Questions put to {base.name}\n", _cards(of_alone[base.name])]
    parts += ["## Which lever is set where\n", _lever_index(facts)]
    hidden = "\n".join(each.name for each in facts)
    return "\n".join(parts) + f"\n\n```{{toctree}}\n:hidden:\n\n{hidden}\n```\n"


def _root(facts: ScenarioFacts, others: Sequence[ScenarioFacts]) -> str | None:
    """The scenario that stands alone and that one goes back to; None for itself."""
    by_name = {each.name: each for each in others}
    found = facts
    while found.bases:
        found = by_name[found.bases[0]]
    return None if found is facts else found.name


def _cards(facts: Sequence[ScenarioFacts]) -> str:
    """Small pictures with title and question, side by side as the width allows."""
    return "\n".join(["::::{container} cards", *(line for each in facts for line in _card(each)), "::::", ""])


def _card(facts: ScenarioFacts) -> Iterator[str]:
    yield ":::{container} card"
    yield f"[![Overview of {facts.name}]({facts.name}-small.png)]({facts.name}.md)"
    yield ""
    yield f"[{plain_words(facts.title)}]({facts.name}.md)"
    yield ""
    yield plain_words(facts.question or facts.comment[0])
    yield ":::"


def _page(facts: ScenarioFacts, others: Sequence[ScenarioFacts]) -> str:
    below = [each.name for each in others if facts.name in each.bases]
    parts = [f"# {plain_words(facts.title)}", f"*{plain_words(facts.question)}*" if facts.question else ""]
    parts += [_paragraph(each) for each in facts.comment]
    parts += [wide_picture(f"{facts.name}.png", f"Outcome curves of {facts.name}"), f"*{_about_runs(facts)}*"]
    if facts.bases:
        parts += ["## What it changes", f"It extends {_names(facts.bases)}."]
        parts += [_lever_table(facts.levers)] if facts.levers else []
        parts += [f"Taken away: the policies {', '.join(map(plain_words, facts.removed))}."] if facts.removed else []
        parts += [as_table(("parameter", "value"), [(f"`{p}`", plain_words(v)) for p, v in facts.parameters])]
        parts = parts[: None if facts.parameters else -1]
    elif facts.levers:
        parts += ["## Its policies", _lever_table(facts.levers)]
    parts += [f"Scenarios that extend it: {_names(below)}."] if below else []
    return "\n\n".join([*filter(None, parts), "## The file", _file(facts)]) + "\n"


def _paragraph(text: str) -> str:
    """A paragraph of a comment, with its list, if any, as one."""
    return "\n".join(("\n" if n == 1 else "") + plain_words(line) for n, line in enumerate(text.split("\n")))


def _about_runs(facts: ScenarioFacts) -> str:
    runs = RUNS.get(facts.name, USUAL_RUNS)
    return f"{runs} replications with seed 1, as of `sim run {facts.name} --replications {runs}`."


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"[{name}]({name}.md)" for name in names)


def _lever_table(rows: Sequence[LeverRow]) -> str:
    meanings = {term.name: term.meaning for term in lever_terms()}
    cells = [
        (f"`{row.lever}`", plain_words(row.value), row.when, plain_words(row.where), plain_words(meanings[row.lever]))
        for row in rows
    ]
    return as_table(("lever", "value", "when", "where", "what it is"), cells)


def _lever_index(facts: Sequence[ScenarioFacts]) -> str:
    where: dict[str, list[str]] = {term.name: [] for term in lever_terms()}
    for each in facts:
        for lever in dict.fromkeys(row.lever for row in each.levers):
            where[lever].append(each.name)
    return as_table(("lever", "scenarios"), [(f"`{lever}`", _names(names)) for lever, names in where.items() if names])


def _file(facts: ScenarioFacts) -> str:
    text = facts.path.read_text(encoding="utf-8").rstrip()
    block = f"```yaml\n{text}\n```"
    if text.count("\n") < _LONG:
        return block
    return f"<details><summary>{facts.path.name}, {text.count(chr(10)) + 1} lines</summary>\n\n{block}\n\n</details>"
