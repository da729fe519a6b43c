"""Executors that stop, as if interrupted or killed, after some chunks."""

from sim.experiment.execute.executor_protocol import SerialExecutor
from sim.experiment.store.receipts import Receipt


class Counting(SerialExecutor):
    """Counts the chunks that it does, and stops as Ctrl-C would after some."""

    def __init__(self, most=10**9):
        self.chunks = []
        self.most = most

    def submit(self, fn, /, *args):
        if len(self.chunks) >= self.most:
            raise KeyboardInterrupt
        future = super().submit(fn, *args)
        if future.exception() is None and isinstance(future.result(), Receipt):  # not of the pilot
            self.chunks.append(future.result().chunk)
        return future


class Killed(BaseException):
    """The end of the process, as far as the coordinator can tell in a test: nothing is written after it."""


class Mortal(SerialExecutor):
    """Ends after some chunks: by Ctrl-C, or in the middle of one, after its tables and before its receipt."""

    def __init__(self, chunks, how):
        self.left = chunks
        self.how = how

    def submit(self, fn, /, *args):
        future = super().submit(fn, *args)
        if future.exception() is None and isinstance(future.result(), Receipt):
            if not self.left and self.how is Killed:
                fn.folder.receipt_path(future.result().chunk).unlink()
            if not self.left:
                raise self.how
            self.left -= 1
        return future
