"""Document blocks: which generated tables the documents may hold, and how tables and links are rewritten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from sim.docs_tables.declaration_tables import (
    ENUMERATIONS,
    STATE,
    enumeration,
    given_table,
    levers,
    outcomes,
    parameters,
    state,
)
from sim.docs_tables.document_text import BLOCK, DOCS, DOCUMENT
from sim.docs_tables.experiment_tables import fields_table
from sim.docs_tables.figure_tables import kinds_table, options_table, usual_table
from sim.docs_tables.odd_tables import patterns_table, sizes_table
from sim.docs_tables.renamed_names_table import renamed_names
from sim.docs_tables.rule_tables import constants, phases_table, rule_index
from sim.docs_tables.section_links import renewed_links, section_anchors
from sim.docs_tables.statistic_tables import populations_table, statistics_table
from sim.docs_tables.validation_tables import pattern_keys_table

EXPERIMENTS = DOCS / "experiments.md"
FIGURES = DOCS / "figures.md"
ODD = DOCS / "odd.md"
CHANGELOG = DOCS.parent / "CHANGELOG.md"

TABLES: dict[str, Callable[[], str]] = {
    "phases": phases_table,
    "parameters": parameters,
    "levers": levers,
    "given": given_table,
    "outcomes": outcomes,
    "constants": constants,
    "rules": rule_index,
    **{f"state of {kind}": partial(state, kept) for kind, kept in STATE.items()},
    **{f"enumeration {members.__name__}": partial(enumeration, members) for members in ENUMERATIONS},
}
"""What may stand in a mark of the model description, and what makes the table."""

EXPERIMENT_TABLES: dict[str, Callable[[], str]] = {
    "pattern file": pattern_keys_table,
    "experiment file": fields_table,
    "statistics": statistics_table,
    "populations": populations_table,
}
"""The same for the tutorial on experiments."""

ODD_TABLES: dict[str, Callable[[], str]] = {"patterns": patterns_table, "sizes": sizes_table}
"""The same for the short ODD description."""

FIGURE_TABLES: dict[str, Callable[[], str]] = {
    "kinds of figures": kinds_table,
    "options of figures": options_table,
    "usual figures": usual_table,
}
"""The same for the pages on figures."""

CHANGELOG_TABLES: dict[str, Callable[[], str]] = {"renamed names": renamed_names}
"""The same for the changelog."""

DOCUMENTS = {
    DOCUMENT: TABLES,
    ODD: ODD_TABLES,
    EXPERIMENTS: EXPERIMENT_TABLES,
    FIGURES: FIGURE_TABLES,
    CHANGELOG: CHANGELOG_TABLES,
}
"""Every document with tables that are made."""


def described(text: str, tables: Mapping[str, Callable[[], str]] = TABLES) -> str:
    """A document with all its tables written anew.

    Parameters
    ----------
    text : str
        The document.
    tables : mapping of str to callable
        What may stand in its marks.

    Raises
    ------
    KeyError
        If a mark names a table that there is not.
    """
    return BLOCK.sub(lambda found: f"{found[1]}{tables[found[2]]()}\n{found[3]}", text)


def renewed(document: Path) -> str:
    """A document with its tables and its links to sections of the model description written anew.

    Parameters
    ----------
    document : Path
        One of `DOCUMENTS`.
    """
    text = described(document.read_text(encoding="utf-8"), DOCUMENTS[document])
    return renewed_links(text, section_anchors(DOCUMENT.read_text(encoding="utf-8")))
