"""Random report: results of random sets as text, Markdown, Parquet and JSON, with date, version and seed."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa

from sim.experiment.store.atomic_files import make_folder, write_file
from sim.experiment.store.provenance import checkout, now, versions
from sim.experiment.store.results_folder import json_text, parquet
from sim.statistics.number_format import few_digits
from sim.validation.plain_tables import markdown_table, span, text_table
from sim.validation.random_sets import CHECK_COLUMNS, NO_EVIDENCE, PATTERN_COLUMNS, RandomSets

CHECKS, PATTERNS, FACTS = "random-checks.parquet", "random-patterns.parquet", "random.json"
_HEADER = ("pattern", "check", "pass", "number: 10, 50, 90 %", "band", "evidence")


def keep_random(found: RandomSets, folder: Path) -> None:
    """Write both tables, and when and how they were made, into a folder.

    Raises
    ------
    StoreError
        If a file cannot be written.
    """
    keep_tables(found, folder)
    facts = {
        "date": now(),
        "versions": versions(),
        "git": checkout(),
        "sets": found.sets,
        "replications": found.replications,
        "seed": found.seed,
        "no_evidence_from": NO_EVIDENCE,
        "parameters": list(found.parameters),
        "left_out": list(found.left_out),
        "worlds": {name: path.name for name, path in found.folders.items()},
        "patterns": json.loads(found.patterns.to_json(orient="records")),
    }
    write_file(folder / FACTS, json_text(facts))


def keep_tables(found: RandomSets, folder: Path) -> None:
    """Write both tables into a folder.

    Raises
    ------
    StoreError
        If a file cannot be written.
    """
    make_folder(folder)
    write_file(folder / CHECKS, parquet(arrow_table(found.checks, CHECK_COLUMNS)))
    write_file(folder / PATTERNS, parquet(arrow_table(found.patterns, PATTERN_COLUMNS)))


def arrow_table(table: pd.DataFrame, columns: dict[str, str]) -> pa.Table:
    """An Arrow table, with the meaning of every column."""
    plain = pa.Table.from_pandas(table, preserve_index=False)
    fields = [field.with_metadata({"meaning": columns[field.name]}) for field in plain.schema]
    return plain.cast(pa.schema(fields))


def random_text(found: RandomSets) -> str:
    """The table for a terminal: a row for each check, and what is no evidence."""
    return f"{_head(found)}\n{text_table(_HEADER, _cells(found), left=2)}\n{_end(found)}"


def random_markdown(found: RandomSets) -> str:
    """The same for a document."""
    return f"{_head(found)}.\n\n{markdown_table(_HEADER, _cells(found))}\n\n{_end(found)}."


def sets_text(found: RandomSets, head: str) -> str:
    """The table of sets that a file gives, for a terminal; that all pass a pattern says nothing of its evidence."""
    return f"{head}\n{text_table(_HEADER[:-1], [row[:-1] for row in _cells(found)], left=2)}"


def sets_markdown(found: RandomSets, head: str) -> str:
    """The same for a document."""
    return f"{head}.\n\n{markdown_table(_HEADER[:-1], [row[:-1] for row in _cells(found)])}"


def _head(found: RandomSets) -> str:
    runs = f"{found.replications} run{'s' * (found.replications != 1)} each"
    return (
        f"{found.sets:,} random sets of {len(found.parameters)} parameters within their plausible ranges, {runs} "
        f"(seed {found.seed})"
    )


def _end(found: RandomSets) -> str:
    weak = found.patterns.loc[~found.patterns["evidence"].astype(bool), "pattern"].tolist()
    said = f"No evidence, because at least {NO_EVIDENCE:.0%} of sets pass: ".replace("%", " %")
    out = f". Not drawn, because a world sets it: {', '.join(found.left_out)}" if found.left_out else ""
    return said + (", ".join(weak) or "none of the patterns") + out


def _cells(found: RandomSets) -> list[list[str]]:
    rows = []
    for whole in found.patterns.to_dict("records"):
        checks = found.checks[found.checks["pattern"] == whole["pattern"]].to_dict("records")
        evidence = "yes" if whole["evidence"] else "no"
        several = len(checks) > 1
        if several:
            rows.append([whole["pattern"], "all checks", _percent(whole["share"]), "", "", evidence])
        for row in checks:
            spread = ", ".join(few_digits(row[each]) for each in ("p10", "median", "p90"))
            name, says = ("" if several else whole["pattern"]), "" if several else evidence
            band = _band(row["band_low"], row["band_high"])
            rows.append([name, row["says"], _percent(row["share"]), spread, band, says])
    return rows


def _band(low: float, high: float) -> str:
    """Limits in words.

    >>> _band(0.7, 0.98), _band(0.6, float("nan")), _band(float("nan"), 0.4)
    ('0.7 to 0.98', '≥ 0.6', '≤ 0.4')
    """
    if low == low and high == high:
        return span(low, high)
    return f"≥ {few_digits(low)}" if low == low else f"≤ {few_digits(high)}"


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")
