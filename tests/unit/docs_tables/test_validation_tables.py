"""Validation tables: every key of a pattern file and every statistic stands in the docs."""

from __future__ import annotations

from sim.docs_tables.statistic_tables import statistics_table
from sim.docs_tables.validation_tables import pattern_keys_table
from sim.validation.pattern_file import CheckFile, PatternEntry, WorldFile
from sim.validation.validation_api import known_statistics


def test_every_key_has_its_row() -> None:
    table = pattern_keys_table()
    for before, group in (("worlds.NAME.", WorldFile), ("patterns.", PatternEntry), ("patterns.checks.", CheckFile)):
        for name, info in group.model_fields.items():
            assert f"| `{before}{info.alias or name}` |" in table


def test_every_statistic_has_its_row_with_its_arguments() -> None:
    rows = {line.split("`")[1]: line for line in statistics_table().splitlines()[2:]}
    statistics = known_statistics()
    assert rows.keys() == statistics.keys()
    for name, each in statistics.items():
        assert ("`versus`" in rows[name]) is each.compares
        assert all(f"`{argument}`: " in rows[name] for argument in each.arguments)
