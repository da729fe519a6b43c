"""Worker process: runs what it is asked for, and between two runs looks whether something newer is wished.

Started as ``python -m sim.live.worker_process DESCRIPTOR``, with one end of a socket pair; it ends when the other end
is closed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections import OrderedDict, deque
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

import numpy as np

from sim.live.wish import Wish
from sim.live.worker_messages import Answer, Begun, Compiling, Order, Question, Ready, Refused, RunDone, RunFailed

if TYPE_CHECKING:
    from sim.model.setup.compiled_scenario import CompiledScenario
    from sim.run import RunResult
    from sim.scenario import Scenario

_BEHIND = 5
"""Steps of priority behind the process that started this one."""
_KEPT = 8
"""Compiled scenarios that are kept; a held setting and the newest take turns."""


@dataclass
class Prepared:
    """A compiled wish, with a result whose arrays the next run writes over.

    Attributes
    ----------
    key : (Wish, int)
        The wish without what differs between its runs, and when its file was last changed.
    """

    key: tuple[Wish, int]
    scenario: Scenario
    compiled: CompiledScenario
    last: RunResult | None = None


class LiveWorker:
    """What a worker has to do, and how it does it; one run or answer a step.

    Parameters
    ----------
    pipe : Connection
        Where orders come from and results go to.
    """

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._orders: OrderedDict[str, Order] = OrderedDict()
        self._questions: list[Question] = []
        self._prepared: deque[Prepared] = deque(maxlen=_KEPT)
        self._begun: dict[str, int] = {}
        self._single: tuple[tuple[Wish, int], RunResult] | None = None

    def serve(self) -> None:
        """Do what is asked until the other end is closed."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                self.listen(wait=not (self._orders or self._questions))
                self.step()

    def listen(self, wait: bool) -> None:
        """Take in what has come; the newest order of a channel is the one that counts."""
        while self._pipe.poll(None if wait else 0):
            asked: Order | Question = self._pipe.recv()
            wait = False
            if isinstance(asked, Question):
                self._questions.append(asked)
            elif asked.replications:
                self._orders[asked.channel] = asked
            else:
                self._orders.pop(asked.channel, None)

    def step(self) -> None:
        """Answer a question, or else do the next run of the channel whose turn it is."""
        if self._questions:
            self._answer(self._questions.pop(0))
        elif self._orders:
            channel, order = self._orders.popitem(last=False)
            if self._run(order, order.replications[0]) and len(order.replications) > 1:
                self._orders[channel] = replace(order, replications=order.replications[1:])

    def _run(self, order: Order, replication: int) -> bool:
        """Do one run and send what came of it; whether the wish can be run at all."""
        from sim.experiment.store.batches import replication_seed
        from sim.run import simulate
        from sim.scenario import ScenarioError

        where = order.channel, order.number
        try:
            prepared = self._prepare(order.wish)
        except ScenarioError as error:
            self._pipe.send(Refused(*where, tuple(error.problems)))
            return False
        seed = replication_seed(order.wish.seed, replication)
        try:
            result = simulate(prepared.compiled, seed, prepared.last, detailed=False)
        except (ValueError, RuntimeError, ArithmeticError, MemoryError) as error:
            prepared.last = None
            self._pipe.send(RunFailed(*where, replication, words_of(error)))
            return True
        prepared.last = result
        self._pipe.send(RunDone(*where, replication, seed, np.array(result.world.outcome_values)))
        self._describe(order, prepared)
        return True

    def _prepare(self, wish: Wish) -> Prepared:
        """Compile a wish, unless it was compiled a moment ago."""
        from sim.experiment.design.run_design import run_design
        from sim.model.setup.compiled_scenario import CompiledScenario

        # Neither the seed nor the number of runs is part of what is compiled.
        key = replace(wish, seed=1, replications=1), _changed_at(wish.scenario)
        found = next((prepared for prepared in self._prepared if prepared.key == key), None)
        if found is None:
            loaded = wish.load()
            # The same check of the length as that of the command.
            run_design(loaded, "setting", replications=1, quarters=wish.quarters)
            found = Prepared(key, loaded.scenario, CompiledScenario.of(loaded.scenario, wish.quarters))
            self._prepared.append(found)
        return found

    def _describe(self, order: Order, prepared: Prepared) -> None:
        """Say once for an order what its wish is."""
        from sim.plots.policy_marks import dated_policies

        if self._begun.get(order.channel) == order.number:
            return
        self._begun[order.channel] = order.number
        compiled = prepared.compiled
        policies = [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in prepared.scenario.policies]
        marks = dated_policies(policies, compiled.start, compiled.quarters)
        begun = Begun(order.channel, order.number, compiled.title, compiled.start, compiled.quarters, tuple(marks))
        self._pipe.send(begun)

    def _answer(self, question: Question) -> None:
        """Answer a question about one run."""
        from sim.live import single_runs

        where = question.channel, question.number
        try:
            run = self._whole_run(question.wish, question.replication)
            found = single_runs.QUESTIONS[question.name](run, *question.arguments)
            self._pipe.send(Answer(*where, found))
        except (ValueError, RuntimeError, ArithmeticError, LookupError, MemoryError) as error:
            self._pipe.send(Answer(*where, error=words_of(error)))

    def _whole_run(self, wish: Wish, replication: int) -> RunResult:
        """One run with all its tables; the last one is kept."""
        from sim.experiment.store.batches import replication_seed
        from sim.run import simulate

        key = replace(wish, replications=1), replication
        if self._single is None or self._single[0] != key:
            self._single = None
            self._single = key, simulate(self._prepare(wish).compiled, replication_seed(wish.seed, replication))
        return self._single[1]


def _changed_at(scenario: str) -> int:
    """When the file of a scenario was last changed; 0 for a shipped one."""
    with contextlib.suppress(OSError, ValueError):
        return os.stat(scenario).st_mtime_ns
    return 0


def words_of(error: Exception) -> str:
    """An error in words for the user."""
    return str(error) or type(error).__name__


def main(descriptor: int) -> None:
    """Load the rules, say so, and serve."""
    # Ctrl-C is for the process that started this one; it then closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The page that shows the runs goes first: on few cores curves would wait for runs that nobody sees yet.
    os.nice(_BEHIND)
    from sim.experiment.execute.process_environment import stay_light

    stay_light()
    pipe: Connection = Connection(descriptor)
    with contextlib.suppress(EOFError, OSError):
        from sim.engine.rules_cache import is_compiled, mark_compiled
        from sim.experiment.execute.chunk_job import load_rules

        was_compiled = is_compiled()
        if not was_compiled:
            pipe.send(Compiling())
        load_rules()
        if not was_compiled:
            mark_compiled()
        pipe.send(Ready(os.getpid()))
        LiveWorker(pipe).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
