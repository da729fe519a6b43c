"""Validation tables: what a pattern file may say, from its declaration."""

from __future__ import annotations

from sim.docs_tables.experiment_tables import rows_of
from sim.docs_tables.markdown import as_table
from sim.validation.pattern_file import PatternFile


def pattern_keys_table() -> str:
    """Every key of a pattern file: what it takes, its default, its meaning."""
    return as_table(("key", "takes", "default", "meaning"), rows_of(PatternFile))
