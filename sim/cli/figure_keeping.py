"""Figure keeping: pictures that a comparison or a sweep leaves in its results folder, as a run leaves its curves.

They are drawn by a process of their own while the table is printed.  One that cannot be drawn is said in a line, and
nothing else fails for it.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.cli.plot_worker import PlotWorker
from sim.cli.quiet_option import note

if TYPE_CHECKING:
    from sim.experiment.execute.coordinator import Report
    from sim.experiment.results.result_arrays import ResultArrays

FOLDER = "figures"
"""Folder within a results folder for figures that are given no place."""
_FORMATS = ("png", "svg")


class KeptFigures(NamedTuple):
    """What was drawn.

    Attributes
    ----------
    files : tuple of str
        Names within the folder.
    notes : tuple of str
        What is left out of figures, a sentence each.
    failed : tuple of str
        Which figures could not be drawn and why, a line each.
    """

    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def keep_figures(path: Path) -> KeptFigures:
    """Draw the usual kinds of a comparison or a sweep into its folder; a run has its curves.

    Parameters
    ----------
    path : Path
        A results folder.

    Returns
    -------
    KeptFigures
        Never fails: what cannot be drawn is in it.
    """
    from sim.experiment.results.figure_data.figure_making import usual_kinds
    from sim.experiment.results.result_arrays import ResultArrays

    try:
        results = ResultArrays.open(path)
        kinds = usual_kinds(results) if results.done and results.kind != "run" else []
    except Exception as error:
        return KeptFigures(failed=(_failure("figures are", error),))
    drawn = list(_drawn(results, kinds))
    files, notes, failed = (tuple(dict.fromkeys(each for one in drawn for each in one[n])) for n in range(3))
    return KeptFigures(files, notes, failed)


def _drawn(results: ResultArrays, kinds: list[str]) -> Iterator[KeptFigures]:
    """Draw kind after kind."""
    from sim.experiment.results.figure_data.figure_facts import lasting_facts
    from sim.experiment.results.figure_data.figure_making import make_figure
    from sim.experiment.store.atomic_files import make_folder, write_file
    from sim.plots.figure_style import rendered

    for kind in kinds:
        try:
            made = make_figure(results, kind, command=f"sim plot RESULTS --kind {kind}")
            made.figure.facts = lasting_facts(dict(made.figure.facts))
            make_folder(results.path / FOLDER)
            names = [f"{FOLDER}/{kind}.{ending}" for ending in _FORMATS]
            for name, ending in zip(names, _FORMATS, strict=True):
                write_file(results.path / name, rendered(made.figure, ending))
        except Exception as error:  # A picture that is lacking must not cost a sweep its table and its status.
            yield KeptFigures(failed=(_failure(f"the figure {kind} is", error),))
        else:
            yield KeptFigures(tuple(names), made.notes)


def _failure(what: str, error: Exception) -> str:
    """One line on what could not be drawn."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return f"{what} not drawn: {reason}"


def show_and_draw(plotter: PlotWorker[KeptFigures], report: Report, show: Callable[[], None]) -> str:
    """Show the table of a folder while its figures are drawn, and say what cannot be drawn.

    Parameters
    ----------
    plotter : PlotWorker
        With `keep_figures`.
    report : Report
        How the runs ended; where some are still to be done by others, or nothing can be written, nothing is drawn.
    show : callable
        Prints the table.

    Returns
    -------
    str
        What lies in the folder, for the closing line; may be empty.
    """
    if report.read_only or report.status == "unfinished":
        show()
        return ""
    plotter.begin()
    try:
        show()
    except OSError:
        # Nobody takes the table, but the figures go into the folder.
        plotter.finish()
        raise
    return say_kept(plotter.finish(), plotter.path)


def say_kept(kept: KeptFigures, path: Path) -> str:
    """Say what could not be drawn.

    Returns
    -------
    str
        As `show_and_draw`.
    """
    for words in kept.notes:
        note(f"note: {words}")
    for words in kept.failed:
        print(f"sim: {words}. To draw it: sim plot {shlex.quote(str(path))}", file=sys.stderr)
    pictures = [name for name in kept.files if name.endswith(".png")]
    if not pictures:
        return ""
    return f"summary.csv, and {'the figure' if len(pictures) == 1 else 'figures such as'} {pictures[0]}"
