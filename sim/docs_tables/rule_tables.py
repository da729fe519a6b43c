"""Rule tables, read from the sources of the rules: the order of a quarter, numbers in the rules, an index of rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from sim.docs_tables.document_text import DOCUMENT, code_by_section
from sim.docs_tables.markdown import as_table
from sim.model import quarter
from sim.validation.rule_calls import rules_in

PACKAGE = Path(__file__).parents[1]

STATE, MODEL = "model/state", ("declarations", "model")
"""Where state is declared, and where rules and their constants are; draws have a chapter of their own."""


def rule_files() -> Iterator[tuple[Path, ast.Module]]:
    """Every source file that holds rules, and what it says; draws are left out."""
    for path in sorted(path for package in MODEL for path in (PACKAGE / package).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        declared = path.is_relative_to(PACKAGE / STATE) or path.is_relative_to(PACKAGE / "declarations")
        if declared or re.search(r"^@(rule|entry)$", text, flags=re.MULTILINE):
            yield path, ast.parse(text)


def constants() -> str:
    """Numbers that are written in the rules themselves, with what is said about each where it stands."""
    rows = []
    for _, tree in rule_files():
        for line, after in pairwise(tree.body):
            if isinstance(line, ast.Assign) and _is_number(line):
                meaning = (
                    after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
                )
                rows.append((f"`{ast.unparse(line.targets[0])}`", ast.unparse(line.value), meaning))
    return as_table(("constant", "value", "meaning"), rows)


def _is_number(line: ast.Assign) -> bool:
    """Whether a public name is given a number, or an expression of numbers."""
    name, value = line.targets[0], line.value
    private = isinstance(name, ast.Name) and name.id.startswith("_")
    parts = [part.value for part in ast.walk(value) if isinstance(part, ast.Constant)]
    written_out = isinstance(value, ast.Constant | ast.BinOp) and all(isinstance(part, int | float) for part in parts)
    return written_out and bool(parts) and not private


def phases() -> list[tuple[str, str, bool]]:
    """The order of a quarter, read from `sim.model.quarter`: number, rule, and whether it runs city by city."""
    tree = ast.parse(Path(str(quarter.__file__)).read_text(encoding="utf-8"))
    written = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    rows: list[tuple[str, str, bool]] = []
    for line in written["run_quarter"].body[1:]:
        by_city = isinstance(line, ast.For)
        name = _called(line.body[0] if isinstance(line, ast.For) else line)
        rows.append((str(1 + sum("." not in row[0] for row in rows)), name, by_city))
        if by_city and name in written:
            inner = written[name].body[1:]
            rows += [(f"{rows[-1][0]}.{n}", _called(each), True) for n, each in enumerate(inner, 1)]
    return rows


def _called(line: ast.stmt) -> str:
    """Name of the function that a line calls."""
    if isinstance(line, ast.Expr) and isinstance(line.value, ast.Call):
        return ast.unparse(line.value.func)
    raise ValueError(f"a phase is a call, not: {ast.unparse(line)}")


def phases_table() -> str:
    """`phases` as a table, with the first line of what each rule says about itself."""
    rows = []
    for place, name, by_city in phases():
        what = (getattr(quarter, name).__doc__ or "").strip().split("\n")[0]
        rows.append((place, f"`{name}`", "each city" if by_city else "once", what))
    return as_table(("step", "rule", "runs", "what it does"), rows)


def rule_index() -> str:
    """Every rule that the description names: the sections that name it, and its file."""
    sections = list(code_by_section(DOCUMENT.read_text(encoding="utf-8")))
    rows = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in rules_in(path):
            named = [number for number, code in sections if re.search(rf"(?<![\w.]){name}(?!\w)", code)]
            if named:
                rows.append((f"`{name}`", ", ".join(named), f"`sim/{path.relative_to(PACKAGE).as_posix()}`"))
    return as_table(("rule", "sections", "file"), sorted(rows))
