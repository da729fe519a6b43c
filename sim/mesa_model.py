"""Mesa model: `SectorModel(mesa.Model)`, one step a quarter."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import mesa
import numpy as np
from mesa.agent import AgentSet

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.input_issues import Problem, ScenarioError, listed, suggest
from sim.declarations.short_repr import ShortRepr
from sim.engine.replaced_rules import refuse_replaced_rules
from sim.mesa_agents import STANDING_KINDS, Government, class_of, is_active
from sim.mesa_handle import Handle
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.world import World
from sim.output.table_names import agency_names
from sim.run import RunResult, initialise
from sim.run_seeds import read_seed
from sim.scenario import Scenario, ScenarioSource, as_scenario
from sim.scenario.checks.name_checks import OUTCOMES

_PROBED = ("datacollector", "grid", "space", "time", "layers")
"""Attributes that Mesa looks for on any model."""


class SectorModel(ShortRepr, mesa.Model):
    """A run of a scenario as a Mesa model.

    Every outcome of the sector is an attribute too, so that a collector may name it; but `running` is Mesa's, and the
    outcome of that name is ``outcome("running")``.

    Parameters
    ----------
    config : Scenario, str, Path or mapping
        A scenario, the name of a shipped one, a file, or values as they would stand in a file.
    seed : int, optional
        Seed of the run; runs of one scenario and seed are the same to the last bit.  By default one is drawn, and
        `seed` says which.
    rng : int or numpy.random.Generator, optional
        Instead of `seed`: the seed, or a generator of which one draw becomes the seed.

    Attributes
    ----------
    running : bool
        False once the scenario's last quarter is done.

    Raises
    ------
    ScenarioError
        With every problem that was found in the scenario.
    TypeError, ValueError
        If the seed is none, or both `seed` and `rng` are given.
    ReplacedRuleError
        If a rule was replaced from Python, which compiled rules do not see.

    Examples
    --------
    >>> from sim.mesa_agents import Agency
    >>> model = SectorModel("beijing-2010", seed=1)
    >>> model.step()
    >>> str(model.date), len(model.agents_by_type[Agency]) >= 2
    ('2009-Q4', True)
    """

    makes_handles = False

    def __init__(
        self,
        config: ScenarioSource = "beijing-2010",
        seed: int | None = None,
        rng: int | np.random.Generator | None = None,  # noqa: TID251 (the user's own)
    ) -> None:
        number = read_seed(seed, rng)
        super().__init__(rng=number)
        self._config = as_scenario(config)
        compiled = CompiledScenario.of(self._config)
        self.record = RunResult(compiled, number, initialise(compiled, number))
        self._changed: dict[int, Government] = {}
        self._handles: dict[int, Handle] = {}
        with self._making_handles():
            for kind in STANDING_KINDS:
                for row in range(len(getattr(self.world, kind.array))):
                    kind(self, row)

    def _facts(self) -> tuple[str, dict[str, object]]:
        title, facts = self.record._facts()
        return title, {**facts, "date": self.date}

    def __getattr__(self, name: str) -> Any:
        if name in OUTCOMES:
            return self.outcome(name)
        nearest = None if name.startswith("_") or name in _PROBED else suggest(name, OUTCOMES)
        hint = f"; did you mean the outcome '{nearest}'?" if nearest else ""
        text = f"{type(self).__name__} has no attribute '{name}'{hint}"
        if nearest:
            # Mesa's collectors ask for a default, and would fill a column with it.
            warnings.warn(text, UserWarning, stacklevel=2)
        raise AttributeError(text)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in OUTCOMES and name != "running":
            raise AttributeError(f"{name} cannot be set: it is an outcome, which follows from the rules")
        known = getattr(type(self), name, None)
        if name == "seed" or (name == "record" and name in self.__dict__):
            raise AttributeError(f"{name} cannot be set: a run has one seed; make a new model")
        if isinstance(known, property) and known.fset is None:
            raise AttributeError(f"{name} cannot be set: it follows from the run")
        super().__setattr__(name, value)

    @property
    def config(self) -> Scenario:
        """What is run."""
        return self._config

    @property
    def seed(self) -> int:
        """Seed of the run, given or drawn."""
        return self.record.seed

    @property
    def world(self) -> World:
        """The arrays behind the agents; what is written there is checked by nobody."""
        return self.record.world

    @property
    def quarter(self) -> int:
        """Quarters done."""
        return int(self.world.clock[0].quarter)

    @property
    def date(self) -> Quarter:
        """Calendar quarter that the next step runs."""
        return self.record.compiled.start + self.quarter

    def step(self) -> None:
        """Run one quarter; at the scenario's end nothing more happens, and a warning says so.

        Raises
        ------
        ScenarioError
            If levers that were set do not go together.
        ReplacedRuleError
            If a rule was replaced from Python, which compiled rules do not see.
        """
        refuse_replaced_rules()
        end = self.record.compiled.quarters
        if self.quarter < end:
            self._check_changes()
            self.record.run_to(self.quarter + 1)
        else:
            text = f"the scenario's {end} quarters are done: nothing more happens, and outcomes are those of the last"
            warnings.warn(text, UserWarning, stacklevel=2)
        self.steps = self.quarter
        self.running = self.quarter < end

    def _advance_time(self, until: float) -> None:
        """What Mesa from 3.5 on calls for each way to go on (`step`, `run_for`, `run_until`).

        An error inside a step takes all later steps off Mesa's list, so levers are looked at before, and a quarter
        that was left out is an error.

        Raises
        ------
        ScenarioError
            If levers that were set do not go together.
        RuntimeError
            If an earlier error has stopped Mesa's steps.
        """
        self._check_changes()
        super()._advance_time(until)
        if self.quarter < min(int(self.time), self.record.compiled.quarters):
            raise RuntimeError("an error in an earlier step has stopped Mesa's steps; make a new model")

    def note_change(self, agent: Handle) -> None:
        """Note that an agent was changed, which is checked as a whole before the next quarter."""
        if isinstance(agent, Government):
            self._changed[agent.row] = agent

    def _check_changes(self) -> None:
        """See that the levers that were set since the last step go together."""
        issues = [issue for agent in self._changed.values() for issue in agent.wrong_together(str(self.date))]
        if issues:
            raise ScenarioError(Problem("", 0, 0, one.path, one.what, one.allowed) for one in issues)
        self._changed.clear()

    def outcome(self, name: str) -> float:
        """Outcome of the sector in the last quarter done (`sim.declarations.sector_outcomes.SECTOR`).

        Returns
        -------
        float
            In its unit; NaN where it is undefined.

        Raises
        ------
        ValueError
            Before the first step, or where there is no such outcome.
        """
        if name not in OUTCOMES:
            nearest = suggest(str(name), OUTCOMES)
            raise ValueError(f"unknown outcome {name!r}" + (f"; did you mean '{nearest}'?" if nearest else ""))
        if self.quarter == 0:
            raise ValueError("no quarter has been run yet; call step() first")
        return float(self.record.sector[-1][name])

    def names(self, kind: str) -> list[str]:
        """Names of all organisations of a kind, in the order of their records.

        Raises
        ------
        ValueError
            If there is no such kind.
        """
        if kind == "agency":
            return agency_names(self.record.compiled, self.world)
        if kind not in self.record.compiled.names:
            raise ValueError(f"unknown kind {kind!r}; expected one of {listed(self.record.compiled.names)}")
        return self.record.compiled.names[kind]

    @property
    def agents(self) -> AgentSet:
        """All agents: active agencies and all other entities."""
        self._update_handles()
        return super().agents

    @property
    def agents_by_type(self) -> dict[type[mesa.Agent], AgentSet]:
        """Agents by class."""
        self._update_handles()
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type]:
        """Classes of agents there are."""
        self._update_handles()
        return super().agent_types

    @contextmanager
    def _making_handles(self) -> Iterator[None]:
        """Let handles be made."""
        self.makes_handles = True
        try:
            yield
        finally:
            self.makes_handles = False

    def _update_handles(self) -> None:
        """Make handles for new agencies and take those of closed ones away."""
        if "_handles" not in self.__dict__ or self.makes_handles:
            return
        with self._making_handles():
            for row in range(int(self.world.clock[0].agencies)):
                record: Any = self.world.agencies[row]
                if is_active(record):
                    if row not in self._handles:
                        self._handles[row] = class_of(record)(self, row)
                elif row in self._handles:
                    self._handles.pop(row)._leave()

    def deregister_agent(self, agent: mesa.Agent) -> None:
        """Take an agent off the model's list, which of the sector's agents the rules alone do.

        Raises
        ------
        AttributeError
            If it is one of the sector's agents.
        """
        if isinstance(agent, Handle) and not self.makes_handles:
            agent.remove()
        super().deregister_agent(agent)

    def reset_rng(self, rng: object = None) -> NoReturn:
        """Refuse: what the rules draw is a function of the seed and cannot be set back.

        Raises
        ------
        RuntimeError
            Always.
        """
        raise RuntimeError(
            f"draws of the rules are a function of the seed, {self.seed}, and cannot be reset; make a new model: "
            "SectorModel(config, seed=...)"
        )

    reset_randomizer = reset_rng

    def __copy__(self) -> NoReturn:
        raise TypeError("a shallow copy would share its state with this model; use copy.deepcopy")

    def __getstate__(self) -> dict[str, Any]:
        """All attributes, and which number Mesa gives to the next agent, which some versions keep outside."""
        return self.__dict__ | {"_next_id": 1 + max(agent.unique_id for agent in self.agents)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the attributes, and go on with the numbers of agents."""
        next_id = state.pop("_next_id")
        self.__dict__.update(state)
        if hasattr(mesa.Agent, "_ids"):
            mesa.Agent._ids[self] = itertools.count(next_id)
