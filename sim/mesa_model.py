"""Mesa model: `SectorModel(mesa.Model)`, one step a quarter."""

from __future__ import annotations

from typing import Any

import mesa
from mesa.agent import AgentSet

from sim.declarations.calendar_quarter import Quarter
from sim.mesa_agents import STANDING_KINDS, Handle, class_of, is_active
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.world import World
from sim.output.table_names import agency_names
from sim.run import RunResult, initialise
from sim.scenario import Scenario, load_scenario


class SectorModel(mesa.Model):
    """A run of a scenario as a Mesa model.

    Parameters
    ----------
    config : Scenario or str
        A checked scenario, a file, or the name of a shipped scenario.
    seed : int
        Seed of the run; runs of one scenario and seed are the same to the last bit.

    Attributes
    ----------
    config : Scenario
        What is run.
    running : bool
        False once the scenario's last quarter is done.

    Examples
    --------
    >>> from sim.mesa_agents import Agency
    >>> model = SectorModel("beijing-2010", seed=1)
    >>> model.step()
    >>> str(model.date), len(model.agents_by_type[Agency]) >= 10
    ('2009-Q4', True)
    """

    def __init__(self, config: Scenario | str = "beijing-2010", seed: int = 1) -> None:
        super().__init__(rng=seed)
        self.config = config if isinstance(config, Scenario) else load_scenario(config).scenario
        compiled = CompiledScenario.of(self.config)
        self.record = RunResult(compiled, seed, initialise(compiled, seed))
        self._handles: dict[int, Handle] = {}
        for kind in STANDING_KINDS:
            for row in range(len(getattr(self.world, kind.array))):
                kind(self, row)

    @property
    def world(self) -> World:
        """The arrays behind the agents."""
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
        """Run one quarter; at the scenario's end nothing more happens."""
        if self.quarter < self.record.compiled.quarters:
            self.record.run_to(self.quarter + 1)
        self.running = self.quarter < self.record.compiled.quarters

    def outcome(self, name: str) -> float:
        """Outcome of the sector in the last quarter done (`sim.declarations.sector_outcomes.SECTOR`).

        Raises
        ------
        ValueError
            Before the first step, or where there is no such outcome.
        """
        if self.quarter == 0:
            raise ValueError("no quarter has been run yet; call step() first")
        return float(self.record.sector[-1][name])

    def names(self, kind: str) -> list[str]:
        """Names of all organisations of a kind, in the order of their records."""
        if kind == "agency":
            return agency_names(self.record.compiled, self.world)
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

    def _update_handles(self) -> None:
        """Make handles for new agencies and take those of closed ones away."""
        if not hasattr(self, "_handles"):
            return
        for row in range(int(self.world.clock[0].agencies)):
            record: Any = self.world.agencies[row]
            if is_active(record):
                if row not in self._handles:
                    self._handles[row] = class_of(record)(self, row)
            elif row in self._handles:
                self._handles.pop(row).remove()
