"""Declared terms: everything that has a declared meaning, by name, for `sim explain`, `levers` and `outcomes`.

Levers, parameters, outcomes, measures, tables and their columns, choices, events and causes come from the declarations
that the rules, files and tables are made from; where a number is used is read from the sources of the rules.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.declarations.sector_outcomes import SECTOR
from sim.docs_tables.declaration_tables import ENUMERATIONS, bounds, plausible, section_leaves
from sim.docs_tables.experiment_tables import experiment_keys
from sim.docs_tables.markdown import number
from sim.model.state.government_fields import LEVERS
from sim.output.outcome_measures import MEASURES, QUARTERS_LEFT_OUT, measure_column
from sim.output.table_columns import TABLES, Column
from sim.scenario.parameters.parameter_spec import ParameterSpec, parameters_of, value_at
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from sim.scenario.parameters.rule_parameters import Rules
from sim.scenario.parameters.scenario_file import Scenario

PACKAGE = Path(__file__).parents[1]
_ENTITIES = {"labour": "city", "economy": "city", "cities": "city", "communities": "community", "agencies": "agency"}
"""What rules call the row that holds the numbers of a section."""
TABLE_AND_COLUMN = 2
"""Parts of the name of a column; what has more is a path in a file."""
MOST_USES = 6
"""Rules that are named for a number."""


@dataclass(frozen=True)
class Term:
    """Something that has a declared meaning.

    Attributes
    ----------
    name : str
        What it is called: of a lever or parameter the key, of a column ``TABLE.COLUMN``.
    kind : str
        ``lever``, ``parameter``, ``outcome``, ``measure``, ``table``, ``column``, or what a word is a value of.
    meaning : str
        One sentence.
    declared : tuple of (str, str)
        What else is declared: unit, what is allowed, default, source, where it stands.
    read_as : tuple of str
        What rules call it; empty for what none reads.
    """

    name: str
    kind: str
    meaning: str
    declared: tuple[tuple[str, str], ...] = ()
    read_as: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """Its unit; empty for none."""
        return dict(self.declared).get("unit", "")

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What is declared, and where it is used, which takes reading the sources."""
        used = _uses(*self.read_as)
        return (*self.declared, *((("used in", used),) if used else ()))


@cache
def lever_terms() -> tuple[Term, ...]:
    """The levers."""
    levels = {"city": CityGovernment(), "district": DistrictGovernment()}
    found = []
    for leaf in LEVERS:
        having = {
            level: number(value_at(group, leaf.path))
            for level, group in levels.items()
            if leaf.key in {each.key for each in parameters_of(type(group))}
        }
        values = list(dict.fromkeys(having.values()))
        default = values[0] if len(values) == 1 else ", ".join(f"{value} ({level})" for level, value in having.items())
        level = "cities and districts" if len(having) == len(levels) else f"{' '.join(having)} governments"
        where = f"government.{leaf.key} of {level}; 'set' and 'ramp' of policies; lever: {leaf.key} of an axis"
        found.append(_parameter(leaf, leaf.key, "lever", default, where, leaf.name))
    return tuple(found)


@cache
def outcome_terms() -> tuple[Term, ...]:
    """The outcomes of the sector."""
    found = []
    for one in SECTOR:
        columns = ", ".join(measure_column(one.name, each.name) for each in MEASURES)
        where = f"tables sector and series; runs ({columns}); conditions of policies"
        facts = (("unit", one.unit), ("in words", one.formula), ("title", one.title), ("where", where))
        found.append(Term(one.name, "outcome", one.meaning, tuple(fact for fact in facts if fact[1])))
    return tuple(found)


@cache
def all_terms() -> tuple[Term, ...]:
    """Everything, the commonest first."""
    return (*lever_terms(), *_parameters(), *outcome_terms(), *_measures(), *_words(), *_columns())


def find_terms(word: str) -> list[Term]:
    """Terms that a word means: those of that name, then those with that name at the end of a key or column.

    >>> [term.name for term in find_terms("contract.term")], find_terms("drive")[0].name
    (['contract.term', 'policy.contract_term'], 'rules.strategy.drive')
    """
    for asked in map(_folded, _shorter(word)):
        found = [
            term for ends in (False, True) for term in all_terms() if asked in map(_folded, _names(term.name, ends))
        ]
        if found:
            return found
    columns = [term for term in _run_columns() if _folded(word) in (_folded(term.name), *_names(term.name, True))]
    return columns or [term for term in _keys() if word.strip() == term.name]


def _shorter(word: str) -> Iterator[str]:
    """A name as it was given; of a path in a file, as in messages, what stands behind the names of its entries.

    >>> list(_shorter("cities.Town.donors.pool")), list(_shorter('policies[0].set."contract.term"'))[-1]
    (['cities.Town.donors.pool', 'cities.donors.pool', 'Town.donors.pool', 'donors.pool'], 'contract.term')
    """
    yield word
    parts = [part.strip('"') for part in re.findall(r'"[^"]*"|[^."]+', word)]
    if len(parts) > TABLE_AND_COLUMN:
        yield ".".join([parts[0], *parts[2:]])
    yield from (".".join(parts[n:]) for n in range(1, len(parts) - 1))
    if len(parts) > 1 and "." in parts[-1]:
        yield parts[-1]


def searched(terms: tuple[Term, ...], word: str) -> list[Term]:
    """Terms that have a word in their name, their meaning or what is said of them."""
    asked = word.casefold()
    return [
        term for term in terms if asked in f"{term.name} {term.meaning} {dict(term.declared).get('title')}".casefold()
    ]


def known_names() -> list[str]:
    """All names, and what stands at the end of keys and columns, for suggestions."""
    return list(
        dict.fromkeys(name for ends in (False, True) for term in all_terms() for name in _names(term.name, ends))
    )


def _names(name: str, ends: bool) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[n:]) for n in range(1, len(parts))] if ends else [name]


def _folded(word: str) -> str:
    return re.sub(r"[-_.\s]+", "_", word.strip().casefold())


def _parameter(leaf: ParameterSpec, key: str, kind: str, default: str, where: str, *names: str) -> Term:
    facts = (
        ("unit", leaf.unit),
        ("allowed", bounds(leaf) or "any"),
        ("plausible", plausible(leaf)),
        ("default", default),
        ("source", leaf.source),
        ("where", where),
    )
    return Term(key, kind, leaf.info.description or "", tuple(fact for fact in facts if fact[1]), names)


def _parameters() -> Iterator[Term]:
    rules = Rules()
    for leaf in parameters_of(Rules):
        key = f"rules.{leaf.key}"
        default, where = number(value_at(rules, leaf.path)), f"{key}; path of an axis"
        yield _parameter(leaf, key, "parameter", default, where, leaf.name, ".".join(leaf.path[-2:]))
    for section, leaf in section_leaves(Scenario, "scenario"):
        key = leaf.key if section == "scenario" else f"{section}.{leaf.key}"
        where = "top of a scenario file" if section == "scenario" else f"section '{section}' of a scenario file"
        # Of a bare name, such as `cash`, only what reads it of this kind of entity is certain.
        rows = (section.removesuffix("s"), section, _ENTITIES.get(section, section))
        read = [f"{row}.{leaf.name}" for row in rows]
        yield _parameter(leaf, key, "parameter", number(leaf.info.default), where, *read)


def _measures() -> Iterator[Term]:
    for each in MEASURES:
        where = f"column OUTCOME_{each.name} of runs; --measure; measure of an experiment"
        yield Term(
            each.name, "measure", f"What counts of a run: {each.meaning}; {QUARTERS_LEFT_OUT}.", (("where", where),)
        )


def _run_columns() -> Iterator[Term]:
    """Columns of `runs` with measures of outcomes."""
    for one in SECTOR:
        for each in MEASURES:
            what = f"{one.meaning.rstrip('.')}: {each.meaning}."
            facts = (("unit", one.unit), ("in words", one.formula), ("where", "table runs"))
            yield Term(f"runs.{measure_column(one.name, each.name)}", "column", what, tuple(f for f in facts if f[1]))


def _keys() -> Iterator[Term]:
    """Keys of files that are no parameters."""
    for key, takes, default, meaning in experiment_keys():
        facts = (("takes", takes), ("default", default), ("where", "an experiment file; docs/experiments.md lists all"))
        yield Term(key.strip("`"), "key", meaning, tuple(fact for fact in facts if fact[1]))


def _words() -> Iterator[Term]:
    for members in ENUMERATIONS:
        kind = f"{' '.join(re.findall('[A-Z][a-z]*', members.__name__)).lower()} (a word of files and tables)"
        takers = ", ".join(leaf.key for leaf in LEVERS if leaf.codes is members)
        for member in members:
            yield Term(member.label, kind, member.meaning, (("taken by", takers),) if takers else ())


def _columns() -> Iterator[Term]:
    for table, columns in TABLES.items():
        yield Term(table, "table", f"Table of a results folder, with {len(columns)} columns.")
        for column in columns:
            yield _column(table, column)


def _column(table: str, column: Column) -> Term:
    words = "" if column.words is None else ", ".join(member.label for member in column.words)
    facts = (("unit", column.unit), ("values", words), ("where", f"table {table}"))
    return Term(f"{table}.{column.name}", "column", column.meaning, tuple(fact for fact in facts if fact[1]))


def _uses(*names: str) -> str:
    """Functions that read a field, each with its file, by the first of its names that any reads."""
    found = next((_readers()[name] for name in names if name in _readers()), [])
    more = f" and {len(found) - MOST_USES} more" if len(found) > MOST_USES else ""
    return ", ".join(found[:MOST_USES]) + more


@cache
def _readers() -> dict[str, list[str]]:
    """Rules, and functions that prepare a run, by the fields that they read."""
    found: dict[str, list[str]] = {}
    for path in sorted((PACKAGE / "model").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        place = path.relative_to(PACKAGE.parent).as_posix()
        for function in tree.body:
            if isinstance(function, ast.FunctionDef):
                read = [node for node in ast.walk(function) if isinstance(node, ast.Attribute)]
                names = {node.attr for node in read} | {".".join(ast.unparse(node).split(".")[-2:]) for node in read}
                for name in sorted(names):
                    found.setdefault(name, []).append(f"{function.name} ({place})")
    return found
