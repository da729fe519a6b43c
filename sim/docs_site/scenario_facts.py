"""Scenario facts: what the file of a shipped scenario says of itself, as its page in the gallery shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sim.plots.policy_marks import with_unit
from sim.scenario.parameters.policy_syntax import Policy
from sim.scenario.reading.file_search import shipped

_ABOUT = ("extends", "title", "question", "policies")
_ITEM = re.compile(r"^[-*] ", re.MULTILINE)
_LINE_WITHIN = re.compile(r"\n(?!- )")
_MOST = 12
"""Parameters that are named one by one."""


@dataclass(frozen=True)
class LeverRow:
    """A lever that a policy of a scenario sets.

    Attributes
    ----------
    lever, value : str
        Its key, and its value with the unit.
    when, where : str
        In words.
    """

    lever: str
    value: str
    when: str
    where: str


@dataclass(frozen=True)
class ScenarioFacts:
    """What a scenario file says.

    Attributes
    ----------
    name, title, question : str
        Of the scenario.
    path : Path
        The file.
    comment : tuple of str
        Paragraphs of the comment at its head.
    bases : tuple of str
        Scenarios that it extends; none where it stands alone.
    levers : tuple of LeverRow
        Levers that its own policies set.
    removed : tuple of str
        Policies of its bases that it takes away.
    parameters : tuple of (str, str)
        Other values that it gives, if it extends another and they are few; else their sections.
    """

    name: str
    title: str
    question: str
    path: Path
    comment: tuple[str, ...]
    bases: tuple[str, ...]
    levers: tuple[LeverRow, ...]
    removed: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]


@cache
def scenario_facts() -> tuple[ScenarioFacts, ...]:
    """Facts of all shipped scenarios, by name."""
    return tuple(read_facts(each.path) for each in shipped())


def read_facts(path: Path) -> ScenarioFacts:
    """Facts of the scenario in a file, which is right."""
    text = path.read_text(encoding="utf-8")
    values = yaml.safe_load(text)
    bases = values.get("extends", ())
    entries = values.get("policies", ())
    own = [Policy.model_validate(each) for each in entries if "remove" not in each]
    return ScenarioFacts(
        name=path.stem,
        title=values["title"],
        question=values.get("question", ""),
        path=path,
        comment=head_comment(text),
        bases=(bases,) if isinstance(bases, str) else tuple(bases),
        levers=tuple(row for policy in own for row in _rows(policy)),
        removed=tuple(str(each["remove"]) for each in entries if "remove" in each),
        parameters=tuple(_parameters(values)) if bases else (),
    )


def head_comment(text: str) -> tuple[str, ...]:
    r"""Paragraphs of the comment that a file begins with; a list keeps its items in lines of their own.

    >>> head_comment("# What if?\n#\n# Because,\n# they say.\n#  - a\n\ntitle: A\n# no\n")
    ('What if?', 'Because, they say.\n- a')
    """
    head = re.match(r"(?:#.*\n)*", text)
    lines = [line.removeprefix("#").strip() for line in head[0].splitlines()] if head else []
    paragraphs = "\n".join(lines).split("\n\n")
    return tuple(_LINE_WITHIN.sub(" ", _ITEM.sub("- ", part.strip())) for part in paragraphs if part.strip())


def _rows(policy: Policy) -> Iterator[LeverRow]:
    places = policy.in_ or "everywhere"
    where = places if isinstance(places, str) else ", ".join(places)
    for lever, value in flat_values(policy.levers):
        yield LeverRow(lever, with_unit(lever, value), policy_time(policy), where)


def policy_time(policy: Policy) -> str:
    """When a policy holds, in words."""
    if policy.at is not None:
        return f"from {policy.at}"
    if policy.when is not None:
        after = f", {policy.after} quarters later" if policy.after else ""
        until = f", until {policy.until.words}" if policy.until is not None else ""
        return f"when {policy.when.words}{after}{until}"
    steps = ", step by step" if policy.ramp else ""
    return f"{policy.from_} to {policy.last}{steps}"


def flat_values(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Values of nested mappings, each with its path.

    >>> list(flat_values({"payment": {"delay": 3}, "contract.term": 4}))
    [('payment.delay', 3), ('contract.term', 4)]
    """
    for key, value in values.items():
        path = f"{before}.{key}" if before else str(key)
        if isinstance(value, Mapping) and value:
            yield from flat_values(value, path)
        else:
            yield path, value


def _parameters(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    others = {key: value for key, value in values.items() if key not in _ABOUT}
    found = list(flat_values(others))
    if len(found) <= _MOST:
        yield from ((path, "taken away" if value is None else str(value)) for path, value in found)
    else:
        yield from ((key, "see the file") for key in others)
