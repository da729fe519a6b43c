"""Completions of names in a shell (`sim --install-completion`): scenarios, experiments, outcomes, levers, tables.

Everything is imported inside, so that commands that complete nothing start as quickly as before.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_ENDINGS = (".yaml", ".yml")


def scenario_names(incomplete: str) -> list[str]:
    """Shipped scenarios, and files."""
    return _shipped(incomplete, "scenarios") + _files(incomplete)


def experiment_names(incomplete: str) -> list[str]:
    """Shipped experiments, and files."""
    return _shipped(incomplete, "experiments") + _files(incomplete)


def input_names(incomplete: str) -> list[str]:
    """Shipped scenarios and experiments, and files."""
    names = _shipped(incomplete, "scenarios") + _shipped(incomplete, "experiments")
    return list(dict.fromkeys(names)) + _files(incomplete)


def outcome_names(incomplete: str) -> list[str]:
    """Outcomes; of a list with commas the last one."""
    from sim.declarations.sector_outcomes import SECTOR

    return _last_of_list(incomplete, (outcome.name for outcome in SECTOR))


def figure_kind_names(incomplete: str) -> list[str]:
    """Kinds of figures; of a list with commas the last one."""
    from sim.experiment.results.figure_data.figure_kinds import KINDS

    return _last_of_list(incomplete, (kind.name for kind in KINDS))


def pattern_names(incomplete: str) -> list[str]:
    """Patterns that ship with the package; of a list with commas the last one."""
    from sim.validation.located_file import read_located, shipped_patterns

    patterns = read_located(shipped_patterns()).patterns.values()
    return _last_of_list(incomplete, (pattern.id for pattern in patterns))


def switch_names(incomplete: str) -> list[str]:
    """Rules that can be switched off; of a list with commas the last one."""
    from sim.validation.without_file import EVERY, read_without, shipped_without

    return _last_of_list(incomplete, (EVERY, *(each.name for each in read_without(shipped_without()))))


def lever_names(incomplete: str) -> list[str]:
    """Levers."""
    from sim.scenario.parameters.parameter_spec import parameters_of
    from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment

    leaves = [*parameters_of(DistrictGovernment), *parameters_of(CityGovernment)]
    return _beginning(incomplete, (leaf.key for leaf in leaves))


def term_names(incomplete: str) -> list[str]:
    """Everything that `sim explain` knows."""
    from sim.docs_tables.declared_terms import known_names

    return _beginning(incomplete, known_names())


def table_names(incomplete: str) -> list[str]:
    """Tables of a results folder; of a list with commas the last one."""
    from sim.output.table_columns import TABLES

    return _last_of_list(incomplete, ("design", "runs", "series", *TABLES, "failures"))


def _shipped(incomplete: str, kind: str) -> list[str]:
    from sim.scenario.reading.file_search import shipped_directory

    folder = shipped_directory(kind)
    return _beginning(incomplete, sorted(path.stem for path in folder.glob("*") if path.suffix in _ENDINGS))


def file_names(incomplete: str) -> list[str]:
    """Input files."""
    return _files(incomplete)


def _files(incomplete: str) -> list[str]:
    """Input files, and folders that may hold some."""
    folder, _, begun = incomplete.rpartition("/")
    try:
        there = sorted((Path(folder) if folder else Path("/" if incomplete.startswith("/") else ".")).iterdir())
    except OSError:
        return []
    before = incomplete[: len(incomplete) - len(begun)]
    found = [path for path in there if path.name.startswith(begun) and (begun or not path.name.startswith("."))]
    return [
        f"{before}{path.name}{'/' if path.is_dir() else ''}"
        for path in found
        if path.suffix in _ENDINGS or path.is_dir()
    ]


def _last_of_list(incomplete: str, names: Iterable[str]) -> list[str]:
    before, comma, begun = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in _beginning(begun.strip(), names)]


def _beginning(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name.startswith(incomplete)]
