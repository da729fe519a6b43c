"""Live session: one user's newest wish, held settings, and the runs of all of them as they come.

What is wished last is run first; runs of an older wish that are under way are the last of it. When the newest wish is
done, replications that held settings lack are run, so that every pair of settings is compared over the same keys.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from sim.declarations.input_issues import Problem
from sim.live.kept_runs import KeptRuns, SettingRuns
from sim.live.run_questions import RunQuestions
from sim.live.run_values import RunValues
from sim.live.session_state import Held, Progress
from sim.live.wish import Wish, wrong_numbers
from sim.live.worker_messages import Answer, Begun, Message, Order, Refused, RunDone, RunFailed
from sim.live.worker_pool import WorkerPool

_RECENT = 12
"""Wishes of which the newest with a run is shown, while a slider is dragged faster than runs are done."""
_KNOWN_ORDERS = 200
"""Orders whose late results are still recognised."""


class LiveSession:
    """Wishes and held settings of one user; every method may be called from any thread.

    Parameters
    ----------
    channel : str
        Its name among the sessions that share the workers.
    pool : WorkerPool
        The workers.
    """

    def __init__(self, channel: str, pool: WorkerPool) -> None:
        self.channel, self._pool = channel, pool
        self._changed = threading.Condition(threading.RLock())
        self._kept = KeptRuns()
        self._wish: Wish | None = None
        self._problems: tuple[Problem, ...] = ()
        self._held: list[Held] = []
        self._recent: deque[Wish] = deque(maxlen=_RECENT)
        self._orders: OrderedDict[int, Wish] = OrderedDict()
        self._questions = RunQuestions(channel, pool)
        self._number = 0
        self.version = 0
        """Rises with every change; who shows the session looks at it to see whether there is something new."""

    # --- What is wished and held ---

    @property
    def wish(self) -> Wish | None:
        """The newest wish."""
        return self._wish

    @property
    def held(self) -> tuple[Held, ...]:
        """Held settings in their order; all with seed, replications and length of the newest wish."""
        with self._changed:
            return tuple(Held(one.name, self._alike(one.wish)) for one in self._held)

    def ask(self, wish: Wish) -> None:
        """Wish for something; runs of an older wish are cancelled."""
        with self._changed:
            self._wish, self._problems = wish, tuple(wrong_numbers(wish))
            if not self._problems:
                self._recent.appendleft(wish)
            self._note_change()
        self.assign()

    def forget(self, scenario: str) -> None:
        """Run settings of a scenario anew when they are asked for, as its file may have changed."""
        with self._changed:
            self._kept.forget(scenario)
            self._note_change()

    def hold(self, name: str, wish: Wish | None = None) -> None:
        """Hold a setting, by default the newest wish, under a name.

        Raises
        ------
        ValueError
            If the name is empty or taken, or there is nothing to hold.
        """
        with self._changed:
            self._check_name(name)
            kept = wish or self._wish
            if kept is None or (wish is None and self._problems):
                raise ValueError("there is nothing to hold: the setting cannot be run")
            self._held.append(Held(name.strip(), kept))
            self._note_change()
        self.assign()

    def rename(self, old: str, new: str) -> None:
        """Give a held setting another name.

        Raises
        ------
        ValueError
            If there is none of that name, or the new one is empty or taken.
        """
        with self._changed:
            place = self._place(old)
            if new.strip() != old:
                self._check_name(new)
            self._held[place] = replace(self._held[place], name=new.strip())
            self._note_change()

    def release(self, name: str) -> None:
        """Hold a setting no longer.

        Raises
        ------
        ValueError
            If there is none of that name.
        """
        with self._changed:
            del self._held[self._place(name)]
            self._note_change()
        self.assign()

    def _place(self, name: str) -> int:
        for place, one in enumerate(self._held):
            if one.name == name:
                return place
        raise ValueError(f"no setting '{name}' is held")

    def _check_name(self, name: str) -> None:
        if not name.strip():
            raise ValueError("a held setting needs a name")
        if name.strip() in [one.name for one in self._held]:
            raise ValueError(f"a setting '{name.strip()}' is held already; give another name")

    def _alike(self, wish: Wish) -> Wish:
        """A held setting with what the newest wish says of seed, replications and length."""
        if not self._recent:
            return wish
        now = self._recent[0]
        return replace(wish, seed=now.seed, replications=now.replications, quarters=now.quarters)

    # --- What has come of it ---

    def setting(self, wish: Wish) -> SettingRuns:
        """What has come of a setting."""
        with self._changed:
            return self._kept.of(wish, [one.wish for one in self.held])

    def values(self, wish: Wish | None = None) -> RunValues | None:
        """Outcomes of a setting, by default of the newest wish; None where no run is done."""
        with self._changed:
            asked = wish or self._wish
            return None if asked is None else self.setting(asked).values(asked.replications)

    def newest(self) -> tuple[Begun, RunValues] | None:
        """Runs of the newest wish of which any is done, and what is known of it; None where there is none."""
        with self._changed:
            for wish in self._recent:
                setting = self.setting(wish)
                values = setting.values(wish.replications)
                if values is not None and setting.begun is not None:
                    return setting.begun, values
            return None

    def progress(self) -> Progress:
        """How far the newest wish is."""
        with self._changed:
            wish = self._wish
            found = self.setting(wish) if wish else None
            wanted = wish.replications if wish and not self._problems else 0
            done = sum(r < wanted for r in found.runs) if found else 0
            failures = {r: words for r, words in found.failures.items() if r < wanted} if found else {}
            words = tuple(dict.fromkeys(failures.values()))
            ready = bool(self._pool.ready)
            state = ready, self._pool.is_compiling, self._pool.lost
            return Progress(done, len(failures), wanted, self._problems, words, *state)

    def wait(self, seconds: float) -> bool:
        """Wait until nothing more will come of the newest wish and of what is held; whether that is so."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._pool.lost) or self._next_wish() is None, seconds)

    def ask_run(self, name: str, *arguments: Any, replication: int = 0, wish: Wish | None = None) -> Future[Any]:
        """Ask something of one run (`sim.live.single_runs`).

        Parameters
        ----------
        name, arguments
            The question.
        replication : int
            Which run; the same number has the same random keys in every setting.
        wish : Wish, optional
            Of which setting; of the newest by default.

        Returns
        -------
        Future
            The answer; raises `sim.live.run_questions.LiveError` where there is none.
        """
        return self._questions.ask(wish or self._wish, replication, name, arguments)

    # --- Orders and results ---

    def _next_wish(self) -> Wish | None:
        """What is to be run now: the newest wish, else a held setting that lacks runs."""
        if self._wish is None:
            return None
        # A wish that cannot be run has no runs to wait for.
        wishes = [] if self._problems else [self._wish]
        for wish in [*wishes, *(one.wish for one in self.held)]:
            if self.setting(wish).missing(wish.replications):
                return wish
        return None

    def assign(self) -> None:
        """Give the workers what is to be run now, each its share; those without one stop."""
        with self._changed:
            wish = self._next_wish()
            missing = self.setting(wish).missing(wish.replications) if wish else []
            places = self._pool.ready
            self._number += 1
            target = wish or (self._recent[0] if self._recent else None)
            if target is None:
                return
            self._orders[self._number] = target
            while len(self._orders) > _KNOWN_ORDERS:
                self._orders.popitem(last=False)
            for share, place in enumerate(places):
                mine = tuple(missing[share :: len(places)])
                self._pool.send(place, Order(self.channel, self._number, target, mine))

    def stop(self) -> None:
        """Have nothing run any more."""
        with self._changed:
            if self._wish is not None:
                self._number += 1
                for place in self._pool.ready:
                    self._pool.send(place, Order(self.channel, self._number, self._wish, ()))
            self._wish, self._held = None, []

    def workers_changed(self) -> None:
        """Give orders and questions again: a worker is there, or is gone with what it had."""
        self.assign()
        with self._changed:
            self._note_change()
        self._questions.ask_again()

    def receive(self, message: Message) -> None:
        """Take what a worker sent."""
        if isinstance(message, Answer):
            self._questions.take(message)
            return
        with self._changed:
            if not isinstance(message, Begun | RunDone | RunFailed | Refused) or message.number not in self._orders:
                return
            wish = self._orders[message.number]
            self._take(message, wish)
            self._note_change()
            idle = not self.setting(wish).missing(wish.replications)
        if idle and isinstance(message, RunDone | RunFailed):
            self.assign()

    def _take(self, message: Begun | RunDone | RunFailed | Refused, wish: Wish) -> None:
        setting = self.setting(wish)
        if isinstance(message, Begun):
            setting.begun = message
        elif isinstance(message, RunDone):
            setting.runs.setdefault(message.replication, message)
        elif isinstance(message, RunFailed):
            setting.failures[message.replication] = message.words
        elif wish is self._wish:
            self._problems = message.problems
        else:
            # It was held before it was known that it cannot be run.
            words = "; ".join(map(str, message.problems))
            setting.failures.update(dict.fromkeys(setting.missing(wish.replications), words))

    def _note_change(self) -> None:
        self.version += 1
        self._changed.notify_all()
