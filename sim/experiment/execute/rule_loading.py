"""Loading the compiled rules ahead of the first run."""

from __future__ import annotations

from functools import cache


@cache
def load_rules() -> None:
    """Load the compiled rules, once in a process, so that the time of its first run is the run's own."""
    from sim.model.setup.compiled_scenario import CompiledScenario
    from sim.run import simulate
    from sim.scenario import load_scenario

    simulate(CompiledScenario.of(load_scenario("beijing-2010").scenario, quarters=1), 0, detailed=False)
