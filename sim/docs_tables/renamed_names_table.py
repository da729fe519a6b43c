"""Table of renamed and removed names in the changelog, from `sim.declarations`."""

from __future__ import annotations

from sim.declarations.removed_names import REMOVED
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
    """Every name that changed or is gone."""
    rows = [(each.kind, f"`{each.old}`", f"`{each.new}`") for each in RENAMED if each.kind != "word"]
    gone = [
        (each.kind, f"`{each.old}`", f"gone; see {', '.join(f'`{name}`' for name in each.see)}") for each in REMOVED
    ]
    return as_table(("kind", "until 0.1", "since 0.2"), [*rows, *_BY_RULE, *gone])
