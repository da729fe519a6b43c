"""Table of renamed names in the changelog, from `sim.declarations.renamed_names`."""

from __future__ import annotations

from sim.declarations.renamed_names import RENAMED
from sim.docs_tables.markdown import as_table

_BY_RULE = (
    ("columns of measures", "`OUTCOME.end`, `OUTCOME.low`, ...", "`OUTCOME_year`, `OUTCOME_min`, ..."),
    ("columns of levers (table `policy`)", "`contract.term`, ...", "`contract_term`, ..."),
    ("columns of fields of service", "`skill_children-youth`, ...", "`skill_children_youth`, ..."),
    ("words of choices in tables", "`for_profit`, `not_founded`, ...", "`for-profit`, `not-founded`, ..."),
)
"""What changed by a rule rather than name by name."""


def renamed_names() -> str:
    """Every name that changed."""
    rows = [(each.kind, f"`{each.old}`", f"`{each.new}`") for each in RENAMED if each.kind != "word"]
    return as_table(("kind", "until 0.1", "since 0.2"), [*rows, *_BY_RULE])
