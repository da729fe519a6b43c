"""Report writing: all that a report says, put together as one HTML page."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from sim.experiment.results.comparison_results import point_labels
from sim.experiment.results.entry_and_exit_results import keeps_agencies
from sim.experiment.results.figure_data.point_series import kept_by_quarter, read_point_series
from sim.experiment.results.results import Results
from sim.output.outcome_measures import measure_note
from sim.pages.page_rendering import add_templates, render_page
from sim.pages.page_table import PageTable
from sim.report.difference_sentences import Findings, difference_findings
from sim.report.evidence_choice import chosen_evidence
from sim.report.level_sentences import level_findings
from sim.report.money_tables import entry_exit_counts, event_table, flow_table, payments_table
from sim.report.outcome_tables import difference_tables, point_table
from sim.report.passing_differences import passing_differences
from sim.report.pattern_evidence import checks_table, evidence_of, evidence_table, without_evidence
from sim.report.population_tables import split_tables
from sim.report.report_figures import report_figures
from sim.report.report_sources import FLOWS, ReportKind, ReportSources, first_with_runs, open_sources
from sim.report.reproduction import citation, failure_table, reproductions, unfinished_words
from sim.report.scenario_contrasts import axis_table, contrast_table, policy_table, report_scenarios
from sim.report.set_parameters import default_table, set_table
from sim.report.trend_sentences import trend_findings

MOST_COLUMNS = 8
"""Points beyond which tables with a column for each are left out."""


def make_report(paths: Sequence[str | os.PathLike[str]], title: str = "", command: str = "") -> str:
    """Make the report of results folders.

    Parameters
    ----------
    paths : sequence of str or path
        A run, a comparison or a sweep; or several folders, which are compared with the first.
    title : str
        Heading; that of the results by default.
    command : str
        What asks for it, for the facts that figures carry.

    Returns
    -------
    str
        The page.

    Raises
    ------
    StoreError, WrongInputError, QueryError
        As in `sim.report.report_sources.open_sources`.
    """
    sources = open_sources(paths)
    scenarios = report_scenarios(sources.folders)
    add_templates("sim.report")
    values = {
        "title": title or _title(sources),
        "kind": sources.kind.value,
        "question": str(sources.first.experiment.get("question") or ""),
        "scenarios": scenarios,
        "several": len(scenarios) > 1,
        "doubts": [*sources.doubts, *unfinished_words(sources.folders)],
        "findings": _findings(sources),
        "measure": measure_note(sources.measure, max(folder.quarters for folder in sources.folders)),
        "contrasts": contrast_table(scenarios),
        "own_policies": policy_table(scenarios, shared=False) if len(scenarios) > 1 else None,
        "policies": policy_table(scenarios, shared=True),
        "axes": axis_table(sources.first) if sources.kind is ReportKind.SWEEP else None,
        "figures": report_figures(sources.folders, sources.kind is ReportKind.SWEEP, command),
        "set_table": set_table(scenarios[0]),
        "defaults": default_table(scenarios[0]),
        "base": scenarios[0],
        "failures": failure_table(sources.folders),
        "reproductions": reproductions(sources.folders),
        **_tables(sources),
        **_evidence(sources),
    }
    values["sentence"], values["bibtex"] = citation(sources.folders)
    return render_page("report/report.html", **values)


def _title(sources: ReportSources) -> str:
    if sources.kind is ReportKind.FOLDERS:
        titles = dict.fromkeys(folder.title for folder in sources.folders)
        return " and ".join(titles) if len(titles) <= 2 else f"{next(iter(titles))} and {len(titles) - 1} others"
    return sources.first.title


def _findings(sources: ReportSources) -> list[Findings]:
    if sources.comparison is not None:
        found = difference_findings(sources.comparison, sources.whole)
        if sources.kind is ReportKind.COMPARISON:
            base = first_with_runs(sources.first)
            for each, earlier in zip(found, passing_differences(sources.first, sources.comparison, base), strict=False):
                each.earlier.extend(earlier)
        return found
    results = sources.first
    shown = [name for name in results.shown if name in results.outcomes]
    if sources.kind is ReportKind.SWEEP:
        return level_findings(results, shown, results.measure)
    by_quarter = kept_by_quarter(results)
    names = [name for name in [*shown, *FLOWS] if name in by_quarter]
    return [trend_findings(series, names) for series in read_point_series(results, names)] if names else []


def _tables(sources: ReportSources) -> dict[str, Any]:
    """Tables of outcomes, money, entry and exit."""
    folders, first = sources.folders, sources.first
    shown = [[name for name in folder.shown if name in folder.outcomes] for folder in folders]
    points = [
        point_table(folder, names, folder.measure, n)
        for n, (folder, names) in enumerate(zip(folders, shown, strict=True), 1)
    ]
    labels = [_labels(folder, len(folders)) for folder in folders]
    few = sum(map(len, labels)) <= MOST_COLUMNS
    differences = difference_tables(sources.comparison) if sources.comparison is not None else []
    over_time = (
        difference_tables(sources.whole, "differences-whole", ", over the whole run")
        if sources.whole is not None
        else []
    )
    alone = sources.kind is ReportKind.RUN
    return {
        "points": points,
        "differences": [*differences, *over_time],
        "payments": payments_table(folders, labels) if few else None,
        "counts": entry_exit_counts(folders, labels) if few else None,
        "many_points": not few,
        "events": event_table(first) if alone else None,
        "flows": flow_table(first) if alone else None,
        "splits": _splits(folders),
    }


def _labels(folder: Results, folders: int) -> list[str]:
    labels = point_labels(folder)
    if folders == 1:
        return labels
    return [str(folder.path)] if len(labels) == 1 else [f"{folder.path}, {label}" for label in labels]


def _splits(folders: Sequence[Results]) -> list[PageTable]:
    kept = [folder for folder in folders if keeps_agencies(folder)]
    return [table for n, folder in enumerate(kept, 1) for table in split_tables(folder, n)]


def _evidence(sources: ReportSources) -> dict[str, Any]:
    """What patterns say of the outcomes that the report is about."""
    names = dict.fromkeys(
        name for folder in sources.folders for name in [*folder.shown, *FLOWS] if name in folder.outcomes
    )
    evidence, remark = chosen_evidence(sources.first.manifest)
    found = evidence_of(names, evidence.checks)
    tables = {"evidence": evidence_table(found), "checks": checks_table(found)}
    return {**tables, "without_evidence": without_evidence(found), "evidence_remark": remark}
