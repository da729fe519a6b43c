"""Curve drawing: the curves of a results folder, read and written as PNG and SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.results.figure_data.parameter_reach import parameter_reach
from sim.experiment.results.figure_data.point_policies import read_triggers
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import make_folder, write_file
from sim.plots.counted_values import CountedValues
from sim.plots.curve_figures import figures, texts
from sim.plots.curve_panels import PlotData
from sim.plots.figure_style import house_style, png, svg
from sim.plots.font_advice import font_advice, order_advice
from sim.plots.font_choice import choose_fonts
from sim.plots.panel_declarations import LINES, OUTCOMES
from sim.plots.policy_marks import dated_policies
from sim.statistics.replication_bands import band

FOLDER = "curves"


class Drawn(NamedTuple):
    """What was drawn.

    Attributes
    ----------
    files : list of Path
        The files written; none when no replication is complete.
    advice : str
        A line that says which font or version to install where characters cannot be drawn; else empty.
    """

    files: list[Path]
    advice: str = ""


def draw_curves(path: Path) -> Drawn:
    """Draw every panel on its own, and all together, into the folder's `curves`.

    Parameters
    ----------
    path : Path
        A results folder; the replications that are complete are drawn.

    Returns
    -------
    Drawn
        The files, and advice on fonts.

    Raises
    ------
    StoreError
        If the folder cannot be read or written.
    """
    data = read_plot_data(ResultArrays.open(path))
    if not data.replications:
        return Drawn([])
    make_folder(path / FOLDER)
    written: list[Path] = []
    fonts = choose_fonts(texts(data))
    with house_style(fonts.families):
        for name, figure in figures(data):
            for ending, content in (("png", png(figure)), ("svg", svg(figure))):
                file = path / FOLDER / f"{name}.{ending}"
                write_file(file, content)
                written.append(file)
    advice = font_advice(fonts.missing), order_advice(texts(data))
    return Drawn(written, ". ".join(filter(None, advice)))


def read_plot_data(results: ResultArrays) -> PlotData:
    """Read what the figures need from a results folder."""
    trajectories = results.trajectories(OUTCOMES)
    policies = results.manifest["scenario"].get("policies", [])
    replications = len(trajectories[OUTCOMES[0]])
    units = {outcome.name: outcome.unit for outcome in SECTOR}
    fired = read_triggers(results, policies, 0, results.quarters)
    return PlotData(
        title=results.manifest["title"],
        start=results.start,
        quarters=results.quarters,
        replications=replications,
        values={
            line.outcome: CountedValues.from_band(
                line.label, units[line.outcome], band(trajectories[line.outcome]), replications, line.undefined_when
            )
            for line in LINES
        },
        policies=dated_policies(policies, results.start, results.quarters, fired),
        asked=results.progress().runs,
        **read_reaches(results),
    )


def read_reaches(results: ResultArrays) -> dict[str, Any]:
    """How far outcomes reach under other sets of parameters, if the folder of a run holds such runs."""
    found = parameter_reach(results, OUTCOMES)
    return {"reaches": found.ends, "sets": (found.sets, found.runs)} if found.ends else {}
