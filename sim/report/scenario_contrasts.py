"""Scenario contrasts: what differs between the scenarios of a report, their policies, and the axes of a sweep."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.experiment.design.declared_parameters import lever_path, schema_at
from sim.experiment.results.results import Results
from sim.pages.page_table import Head, PageTable, cut
from sim.plots.policy_marks import flat_levers, policy_when, policy_words, value_text
from sim.scenario.parameters.policy_syntax import Policy

MOST_ROWS = 60
_NO_CONTRAST = ("title", "question", "policies", "dates_outside_run")
"""Keys that are shown elsewhere."""
_LONGEST = 120
"""Characters of a value."""


@dataclass(frozen=True)
class ReportScenario:
    """A scenario of a report.

    Attributes
    ----------
    label : str
        What tables and figures call it.
    title, question : str
        Its own words; the question may be empty.
    values : mapping
        What its files say, everything that they extend laid together.
    """

    label: str
    title: str
    question: str
    values: Mapping[str, Any]


def report_scenarios(folders: Sequence[Results]) -> list[ReportScenario]:
    """Scenarios of folders, in the order in which they are compared; those that are distinguished are named so."""
    found = []
    for folder in folders:
        bases = folder.manifest["design"]["bases"]
        several = len({base.get("scenario") for base in bases}) > 1
        for base in bases:
            scenario, variant = (str(base.get(key) or "") for key in ("scenario", "variant"))
            label = ", ".join([scenario] * (several or not variant) + [variant] * bool(variant)) or folder.title
            if len(folders) > 1:
                label = str(folder.path) if len(bases) == 1 else f"{folder.path}, {label}"
            values = base["values"]
            found.append(
                ReportScenario(label, str(values.get("title", label)), str(values.get("question") or ""), values)
            )
    return found


def contrast_table(scenarios: Sequence[ReportScenario]) -> PageTable | None:
    """Values in which scenarios differ, with units and meanings; None where there is none, or one scenario alone."""
    if len(scenarios) < 2:
        return None
    rows = list(_contrasts([one.values for one in scenarios], ()))
    if not rows:
        return None
    shown, left_out = cut([_row(path, values) for path, values in rows], MOST_ROWS)
    notes = (f"{left_out:,} further values differ and are left out here; manifest.json has all of them.",) * bool(
        left_out
    )
    heads = [Head("What"), *(Head(one.label) for one in scenarios), Head("Meaning")]
    return PageTable("what-differs", "Values in which the scenarios differ", heads, shown, notes)


def _contrasts(trees: Sequence[Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Sequence[Any]]]:
    """Places where trees differ, as deep as all of them have something there."""
    if all(tree == trees[0] for tree in trees):
        return
    if not all(isinstance(tree, dict) for tree in trees):
        yield path, trees
        return
    for key in dict.fromkeys(key for tree in trees for key in tree):
        if not path and key in _NO_CONTRAST:
            continue
        yield from _contrasts([tree.get(key) for tree in trees], (*path, key))


def _row(path: tuple[str, ...], values: Sequence[Any]) -> list[str]:
    schema = schema_at(path)
    default = schema.get("default")
    unit, meaning = str(schema.get("unit", "")), str(schema.get("description", ""))
    name = " / ".join(path) + (f" ({unit})" if unit else "")
    return [name, *(value_words(value, default) for value in values), meaning]


def value_words(value: Any, default: Any = None) -> str:
    """A value of a scenario in a cell.

    >>> value_words(2500000), value_words(None), value_words(None, 4), value_words({"a": 1, "b": 2}), value_words(True)
    ('2,500,000', '–', '4 (default)', '2 entries: a, b', 'yes')
    """
    if value is None:
        return "–" if default is None or isinstance(default, dict | list) else f"{value_words(default)} (default)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,.10g}"
    if isinstance(value, dict):
        text = f"{len(value)} entr{'y' if len(value) == 1 else 'ies'}: {', '.join(map(str, value))}"
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"


def policy_table(scenarios: Sequence[ReportScenario], *, shared: bool) -> PageTable | None:
    """Policies of scenarios: when, where, what, and which scenarios have it; None where there are none.

    Parameters
    ----------
    scenarios : sequence of ReportScenario
        One or more.
    shared : bool
        Whether those that all scenarios have are wanted, or the others.
    """
    order: dict[str, list[int]] = {}
    for n, scenario in enumerate(scenarios):
        for policy in scenario.values.get("policies", []):
            order.setdefault(json.dumps(policy, sort_keys=True), []).append(n)
    keys = [key for key, who in order.items() if (len(set(who)) == len(scenarios)) == shared]
    if not keys:
        return None
    # What one scenario has alone is what a comparison is about.
    keys.sort(key=lambda key: len(set(order[key])))
    rows = [_policy_row(json.loads(key), order[key], scenarios)[: 3 if shared else 4] for key in keys]
    shown, left_out = cut(rows, MOST_ROWS)
    notes = (f"{left_out:,} further policies are left out here; manifest.json has all of them.",) * bool(left_out)
    heads = [Head("When"), Head("What changes, and where"), Head("Meaning of the levers"), Head("In")]
    several = len(scenarios) > 1
    caption = (
        ("Policies that all scenarios have" if several else "Policies")
        if shared
        else "Policies that not all scenarios have"
    )
    return PageTable(
        "shared-policies" if shared else "own-policies", caption, heads[: 3 if shared else 4], shown, notes
    )


def _policy_row(values: Mapping[str, Any], who: Sequence[int], scenarios: Sequence[ReportScenario]) -> list[str]:
    policy = Policy.model_validate(values)
    names = ", ".join(scenarios[n].label for n in dict.fromkeys(who))
    meanings = dict.fromkeys(_lever_meaning(key) for key, _ in flat_levers(policy.levers))
    return [policy_when(policy), policy_words(policy), " ".join(filter(None, meanings)), names]


def _lever_meaning(key: str) -> str:
    return str(schema_at(lever_path(key)).get("description", ""))


def axis_table(results: Results) -> PageTable | None:
    """Axes of a sweep: what they are, and their levels; None where it has none."""
    rows = []
    for name in results.axes:
        note = results.notes.get(name, {})
        levels = list(dict.fromkeys(results.points[name].to_pylist()))
        words = ", ".join(value_text(level) for level in levels[:12])
        words = (
            f"{len(levels):,} values, {value_text(min(levels))} to {value_text(max(levels))}"
            if len(levels) > 12
            else words
        )
        rows.append([name, note.get("unit", ""), words, note.get("meaning", "")])
    heads = [Head("Axis"), Head("Unit"), Head("Levels"), Head("Meaning")]
    return PageTable("axes", "Axes and their levels", heads, rows) if rows else None
