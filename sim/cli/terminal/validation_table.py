"""Validation table: patterns with their checks, bands, values and verdicts, and why some do not hold."""

from __future__ import annotations

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from sim.statistics.confidence_intervals import CONFIDENCE
from sim.validation.pattern_results import PatternResult, Validation
from sim.validation.validation_files import runs_text
from sim.validation.verdicts import Verdict, band_text, interval_text

_STYLES = {
    Verdict.HOLDS: "green",
    Verdict.FAILS: "red",
    Verdict.UNDECIDED: "yellow",
    Verdict.REPORTED: "dim",
}


def validation_table(found: Validation, width: int) -> Group:
    """Lay out a validation for the screen.

    Parameters
    ----------
    found : Validation
        What came of the patterns.
    width : int
        Characters of the screen.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", width=min(width, 160))
    table.add_column("Pattern", no_wrap=True)
    table.add_column("Check", ratio=1)
    table.add_column("Band", justify="right")
    table.add_column(f"Mean ({100 * CONFIDENCE:g} % interval)", justify="right")
    table.add_column("Runs", justify="right")
    table.add_column("Verdict", no_wrap=True)
    for each in found.results:
        _add_rows(table, each)
    parts: list[Table | Text] = [table]
    parts += [_why(each) for each in found.results if each.reason]
    if any(each.pattern.calibration for each in found.results):
        parts.append(Text("* serves calibration: its band was looked at when default values were set.", style="dim"))
    if found.changes:
        parts.append(Text(found.under, style="yellow"))
    return Group(*parts, Text(found.summary, style="bold"))


def _add_rows(table: Table, result: PatternResult) -> None:
    """A row with the pattern, and a row for each of its checks."""
    star = " *" if result.pattern.calibration else ""
    verdict = Text(result.verdict.value, style=f"bold {_STYLES[result.verdict]}")
    table.add_row(f"{result.pattern.id}{star}", Text(result.pattern.statement, style="bold"), "", "", "", verdict)
    for one in result.checks:
        found = one.estimate
        table.add_row(
            "",
            Text(one.check.says),
            band_text(one.check.band),
            interval_text(found),
            runs_text(found.defined, found.runs),
            Text(one.verdict.value, style=_STYLES[one.verdict]),
        )


def _why(result: PatternResult) -> Text:
    why = Text(f"{result.pattern.id} ", style="bold")
    why.append(f"{result.verdict.value}: ", style=_STYLES[result.verdict])
    why.append(result.reason, style="not bold")
    return why
