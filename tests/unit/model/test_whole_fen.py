"""Real amounts become whole fen in one place: `to_fen` and `to_fen_down`, which stop at what is not exact."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import sim.model.rules

COUNTS = {
    "affordable_posts",
    "bid_in_order_of_utility",
    "examine_others",
    "found_spin_offs",
    "founding_recruits",
    "founding_staff_size",
    "hiring_limit",
    "initialise_agency",
    "initialise_staff",
    "lot_size",
    "people_to_lay_off",
    "read_lots",
    "supervisors_of",
    "update_labour_market",
}
"""Rules that make whole numbers of people, posts or bids of a real number."""
WHOLE = {"amount_due_after", "quarterly_grant_budget"}
"""Rules that calculate with whole fen alone."""


def conversions() -> Iterator[tuple[str, str]]:
    """Name of each rule that rounds or cuts a calculated number, and the calculation."""
    for path in Path(sim.model.rules.__path__[0]).rglob("*.py"):
        for function in ast.parse(path.read_text(encoding="utf-8")).body:
            for node in ast.walk(function) if isinstance(function, ast.FunctionDef) else ():
                called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id
                if called in ("round", "int") and (called == "round" or real(node)):
                    yield function.name, ast.unparse(node)


def real(call: ast.AST) -> bool:
    """Whether a real number is multiplied or divided in the argument itself."""
    return any(isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div) for node in ast.walk(call))


def test_no_rule_makes_whole_fen_by_itself():
    assert {name for name, _ in conversions()} == COUNTS | WHOLE
