"""Line folders: sweeps with series that are known number by number, each point with a calendar of its own; and readers
of what a figure shows."""

from dataclasses import dataclass

import numpy as np

from sim.experiment.execute.result_collector import COLUMNS, series_table, summary_table
from sim.experiment.results.results import Results
from sim.experiment.store.batches import Batch
from sim.experiment.store.part_writer import PartWriter
from sim.experiment.store.receipts import Failure, Receipt
from sim.experiment.store.results_folder import ResultsFolder
from tests.unit.experiment.made_up_sweeps import write_manifest

ODD_NAMES = ("<b>bold</b> & $x^2$", "社会工作 机构", "a very long name of a scenario that " + "goes on and on " * 6)
"""Names that are markup, formulas, of another script, or too long."""


@dataclass(frozen=True)
class Point:
    """A point: its scenario, and by outcome its trajectories, shape (replications, quarters)."""

    scenario: str
    values: dict
    start: str = "2010-Q1"


def wandering(seed, replications=5, quarters=6, level=10.0):
    """Trajectories that wander."""
    rng = np.random.default_rng(seed)
    return level + rng.normal(size=(replications, quarters)).cumsum(axis=1)


def line_folder(path, points, failed=()):
    """Write a comparison of points; `failed` are runs (point, replication) that have no rows."""
    path.mkdir(parents=True, exist_ok=True)
    archive = ResultsFolder(path)
    names = tuple(points[0].values)
    replications = len(points[0].values[names[0]])
    batch = Batch.product([(0, len(points) - 1)], 0, replications - 1, 0, len(points) * replications)
    runs = [run for chunk in batch.chunks() for run in chunk.runs]
    good = [run for run in runs if run not in failed]
    trajectories = [np.column_stack([points[p].values[name][r] for name in names]) for p, r in good]
    calendars = [(len(each), points[p].start) for (p, _), each in zip(good, trajectories, strict=True)]
    writer = PartWriter(path, 0)
    writer.add({"summary": summary_table(1, good, [np.ones(len(COLUMNS)) for _ in good])})
    writer.add({"series": series_table(names, good, trajectories, calendars)})
    bad = tuple(Failure(p, r, 7, points[p].scenario, "", {}, 3, "ValueError: no", "Traceback") for p, r in failed)
    archive.write_receipt(Receipt(0, len(good), bad, 1, writer.publish()))
    write_manifest(archive, [{"scenario": each.scenario, "variant": ""} for each in points], [batch], failed)
    return Results.open(path)


def columns(figure, **wanted):
    """Numbers of a figure, of the rows that have these values."""
    table = figure.numbers
    rows = range(len(next(iter(table.values()))))
    chosen = [n for n in rows if all(table[name][n] == value for name, value in wanted.items())]
    return {name: [column[n] for n in chosen] for name, column in table.items()}


def panels(figure):
    """Axes of the panels of a figure, in their order."""
    return figure.axes


def drawn(axes, colour):
    """Heights of all lines of a colour that join places, one after the other; places that two pieces share once."""
    found = {}
    for line in axes.get_lines():
        if line.get_color() == colour and line.get_linestyle() not in ("None", "none") and len(line.get_xdata()) > 1:
            found |= dict(zip(map(float, line.get_xdata()), map(float, line.get_ydata()), strict=True))
    return [found[place] for place in sorted(found)]


def words(figure):
    """Everything that is written in a figure, one text after the other."""
    texts = [text for axes in figure.axes for text in axes.texts]
    return " ".join(" ".join(text.get_text().split()) for text in [*figure.texts, *texts])
