"""Scenario report: what single scenarios give, beside observed series, and how the model behaves in them.

::

    from sim.validation.scenario_report import report_scenarios

    found = report_scenarios(["shenzhen-posts"], workers=2)
    found.observed[["date", "outcome", "observed", "simulated", "inside"]]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.declarations.input_issues import Problem, ScenarioError
from sim.experiment.design.experiment_file import Keep
from sim.experiment.execute.executor_choice import check_workers, opened_executor
from sim.experiment.execute.progress_reporter import NullProgress
from sim.experiment.store.atomic_files import make_folder, write_file
from sim.experiment.store.part_reader import QueryError
from sim.experiment.store.results_folder import json_text, parquet
from sim.observed.observed_folders import ObservedSeries, load_observed, series_of
from sim.scenario import load_scenario_file
from sim.scenario.reading.file_search import find
from sim.scenario.scenario_loading import CONVENTIONS
from sim.validation import ending_hazards, observed_comparison, predictive_power, rule_activity, weight_sensitivity
from sim.validation.observed_drawing import draw_observed_figure
from sim.validation.random_report import arrow_table
from sim.validation.replication_tables import ReplicationTables, TableCache
from sim.validation.world_loading import World
from sim.validation.world_runs import WorldRuns, check_out, make_runs, plan_world

if TYPE_CHECKING:
    from sim.experiment.execute.executor_protocol import Executor
    from sim.experiment.execute.progress_reporter import ProgressReporter

Say = Callable[[str], None]
OUT = Path("results") / "validation"
REPORT, NOTES = "by-scenario.md", "by-scenario.json"
REPLICATIONS, DRAWS, DRAWN_REPLICATIONS = 20, 50, 2
_OF_RUNS = ("observed", "survival", "hazards", "events")
_LARGE, _LARGE_REPLICATIONS = 100, 4
"""Cities from which a scenario takes seconds a run, and its replications where nothing else is asked."""


@dataclass(frozen=True)
class ScenarioReport:
    """What is reported of scenarios, as tables.

    Attributes
    ----------
    observed : DataFrame
        Observed points beside what runs gave (`sim.validation.observed_comparison.COLUMNS`).
    survival : DataFrame
        What predicts who still operates (`sim.validation.predictive_power.COLUMNS`).
    hazards : DataFrame
        Yearly risk of ending by staff and age (`sim.validation.ending_hazards.COLUMNS`).
    events : DataFrame
        How often each event happens (`sim.validation.rule_activity.COLUMNS`).
    weights : DataFrame
        Measures under other weights (`sim.validation.weight_sensitivity.COLUMNS`).
    figures : tuple of Path
        Figures of observed series that were drawn.
    folders : dict of str to Path
        Runs of each scenario.
    failures : dict of str to int
        Runs that failed, by scenario; they are left out.
    advice : tuple of str
        Lines on fonts that are lacking.
    """

    observed: pd.DataFrame
    survival: pd.DataFrame
    hazards: pd.DataFrame
    events: pd.DataFrame
    weights: pd.DataFrame
    figures: tuple[Path, ...] = ()
    folders: dict[str, Path] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    advice: tuple[str, ...] = ()

    @property
    def tables(self) -> dict[str, tuple[pd.DataFrame, dict[str, str]]]:
        """Each table with the meanings of its columns, by name."""
        return {
            "observed": (self.observed, observed_comparison.COLUMNS),
            "survival": (self.survival, predictive_power.COLUMNS),
            "hazards": (self.hazards, ending_hazards.COLUMNS),
            "events": (self.events, rule_activity.COLUMNS),
            "weights": (self.weights, weight_sensitivity.COLUMNS),
        }


def report_scenarios(
    scenarios: Sequence[str] = (),
    *,
    observed: Sequence[str | Path] = (),
    replications: int | None = None,
    draws: int | None = None,
    out: str | Path = OUT,
    workers: int | None = None,
    executor: Executor | None = None,
    reporter: ProgressReporter | None = None,
    say: Say | None = None,
) -> ScenarioReport:
    """Run scenarios, or what is left of them, and tell how they compare and behave; tables and figures are kept.

    Parameters
    ----------
    scenarios : sequence of str
        Shipped names or files; by default all of which something was observed.
    observed : sequence of str or Path
        Folders with observed series beside the shipped ones.
    replications : int, optional
        Runs of each; 20 by default, 4 of a scenario with more than a hundred cities.
    draws : int, optional
        Sets of weights; 50 by default, none for a scenario with more than a hundred cities; 0 leaves weights out.
    out : str or Path
        Folder in which everything is kept.
    workers : int, optional
        Worker processes; 0 does everything in this process; every core by default.
    executor, reporter, say
        As in `sim.validation.validate`.

    Raises
    ------
    ScenarioError
        With every problem of scenarios and observed series; nothing was run.
    QueryError
        If a number is wrong.
    StoreError
        If a folder cannot be written or read.
    KeyboardInterrupt
        As it comes; what is done stays.
    """
    check_workers(workers)
    for name, number, least in (("replications", replications, 1), ("draws", draws, 0)):
        if number is not None and number < least:
            raise QueryError(f"expected a number of {name}, a whole number from {least}; found {number}")
    say = say or (lambda _line: None)
    folder = Path(out)
    check_out(folder)
    series = load_observed(*observed)
    worlds = [_world(source, replications) for source in scenarios or [str(each.scenario) for each in series]]
    watcher = reporter or NullProgress()
    if executor is not None:
        return _reported(worlds, series, draws, folder, executor, watcher, say)
    with opened_executor(workers) as opened:
        return _reported(worlds, series, draws, folder, opened, watcher, say)


def _world(source: str, replications: int | None) -> World:
    """A scenario as it is, as a world."""
    path = find(source, Path(), CONVENTIONS.shipped_folder)
    if isinstance(path, Problem):
        raise ScenarioError([path])
    loaded = load_scenario_file(source)
    usual = _LARGE_REPLICATIONS if _is_large(loaded.scenario) else REPLICATIONS
    name, number = path.stem, replications or usual
    return World(name, name, (path.resolve(),), loaded, number)


def _is_large(scenario: Any) -> bool:
    return sum(city.count for city in scenario.cities.values()) > _LARGE


def _reported(
    worlds: Sequence[World],
    series: Sequence[ObservedSeries],
    draws: int | None,
    out: Path,
    executor: Executor,
    reporter: ProgressReporter,
    say: Say,
) -> ScenarioReport:
    keeps = {world.name: _keep(series_of(series, world.sources[0])) for world in worlds}
    runs = [plan_world(world, keeps[world.name], out, f"scenario {world.name}") for world in worlds]
    make_runs(runs, executor, reporter, say)
    weights = [_weights(world, draws, out, executor, reporter, say) for world in worlds]
    parts = [_one(each, keeps[each.world.name], series_of(series, each.world.sources[0]), out) for each in runs]
    whole = ScenarioReport(
        **{name: _together([getattr(part, name) for part in parts]) for name in _OF_RUNS},
        weights=_together(weights) if weights else pd.DataFrame(columns=list(weight_sensitivity.COLUMNS)),
        figures=tuple(path for part in parts for path in part.figures),
        folders={each.world.name: each.folder.path for each in runs},
        failures={each.world.name: len(each.failures()) for each in runs if each.failures()},
        advice=tuple(dict.fromkeys(line for part in parts for line in part.advice)),
    )
    keep_report(whole, out)
    return whole


def _together(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    several = list(tables)
    filled = [table for table in several if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else several[0]


def _keep(series: ObservedSeries | None) -> Keep:
    """What the report reads of runs."""
    columns = {
        "sector": sorted(series.outcomes if series else ("agencies",)),
        "agencies": sorted({*predictive_power.TABLES["agencies"], *ending_hazards.TABLES["agencies"]}),
        **{name: sorted(read) for name, read in rule_activity.TABLES.items()},
    }
    return Keep(tables=sorted(columns), columns=columns)


def _one(runs: WorldRuns, keep: Keep, series: ObservedSeries | None, out: Path) -> ScenarioReport:
    """All that is reported of one scenario but weights."""
    name = runs.world.name
    tables = ReplicationTables(TableCache(), runs.folder.path, runs.done(), keep.columns)
    report = ScenarioReport(
        pd.DataFrame(columns=list(observed_comparison.COLUMNS)),
        predictive_power.predictive_power(tables, name),
        ending_hazards.ending_hazards(tables, name),
        rule_activity.event_activity(tables, name),
        pd.DataFrame(columns=list(weight_sensitivity.COLUMNS)),
    )
    if series is None or not tables.replications:
        return report
    trajectories = observed_comparison.read_trajectories(tables, series.outcomes)
    figures, advice = draw_observed_figure(series, trajectories, out / "observed", runs.asked)
    compared = observed_comparison.compare_observed(series, trajectories)
    return replace(report, observed=compared, figures=tuple(figures), advice=(advice,) if advice else ())


def _weights(
    world: World, draws: int | None, out: Path, executor: Executor, reporter: ProgressReporter, say: Say
) -> pd.DataFrame:
    """Measures under other weights; empty where that would take too long and was not asked for."""
    if draws is None and _is_large(world.loaded.scenario):
        say(f"{world.name}: weights are left out, because a run takes seconds; ask for draws to have them")
    elif draws != 0:
        where = (world.sources[0], out, executor, reporter)
        try:
            return weight_sensitivity.weight_sensitivity(*where, draws=draws or DRAWS, replications=DRAWN_REPLICATIONS)
        except QueryError as error:
            say(f"{world.name}: weights are left out: {error}")
    return pd.DataFrame(columns=list(weight_sensitivity.COLUMNS))


def keep_report(found: ScenarioReport, out: Path) -> None:
    """Write every table as Parquet, with the meanings of its columns, and all as Markdown.

    Raises
    ------
    StoreError
        If a file cannot be written.
    """
    make_folder(out)
    for name, (table, columns) in found.tables.items():
        write_file(out / f"by-scenario-{name}.parquet", parquet(arrow_table(table, columns)))
    notes = {
        name: [{"name": each, "meaning": meaning} for each, meaning in columns.items()]
        for name, (_, columns) in found.tables.items()
    }
    write_file(out / NOTES, json_text(notes))
    write_file(out / REPORT, f"# By scenario\n\n{report_markdown(found)}\n".encode())


def report_text(found: ScenarioReport) -> str:
    """All tables for a terminal; those without a row are left out."""
    parts = (
        observed_comparison.observed_text(found.observed) if len(found.observed) else "",
        predictive_power.power_text(found.survival),
        ending_hazards.hazards_text(found.hazards) if len(found.hazards) else "",
        rule_activity.activity_text(found.events),
        weight_sensitivity.weights_text(found.weights) if len(found.weights) else "",
    )
    return "\n\n".join(filter(None, parts))


def report_markdown(found: ScenarioReport) -> str:
    """All tables for a document; those without a row are left out."""
    parts = (
        observed_comparison.observed_markdown(found.observed) if len(found.observed) else "",
        predictive_power.power_markdown(found.survival),
        ending_hazards.hazards_markdown(found.hazards) if len(found.hazards) else "",
        rule_activity.activity_markdown(found.events),
        weight_sensitivity.weights_markdown(found.weights) if len(found.weights) else "",
    )
    return "\n\n".join(filter(None, parts))
