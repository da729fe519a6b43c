"""Validation files: the results of patterns as Parquet with a note on every column, and as Markdown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyarrow as pa

from sim.experiment.store.atomic_files import WrongInputError, check_new_file, make_folder, write_file
from sim.experiment.store.provenance import checkout, now, versions
from sim.experiment.store.results_folder import json_text, parquet
from sim.statistics.confidence_intervals import CONFIDENCE
from sim.validation.pattern_results import COLUMNS, PatternResult, Validation
from sim.validation.verdicts import Verdict, band_text, interval_text

PATTERNS, NOTES, REPORT = "patterns.parquet", "columns.json", "validation.md"
BEGIN, END = "<!-- validation: patterns -->", "<!-- end of validation -->"


def keep_validation(found: Validation) -> None:
    """Write `patterns.parquet`, `columns.json` and `validation.md` into the folder of a validation.

    Raises
    ------
    StoreError
        If the folder cannot be written.
    """
    make_folder(found.out)
    write_file(found.out / PATTERNS, parquet(checks_table(found)))
    notes = [{"name": name, "unit": "", "meaning": meaning} for name, meaning in COLUMNS.items()]
    write_file(found.out / NOTES, json_text({"patterns": notes}))
    write_file(found.out / REPORT, f"# Validation\n\n{block(found)}\n".encode())


def checks_table(found: Validation) -> pa.Table:
    """A row per check as an Arrow table; what is not a number is null, and every column has its meaning with it."""
    rows = found.checks.to_dict("records")
    kinds = {"calibration": pa.bool_(), "check": pa.int32(), "runs": pa.int32(), "defined": pa.int32()}
    kinds |= dict.fromkeys(("band_low", "band_high", "mean", "ci_low", "ci_high"), pa.float64())
    fields = [
        pa.field(name, kinds.get(name, pa.string()), metadata={"meaning": meaning}) for name, meaning in COLUMNS.items()
    ]
    return pa.table(
        {field.name: pa.array([_value(row[field.name]) for row in rows], field.type) for field in fields},
        schema=pa.schema(fields),
    )


def _value(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value


def check_markdown(path: Path, begin: str = BEGIN) -> Path:
    """See that Markdown can be written where the user asked for it; return where.

    Parameters
    ----------
    path : Path
        The file.
    begin : str
        Line with which the block begins.

    Raises
    ------
    WrongInputError
        If the path is none of a file, or the file that is there has no place for the block, or several.
    """
    target = check_new_file(path)
    if target.exists():
        _ = _with_block(path, _text_of(target), "", begin)
    return target


def write_markdown(found: Validation, path: Path) -> None:
    """Write the block of patterns into a Markdown file: between its marks, or into a new file.

    Raises
    ------
    WrongInputError
        As `check_markdown`.
    StoreError
        If the file cannot be written.
    """
    put_block(path, block(found), BEGIN)


def put_block(path: Path, text: str, begin: str) -> None:
    """Put a block, with its marks, into a Markdown file: in the place of that which begins so, or into a new file.

    Raises
    ------
    WrongInputError
        As `check_markdown`.
    StoreError
        If the file cannot be written.
    """
    target = check_markdown(path, begin)
    old = _text_of(target) if target.exists() else f"# Validation\n\n{begin}\n{END}\n"
    write_file(target, _with_block(path, old, text, begin).encode())


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInputError(f"cannot read {path} as text: {error}") from error


def _with_block(path: Path, text: str, new: str, begin: str) -> str:
    pattern = re.compile(rf"^{re.escape(begin)}$.*?^{re.escape(END)}$", flags=re.DOTALL | re.MULTILINE)
    places = len(pattern.findall(text))
    if places != 1:
        there = "is not there" if not places else f"is there {places} times"
        what = "patterns" if begin == BEGIN else "rules"
        raise WrongInputError(
            f"{path}: the place for the {what} {there}; expected one line '{begin}' and behind it one '{END}'"
        )
    return pattern.sub(lambda _found: new, text)


def block(found: Validation) -> str:
    """The table of patterns as Markdown, with its marks: a row per check, and why patterns do not hold."""
    lines = [
        BEGIN,
        "",
        f"{made_with()}. **{found.summary}.** Means with {100 * CONFIDENCE:g} % interval over runs.",
        "",
        *([f"**{found.under}**", ""] if found.changes else []),
    ]
    lines += ["| pattern | | verdict | check | band | mean | runs |", "| --- | --- | --- | --- | --- | --- | --- |"]
    lines += [line for each in found.results for line in _rows(each)]
    why = [f"- {each.pattern.id} {each.verdict}: {each.reason}" for each in found.results if each.reason]
    lines += ["", *(["Why patterns do not hold:", "", *why, ""] if why else [])]
    if any(each.pattern.calibration for each in found.results):
        lines += ["\\* serves calibration: its band was looked at when default values were set.", ""]
    return "\n".join([*lines, END])


def made_with() -> str:
    """Day and version of the numbers, for people."""
    commit = (checkout() or {}).get("commit")
    version = f"social-work-sim {versions()['social-work-sim']}" + (f" at commit {commit[:10]}" if commit else "")
    return f"{now()[:10]}, {version}"


def _rows(result: PatternResult) -> list[str]:
    pattern = result.pattern
    star = r" \*" if pattern.calibration else ""
    lines = []
    for n, one in enumerate(result.checks):
        first = n == 0
        source = f"{pattern.statement} ({pattern.source}; {pattern.mark})" if first else ""
        verdict = one.verdict.value if len(result.checks) > 1 else ""
        if first:
            verdict = f"**{result.verdict}**" + (f" / {verdict}" if verdict else "")
        cells = [
            f"{pattern.id}{star}" if first else "",
            source,
            verdict,
            one.check.says,
            band_text(one.check.band) if one.verdict is not Verdict.REPORTED else "only reported",
            interval_text(one.estimate),
            runs_text(one.estimate.defined, one.estimate.runs),
        ]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return lines


def runs_text(defined: int, runs: int) -> str:
    """Of how many runs a number is.

    >>> runs_text(20, 20), runs_text(12, 20)
    ('20', '12 of 20')
    """
    return f"{runs:,}" if defined == runs else f"{defined:,} of {runs:,}"
