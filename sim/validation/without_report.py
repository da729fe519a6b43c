"""Without report: patterns by rules that are switched off, as text, Markdown and Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from pathlib import Path

from sim.experiment.store.atomic_files import make_folder, write_file
from sim.experiment.store.results_folder import json_text, parquet
from sim.statistics.confidence_intervals import CONFIDENCE
from sim.statistics.number_format import few_digits
from sim.validation.pattern_results import PatternResult
from sim.validation.plain_tables import markdown_table, text_table
from sim.validation.random_report import arrow_table
from sim.validation.validation_files import END, made_with, put_block
from sim.validation.verdicts import interval_text
from sim.validation.without_rules import COLUMNS, SwitchedOff, WithoutRules, worst_check

TABLE, NOTES, REPORT = "without.parquet", "without-columns.json", "without.md"
BEGIN = "<!-- validation: without -->"
_SAME = "·"
_GAP = 2


def keep_without(found: WithoutRules) -> None:
    """Write `without.parquet`, `without-columns.json` and `without.md` into the folder of a validation.

    Raises
    ------
    StoreError
        If the folder cannot be written.
    """
    out = found.base.out
    make_folder(out)
    write_file(out / TABLE, parquet(arrow_table(found.table, COLUMNS)))
    notes = [{"name": name, "meaning": meaning} for name, meaning in COLUMNS.items()]
    write_file(out / NOTES, json_text({"without": notes}))
    write_file(out / REPORT, f"# Without one rule at a time\n\n{without_block(found)}\n".encode())


def write_without(found: WithoutRules, path: Path) -> None:
    """Write the block of rules into a Markdown file: between its marks, or into a new file.

    Raises
    ------
    WrongInputError
        If the path is none of a file, or the file that is there has no place for the block, or several.
    StoreError
        If the file cannot be written.
    """
    put_block(path, without_block(found), BEGIN)


def without_block(found: WithoutRules) -> str:
    """Patterns by rules as Markdown, with its marks, and what differs in words."""
    header = ("without", "section", *(each.pattern.id for each in found.base.results))
    rows = [["(every rule)", "", *(each.verdict.value for each in found.base.results)]]
    rows += [[each.switch.name, each.switch.section, *_cells(found, each, numbers=True)] for each in found.rules]
    changes = ["", f"**{found.base.under}**"] if found.base.changes else []
    lines = [BEGIN, "", f"{made_with()}. {_KEY}", *changes, "", markdown_table(header, rows), ""]
    lines += [
        f"- **{each.switch.name}** ({each.switch.section}). {each.switch.rule} {_differences(found, each)}"
        for each in found.rules
    ]
    return "\n".join([*lines, "", END])


def without_text(found: WithoutRules, width: int) -> str:
    """The same for a terminal: letters, in as many tables as its width asks for.

    Parameters
    ----------
    found : WithoutRules
        What came of the patterns.
    width : int
        Characters of the screen.
    """
    names = ["(every rule)", *(each.switch.name for each in found.rules)]
    columns = [
        [result.pattern.id, result.verdict.value[0], *(_cells(found, each)[n][0] for each in found.rules)]
        for n, result in enumerate(found.base.results)
    ]
    tables = []
    for part in _parts(columns, width - max(map(len, names)) - 1):
        lines = zip(["without", *names], *part, strict=True)
        header, *rows = ([name, *cells] for name, *cells in lines)
        tables.append(text_table(header, rows))
    differences = [f"{each.switch.name} ({each.switch.section}): {_differences(found, each)}" for each in found.rules]
    letters = "h holds, f fails, u undecided, · as with every rule."
    changes = [found.base.under] if found.base.changes else []
    return "\n\n".join([*tables, letters, "\n".join(differences), *changes])


_KEY = (
    f"{_SAME}: as with every rule; else the verdict, and the number of the worst check. "
    f"Behind it means with {100 * CONFIDENCE:g} % interval."
)


def _parts(columns: list[list[str]], width: int) -> Iterator[list[list[str]]]:
    """Columns in parts that fit a width, at least one in each."""
    part: list[list[str]] = []
    used = 0
    for column in columns:
        needed = max(map(len, column)) + _GAP
        if part and used + needed > width:
            yield part
            part, used = [], 0
        part.append(column)
        used += needed
    if part:
        yield part


def _pairs(found: WithoutRules, each: SwitchedOff) -> Iterator[tuple[PatternResult, PatternResult]]:
    yield from zip(found.base.results, each.validation.results, strict=True)


def _cells(found: WithoutRules, each: SwitchedOff, *, numbers: bool = False) -> list[str]:
    """A cell for each pattern."""
    cells = []
    for base, off in _pairs(found, each):
        number = f" {few_digits(off.checks[worst_check(off)].estimate.mean)}" if numbers else ""
        cells.append(_SAME if base.verdict == off.verdict else f"{off.verdict.value}{number}")
    return cells


def _differences(found: WithoutRules, each: SwitchedOff) -> str:
    """Which patterns differ without a rule, with the number of the worst check, in words."""
    differences = []
    for base, off in _pairs(found, each):
        if base.verdict != off.verdict:
            n = worst_check(off)
            one, before = off.checks[n], base.checks[n].estimate
            number = interval_text(one.estimate) if isfinite(one.estimate.mean) else "has no value"
            numbers = f"{number}, with the rule {few_digits(before.mean)}"
            differences.append(f"{off.pattern.id} {base.verdict} -> {off.verdict}: {one.check.says} {numbers}")
    return "; ".join(differences) + "." if differences else "No verdict differs."
