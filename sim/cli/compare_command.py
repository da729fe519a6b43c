"""The command `sim compare`: scenarios over replications with common random numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.compared_folders import compare_folders
from sim.cli.completions import outcome_names, scenario_names
from sim.cli.ending_messages import end_if_interrupted, finishing, report_end
from sim.cli.figure_keeping import show_and_draw
from sim.cli.shared_options import (
    MEASURE_NAMES,
    At,
    From,
    Measure,
    Since,
    To,
    asked_measure,
    not_an_experiment,
    outcomes_in,
    parse_measure,
    report_errors,
    wrong,
)
from sim.cli.sweep_commands import Dask, Workers, context, drawing

Replications = Annotated[
    int | None, typer.Option(min=2, help="Runs of each scenario.  [default: 100]", show_default=False)
]
UntilCI = Annotated[
    str | None,
    typer.Option(
        metavar="OUTCOME=WIDTH",
        help="Go on until the 95 % interval of the outcome's difference is narrower than this; begins with "
        "20 pairs of runs.",
        show_default=False,
    ),
]
Most = Annotated[
    int | None,
    typer.Option(
        min=2, help="With --until-ci: replications at which to stop anyway.  [default: 1000]", show_default=False
    ),
]
Reduced = Annotated[
    Measure | None,
    typer.Option(
        parser=parse_measure,
        metavar=MEASURE_NAMES,
        help="What counts of a run: the mean of its last year, or of all its quarters, ...  [default: year]",
        show_default=False,
    ),
]
Outcomes = Annotated[
    str | None,
    typer.Option(
        help="Outcomes to report, with commas.  [default: the main ones]",
        show_default=False,
        autocompletion=outcome_names,
    ),
]
WithPopulations = Annotated[
    bool,
    typer.Option(
        "--populations",
        help="Also compare agencies over populations: operating, by staff, constant panel, and of 100 when the "
        "scenarios part; keeps more of each run.",
    ),
]
Seed = Annotated[int, typer.Option(min=0, max=2**53 - 1, help="Same seed, same results.")]
Quarters = Annotated[int | None, typer.Option(min=1, max=400, help="Length of a run.", show_default=False)]
Out = Annotated[
    Path | None, typer.Option(help="Folder; one with this comparison in it is gone on with.", show_default=False)
]


Base = Annotated[
    str,
    typer.Argument(
        help="Scenario file, or the name of a shipped scenario; or a folder of results.", autocompletion=scenario_names
    ),
]
Others = Annotated[
    list[str],
    typer.Argument(
        help="Those to compare with it; a.yaml+b.yaml is what both change of their common base; folders with a folder.",
        metavar="OTHER...",
        autocompletion=scenario_names,
    ),
]


def compare(
    base: Base,
    others: Others,
    replications: Replications = None,
    until_ci: UntilCI = None,
    most: Most = None,
    measure: Reduced = None,
    at: At = None,
    first: From = None,
    to: To = None,
    since: Since = None,
    outcomes: Outcomes = None,
    populations: WithPopulations = False,
    seed: Seed = 1,
    quarters: Quarters = None,
    out: Out = None,
    workers: Workers = None,
    dask: Dask = None,
) -> None:
    """Compare scenarios over replications with common random numbers: medians, the difference, and how sure it is.

    Folders of results are compared as they are, run by run; what was made by other rules is said.
    """
    given: dict[str, object] = {
        "--replications": replications,
        "--until-ci": until_ci,
        "--most": most,
        "--quarters": quarters,
    }
    given |= {"--populations": populations, "--out": out, "--workers": workers, "--dask": dask}
    given |= {"--seed": seed != 1}
    if any(Path(each).is_dir() for each in (base, *others)):
        counted = asked_measure(measure, at, first, to, since) or Measure.YEAR.value
        with report_errors():
            compare_folders([base, *others], counted, outcomes_in(outcomes), [key for key in given if given[key]])
        return
    _refuse_contradictions(replications, until_ci, most)
    options = {
        "replications": replications,
        "until": None if until_ci is None else _target(until_ci),
        "measure": asked_measure(measure, at, first, to, since) or Measure.YEAR.value,
        "outcomes": outcomes_in(outcomes),
        "populations": populations,
        "seed": seed,
        "quarters": quarters,
    } | ({} if most is None else {"most": most})
    with report_errors():
        for scenario in (base, *others):
            not_an_experiment(scenario)
        _run([base, *others], options, out, workers, dask)


def _run(
    scenarios: list[str], options: dict[str, Any], out: Path | None, workers: int | None, dask: str | None
) -> None:
    """Run what is left of a comparison, and print it."""
    from sim.experiment.design.comparison_design import comparison_design, series_for
    from sim.experiment.execute import requests
    from sim.experiment.execute.process_environment import stay_light
    from sim.experiment.store.folder_claim import usual_folder

    stay_light()
    base, *others = scenarios
    wanted = series_for(options["measure"], options["outcomes"], options["until"])
    kept = wanted
    if out is not None:
        kept = _kept_before(out, wanted)
        options["populations"] = options["populations"] or _keeps_populations(out)
    design = comparison_design(base, others, **options, kept=kept)
    path = out or usual_folder(f"compare-{Path(base).stem}", date.today())
    what = ""
    with drawing(path) as plotter:
        with context(path, workers, dask) as where:
            report = requests.sweep(design, path, where)
        end_if_interrupted(report, path)
        with finishing(report, path):
            if report.done:
                what = show_and_draw(plotter, report, lambda: _show(path, options["measure"]))
    report_end(report, path, what)


def _kept_before(path: Path, wanted: list[str]) -> list[str]:
    """Outcomes that the comparison keeps by quarter: those that its folder keeps, where they are enough.

    What is printed of a comparison may change when it is gone on with; what is kept of a run may not.
    """
    from sim.experiment.store.atomic_files import StoreError
    from sim.experiment.store.results_folder import ResultsFolder

    try:
        there = ResultsFolder(path).read_manifest()["keep"]["series"]
    except (StoreError, KeyError):
        return wanted
    return list(there) if set(wanted) <= set(there) else wanted


def _keeps_populations(path: Path) -> bool:
    """Whether the comparison of a folder keeps what populations need."""
    from sim.experiment.design.comparison_design import POPULATION_TABLE
    from sim.experiment.store.atomic_files import StoreError
    from sim.experiment.store.results_folder import ResultsFolder

    try:
        return POPULATION_TABLE in ResultsFolder(path).read_manifest()["keep"]["tables"]
    except (StoreError, KeyError):
        return False


def _refuse_contradictions(replications: int | None, until_ci: str | None, most: int | None) -> None:
    """Refuse options that say in two ways when to stop."""
    if replications is not None and until_ci is not None:
        raise wrong("--replications and --until-ci cannot stand together; --most says where to stop")
    if most is not None and until_ci is None:
        raise wrong("--most says where --until-ci stops; without it, give --replications")


def _target(text: str) -> tuple[str, float]:
    """Read OUTCOME=WIDTH."""
    name, _, width = text.partition("=")
    try:
        value = float(width)
    except ValueError:
        value = 0.0
    if not name or not 0.0 < value < float("inf"):
        raise wrong(f"--until-ci {text!r} is no target; expected OUTCOME=WIDTH, such as unmet_need=0.01")
    return name, value


def _show(path: Path, measure: str) -> None:
    """Print the comparison: of the outcomes that were named, or of the main ones and the one that had to be exact."""
    from rich.console import Group

    from sim.cli.table_keeping import print_and_keep
    from sim.cli.terminal.comparison_table import comparison_table
    from sim.cli.terminal.entry_exit_table import tables_of_comparison
    from sim.cli.terminal.population_table import population_table
    from sim.experiment.design.comparison_design import POPULATION_TABLE
    from sim.experiment.results.comparison_results import Comparison
    from sim.experiment.results.population_comparison import Populations
    from sim.experiment.results.result_arrays import ResultArrays

    opened = ResultArrays.open(path)
    # A comparison by date is of the outcomes whose series are kept.
    comparison = Comparison.of(opened, None if measure in list(Measure) else opened.shown, measure)
    if POPULATION_TABLE not in opened.tables:
        print_and_keep(path, lambda width: comparison_table(comparison, width, opened.shown))
        return
    populations = [
        population_table(Populations.of(opened, other.point), comparison.base, other.label)
        for other in comparison.others
    ]
    below = tables_of_comparison(opened, comparison.base, [(other.label, other.point) for other in comparison.others])
    print_and_keep(path, lambda width: Group(comparison_table(comparison, width, opened.shown), *populations, *below))
