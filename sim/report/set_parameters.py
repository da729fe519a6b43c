"""Set parameters: what the files of a scenario set and what stays at its default, with units, meanings and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.experiment.design.declared_parameters import lever_path, schema_at
from sim.pages.page_table import Head, PageTable, cut
from sim.plots.policy_marks import flat_levers
from sim.report.scenario_contrasts import ReportScenario, value_words
from sim.scenario.parameters.parameter_spec import parameters_of, value_at
from sim.scenario.parameters.rule_parameters import Rules

MOST_ROWS = 120
_HEADS = (
    Head("Parameter"),
    Head("Value"),
    Head("Default"),
    Head("Unit"),
    Head("Meaning"),
    Head("Source of the default"),
)
_PLACES = ("cities", "districts")
"""Keys below which names of places stand."""
_JUDGED = "no source: a judgement"


def set_table(scenario: ReportScenario) -> PageTable | None:
    """Numbers and choices that the files of a scenario set, each named once for all places; None where there are none.

    Organisations that are given one by one are facts of the scenario, not parameters, and are left out.
    """
    values: dict[tuple[str, ...], list[Any]] = {}
    for path, value in _leaves({key: scenario.values.get(key) or {} for key in ("rules", "cities", "fields")}, ()):
        values.setdefault(_without_names(path), []).append(value)
    for policy in scenario.values.get("policies", []):
        for key, _ in flat_levers(policy.get("set") or policy.get("ramp") or {}):
            values.setdefault(("policies", key), [])
    rows = [row for path, found in values.items() if (row := _row(path, found))]
    if not rows:
        return None
    shown, left_out = cut(rows, MOST_ROWS)
    notes = (f"{left_out:,} further ones are left out here; 'sim show' prints all of them.",) * bool(left_out)
    return PageTable("set-parameters", f"What {scenario.title} sets", _HEADS, shown, notes)


def default_table(scenario: ReportScenario) -> PageTable:
    """Parameters of the rules that stay at their defaults."""
    given = {path for path, _ in _leaves({"rules": scenario.values.get("rules") or {}}, ())}
    rules = Rules()
    rows = [
        [
            spec.key,
            value_words(value_at(rules, spec.path)),
            spec.unit,
            str(spec.info.description),
            source_words(spec.source),
        ]
        for spec in parameters_of(Rules)
        if ("rules", *spec.path) not in given
    ]
    heads = [Head("Parameter"), Head("Default"), Head("Unit"), Head("Meaning"), Head("Source")]
    return PageTable("defaults", f"Parameters of the rules that {scenario.title} leaves at their defaults", heads, rows)


def source_words(source: str) -> str:
    """A declared source in words.

    >>> source_words("free"), source_words("Yu Miao 2018")
    ('no source: a judgement', 'Yu Miao 2018')
    """
    return _JUDGED if source in ("free", "") else source


def _leaves(tree: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from _leaves(value, (*path, str(key)))
    else:
        yield path, tree


def _without_names(path: tuple[str, ...]) -> tuple[str, ...]:
    """A path with a blank for each name of a place or field, so that all places have one row.

    >>> _without_names(("cities", "Beijing", "districts", "Xicheng", "wealth"))
    ('cities', '', 'districts', '', 'wealth')
    """
    before = ("", *path)
    named = {n for n, key in enumerate(path) if before[n] in _PLACES or (n == 1 and path[0] == "fields")}
    return tuple("" if n in named else key for n, key in enumerate(path))


def _row(path: tuple[str, ...], values: list[Any]) -> list[str] | None:
    """One parameter; None for what is not declared as one."""
    policy = path[0] == "policies"
    schema = schema_at(lever_path(path[1]) if policy else path)
    if "unit" not in schema:
        return None
    default = schema.get("default")
    levels = [value_words(value) for value in {repr(value): value for value in values}.values()]
    words = (
        "by policies" if policy else levels[0] if len(levels) == 1 else f"{len(levels)} values: {', '.join(levels[:6])}"
    )
    words += " …" if len(levels) > 6 else ""
    name = path[1] if policy else ".".join(key for key in path if key)
    unit, meaning = str(schema["unit"]), str(schema.get("description", ""))
    return [name, words, value_words(default), unit, meaning, source_words(str(schema.get("source", "")))]
