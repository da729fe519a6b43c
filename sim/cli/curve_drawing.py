"""Curve drawing: the curves of a results folder, read and written as PNG and SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import make_folder, write_file
from sim.plots.curve_figures import OVERVIEW, figures
from sim.plots.curve_panels import PlotData
from sim.plots.figure_style import house_style, png, svg
from sim.plots.panel_declarations import OUTCOMES
from sim.plots.policy_marks import dated_policies
from sim.statistics.replication_bands import band

FOLDER = "curves"


def draw_curves(path: Path, *, only_overview: bool = False) -> list[Path]:
    """Draw every panel on its own, and all together, into the folder's `curves`.

    Parameters
    ----------
    path : Path
        A results folder; the replications that are complete are drawn.
    only_overview : bool
        Draw all panels together and none by itself.

    Returns
    -------
    list of Path
        The files written; none when no replication is complete.

    Raises
    ------
    StoreError
        If the folder cannot be read or written.
    """
    data = read_plot_data(ResultArrays.open(path))
    if not data.replications:
        return []
    make_folder(path / FOLDER)
    written: list[Path] = []
    with house_style():
        for name, figure in figures(data):
            if only_overview and name != OVERVIEW:
                break
            for ending, content in (("png", png(figure)), ("svg", svg(figure))):
                file = path / FOLDER / f"{name}.{ending}"
                write_file(file, content)
                written.append(file)
    return written


def read_plot_data(results: ResultArrays) -> PlotData:
    """Read what the figures need from a results folder."""
    trajectories = results.trajectories(OUTCOMES)
    policies = results.manifest["scenario"].get("policies", [])
    return PlotData(
        title=results.manifest["title"],
        start=results.start,
        quarters=results.quarters,
        replications=len(trajectories[OUTCOMES[0]]),
        bands={name: band(values) for name, values in trajectories.items()},
        policies=dated_policies(policies, results.start, results.quarters, read_triggers(results, policies)),
    )


def read_triggers(results: ResultArrays, policies: list[dict[str, Any]]) -> dict[str, npt.NDArray[np.bool_]]:
    """When each trigger was in force, by replication and quarter; nothing where no policy waits for any."""
    if not any("when" in policy for policy in policies):
        return {}
    table = results.parts("triggers").whole(["trigger", "in_force"])
    names = list(dict.fromkeys(table["trigger"].to_pylist()))
    found = table["in_force"].to_numpy().reshape(-1, results.quarters, len(names))
    return {name: found[:, :, n] for n, name in enumerate(names)}
