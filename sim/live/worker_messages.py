"""Worker messages: what is sent to a live worker, and what it sends back; plain data that is pickled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Problem
from sim.live.wish import Wish

if TYPE_CHECKING:
    from sim.plots.policy_marks import PolicyMark

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Order:
    """Replications of a wish that are to be run; takes the place of the channel's order before it.

    Attributes
    ----------
    channel : str
        Whose it is; each has one order at a time in a worker, and all channels take turns run by run.
    number : int
        Rising within a channel.
    wish : Wish
        What is run.
    replications : tuple of int
        In this order.
    """

    channel: str
    number: int
    wish: Wish
    replications: tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """What is asked of one run; `name` and `arguments` are those of a function of `sim.live.single_runs`."""

    channel: str
    number: int
    wish: Wish
    replication: int
    name: str
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Ready:
    """The rules are loaded; `process` is the number of the process."""

    process: int


@dataclass(frozen=True)
class Compiling:
    """The rules are not compiled yet, which takes a minute or two, once."""


@dataclass(frozen=True)
class Begun:
    """What is known of a wish once it is compiled.

    Attributes
    ----------
    title : str
        The scenario's.
    start : Quarter
        First quarter.
    quarters : int
        Length of a run.
    policies : tuple of PolicyMark
        What changes within the run, as figures mark it.
    """

    channel: str
    number: int
    title: str
    start: Quarter
    quarters: int
    policies: tuple[PolicyMark, ...]


@dataclass(frozen=True)
class RunDone:
    """One replication: its seed, and all outcomes of the sector by quarter.

    Attributes
    ----------
    values : float array, shape (quarters, outcomes)
        In the order of `sim.declarations.sector_outcomes.SECTOR`; not a number where undefined.
    """

    channel: str
    number: int
    replication: int
    seed: int
    values: Values


@dataclass(frozen=True)
class RunFailed:
    """A replication that an error ended."""

    channel: str
    number: int
    replication: int
    words: str


@dataclass(frozen=True)
class Refused:
    """A wish that cannot be run, with every problem that was found."""

    channel: str
    number: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Answer:
    """The answer to a question; `error` says in words why there is none."""

    channel: str
    number: int
    result: Any = None
    error: str = ""


Message = Ready | Compiling | Begun | RunDone | RunFailed | Refused | Answer
