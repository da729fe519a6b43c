"""The plot worker: a process of its own that loads matplotlib while the simulation runs, then draws the curves.

Loading it takes about as long as loading the compiled rules; side by side on two cores, a `sim run` of one
replication is a third shorter.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from sim.experiment.execute.executor_protocol import WorkerLostError
from sim.experiment.execute.process_executor import Worker

_BRIEFLY = 5.0
"""Seconds that drawing may take at most after Ctrl-C; where nothing else runs it takes half a second."""


class PlotWorker:
    """Draws the curves of a results folder; a context manager around the run that fills it.

    Parameters
    ----------
    path : Path
        The results folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.worker = Worker(method="spawn")
        self.briefly = False
        self.worker.give((_draw, (None, False)))

    def __enter__(self) -> PlotWorker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.worker.dismiss()

    def begin(self, *, briefly: bool = False) -> None:
        """Begin to draw; the answer to the warm-up, long there, is not waited for.

        Parameters
        ----------
        briefly : bool
            Draw all panels together and none by itself: the user has asked for an end.
        """
        self.briefly = briefly
        self.worker.give((_draw, (self.path, briefly)))

    def finish(self) -> str:
        """Wait until everything is drawn, or for a moment where it was to be brief; once after `begin`.

        Returns
        -------
        str
            A line that says which font to install, where one is lacking; else empty.

        Raises
        ------
        StoreError
            If the curves cannot be written.
        """
        try:
            if self.briefly and not self.worker.pipe.poll(_BRIEFLY):
                return ""
            self.worker.take()  # the warm-up
            if self.briefly and not self.worker.pipe.poll(_BRIEFLY):
                return ""
            return str(self.worker.take())
        except WorkerLostError:
            # Killed for want of memory, say. Drawing twice does no harm.
            return _draw(self.path, self.briefly)


def _draw(path: Path | None, briefly: bool) -> str:
    """Draw the curves of a folder, or none: load all that is needed, and draw something once to warm up.

    Returns advice on fonts.
    """
    from sim.cli.curve_drawing import draw_curves
    from sim.plots.curve_figures import warm_up_plots

    if path is None:
        warm_up_plots()
        return ""
    return draw_curves(path, only_overview=briefly).advice
