"""The plot worker: a process of its own that loads matplotlib while the simulation runs, then draws the curves.

Loading it takes about as long as loading the compiled rules; side by side on two cores, a `sim run` of one
replication is a third shorter.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from sim.experiment.execute.executor_protocol import WorkerLostError
from sim.experiment.execute.process_executor import Worker


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
        self.worker.give((_draw, (None,)))

    def __enter__(self) -> PlotWorker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.worker.dismiss()

    def begin(self) -> None:
        """Begin to draw; the answer to the warm-up, long there, is not waited for."""
        self.worker.give((_draw, (self.path,)))

    def finish(self) -> str:
        """Wait until everything is drawn; once after `begin`.

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
            self.worker.take()  # the warm-up
            return str(self.worker.take())
        except WorkerLostError:
            # Killed for want of memory, say. Drawing twice does no harm.
            return _draw(self.path)


def _draw(path: Path | None) -> str:
    """Draw the curves of a folder, or none: load all that is needed, and draw something once to warm up.

    Returns advice on fonts.
    """
    from sim.cli.curve_drawing import draw_curves
    from sim.plots.curve_figures import warm_up_plots

    if path is None:
        warm_up_plots()
        return ""
    return draw_curves(path).advice
