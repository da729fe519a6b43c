"""The plot worker: a process of its own that loads matplotlib while the simulation runs, then draws.

Loading it takes about as long as loading the compiled rules; side by side on two cores, a `sim run` of one
replication is a third shorter.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar, cast

from sim.experiment.execute.executor_protocol import WorkerLostError
from sim.experiment.execute.process_executor import Worker

Drawn = TypeVar("Drawn")


class PlotWorker(Generic[Drawn]):
    """Draws what a results folder should hold; a context manager around the runs that fill it.

    Parameters
    ----------
    path : Path
        The results folder.
    draw : callable
        A function of a module, which draws and returns what is to be said of that.
    """

    def __init__(self, path: Path, draw: Callable[[Path], Drawn]) -> None:
        self.path, self.draw = path, draw
        self.worker = Worker(method="spawn")
        self.worker.give((_warm_up, ()))

    def __enter__(self) -> PlotWorker[Drawn]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.worker.dismiss()

    def begin(self) -> None:
        """Begin to draw; the answer to the warm-up, long there, is not waited for."""
        self.worker.give((self.draw, (self.path,)))

    def finish(self) -> Drawn:
        """Wait until everything is drawn; once after `begin`.

        Returns
        -------
        Drawn
            What `draw` returns.

        Raises
        ------
        StoreError
            If files cannot be written.
        """
        try:
            self.worker.take()  # the warm-up
            return cast("Drawn", self.worker.take())
        except WorkerLostError:
            # Killed for want of memory, say. Drawing twice does no harm.
            return self.draw(self.path)


def draw_run(path: Path) -> str:
    """Draw the curves of a run; returns a line on fonts, where one is lacking."""
    from sim.cli.curve_drawing import draw_curves

    return draw_curves(path).advice


def _warm_up() -> None:
    """Load all that is needed, and draw something once."""
    from sim.plots.curve_figures import warm_up_plots

    warm_up_plots()
