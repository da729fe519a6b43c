"""The command `sim compare`: scenarios over replications with common random numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.ending_messages import finishing, report_end
from sim.cli.shared_options import MEASURE_NAMES, Measure, names_in, parse_measure, report_errors, wrong
from sim.cli.sweep_commands import Dask, Workers, context

if TYPE_CHECKING:
    from sim.experiment.execute.coordinator import Report

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
    Measure,
    typer.Option(
        parser=parse_measure,
        metavar=MEASURE_NAMES,
        help="What counts of a run: the mean of its last year, or of all its quarters, ...",
    ),
]
Outcomes = Annotated[
    str | None, typer.Option(help="Outcomes to report, with commas.  [default: the main ones]", show_default=False)
]
Seed = Annotated[int, typer.Option(min=0, max=2**53 - 1, help="Same seed, same results.")]
Quarters = Annotated[int | None, typer.Option(min=1, max=400, help="Length of a run.", show_default=False)]
Out = Annotated[
    Path | None, typer.Option(help="Folder; one with this comparison in it is gone on with.", show_default=False)
]


def compare(
    base: Annotated[str, typer.Argument(help="Scenario file, or the name of a shipped scenario.")],
    others: Annotated[list[str], typer.Argument(help="Those to compare with it.", metavar="OTHER...")],
    replications: Replications = None,
    until_ci: UntilCI = None,
    most: Most = None,
    measure: Reduced = Measure.YEAR,
    outcomes: Outcomes = None,
    seed: Seed = 1,
    quarters: Quarters = None,
    out: Out = None,
    workers: Workers = None,
    dask: Dask = None,
) -> None:
    """Compare scenarios over replications with common random numbers: medians, the difference, and how sure it is."""
    from sim.experiment.design.comparison_design import MOST, comparison_design
    from sim.experiment.execute import requests
    from sim.experiment.execute.process_environment import stay_light
    from sim.experiment.store.folder_claim import usual_folder

    _refuse_contradictions(replications, until_ci, most)
    stay_light()
    named = names_in(outcomes)
    with report_errors():
        design = comparison_design(
            base,
            others,
            replications=replications,
            until=None if until_ci is None else _target(until_ci),
            most=most or MOST,
            measure=measure.value,
            outcomes=named,
            seed=seed,
            quarters=quarters,
        )
        path = out or usual_folder(f"compare-{Path(base).stem}", date.today())
        with context(path, workers, dask) as where:
            report = requests.sweep(design, path, where)
        with finishing(report, path):
            _show(report, path, measure.value, named)
        report_end(report, path, "")


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


def _show(report: Report, path: Path, measure: str, outcomes: list[str]) -> None:
    """Print the comparison, where there is any run."""
    if not report.done:
        return
    from sim.cli.shared_options import console
    from sim.cli.terminal.comparison_table import comparison_table
    from sim.experiment.results.comparison_results import Comparison
    from sim.experiment.results.result_arrays import ResultArrays

    screen = console()
    comparison = Comparison.of(ResultArrays.open(path), outcomes or None, measure)
    screen.print(comparison_table(comparison, screen.width))
