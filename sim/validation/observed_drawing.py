"""Observed drawing: figures of observed and simulated series, written as PNG and SVG."""

from __future__ import annotations

from pathlib import Path

from sim.experiment.store.atomic_files import make_folder, write_file
from sim.observed.observed_distance import Trajectories
from sim.observed.observed_figure_data import observed_figure_data
from sim.observed.observed_folders import ObservedSeries
from sim.plots.figure_style import house_style, png, svg
from sim.plots.font_advice import font_advice, order_advice
from sim.plots.font_choice import choose_fonts
from sim.plots.observed_figures import ObservedData, observed_figure, texts
from sim.plots.policy_marks import dated_policies
from sim.scenario import load_scenario
from sim.scenario.full_values import full_values


def draw_observed_figure(
    series: ObservedSeries, trajectories: Trajectories, folder: Path, asked: int = 0
) -> tuple[list[Path], str]:
    """Draw what was observed of a scenario over what its runs gave, as ``observed-NAME.png`` and ``.svg``.

    Parameters
    ----------
    series : ObservedSeries
        What was observed.
    trajectories : mapping of str to float array, shape (replications, quarters)
        At least the outcomes of the series.
    folder : Path
        Where the files are written.
    asked : int
        Replications that were asked for, some of which may have failed.

    Returns
    -------
    list of Path, str
        The files, and a line of advice on fonts where characters cannot be drawn; else empty.

    Raises
    ------
    StoreError
        If a file cannot be written.
    """
    data = observed_data(series, trajectories, asked)
    make_folder(folder)
    fonts = choose_fonts(texts(data))
    written = []
    with house_style(fonts.families):
        figure = observed_figure(data)
        for ending, content in (("png", png(figure)), ("svg", svg(figure))):
            file = folder / f"observed-{series.name}.{ending}"
            write_file(file, content)
            written.append(file)
    return written, ". ".join(filter(None, (font_advice(fonts.missing), order_advice(texts(data)))))


def observed_data(series: ObservedSeries, trajectories: Trajectories, asked: int = 0) -> ObservedData:
    """What the figure shows, with the policies of the series' scenario."""
    policies = full_values(load_scenario(series.scenario))["policies"]
    marks = dated_policies(policies, series.start, series.quarters)
    return observed_figure_data(series, trajectories, marks, asked)
