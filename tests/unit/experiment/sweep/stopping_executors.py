"""Engines that stop, as if interrupted or killed, after some chunks."""

from sim.experiment.execute.chunk_job import Receipt
from sim.experiment.execute.local_executors import Serial


class Counting(Serial):
    """Counts the chunks that it does, and stops as Ctrl-C would after some."""

    def __init__(self, most=10**9):
        self.chunks = []
        self.most = most

    def answers(self, task, chunks, most_deaths):
        for chunk, answer in super().answers(task, chunks, most_deaths):
            yield chunk, answer
            if not isinstance(answer, Receipt):
                continue  # of the pilot
            self.chunks.append(chunk.chunk.number)
            if len(self.chunks) >= self.most:
                raise KeyboardInterrupt


class Killed(BaseException):
    """The end of the process, as far as the conductor can tell in a test: nothing is written after it."""


class Mortal(Serial):
    """Ends after some chunks: by Ctrl-C, or in the middle of one, after its tables and before its summary."""

    def __init__(self, chunks, how):
        self.left = chunks
        self.how = how

    def answers(self, task, chunks, most_deaths):
        for chunk in chunks:
            answer = task(chunk)
            if isinstance(answer, Receipt):
                if not self.left and self.how is Killed:
                    task.archive.part("summary", answer.chunk).unlink()
                if not self.left:
                    raise self.how
                self.left -= 1
            yield chunk, answer
