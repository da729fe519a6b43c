"""Full values: a scenario as the values of one file, everything that it extends and every default filled in."""

from __future__ import annotations

from typing import Any

from sim.scenario.checks.policy_conflicts import outside_the_run
from sim.scenario.parameters.scenario_file import Scenario


def full_values(scenario: Scenario) -> dict[str, Any]:
    """Values of a file that gives the same runs.

    A file that starts later, or ends earlier, than what it extends has policies whose dates are outside its run; a file
    of its own then says that this is meant.
    """
    # Without nulls: a file may not hold any.
    values = scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    return values | {"dates_outside_run": next(outside_the_run(scenario), None) is not None}
