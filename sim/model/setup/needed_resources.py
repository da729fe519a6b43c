"""Needed resources: about how much memory and time one run of a scenario takes, from its counts alone.

The memory of the arrays follows from their declarations; how many agencies there will be does not, so one for each
community is assumed (shipped scenarios end with 0.6 to 2.4).  What is said is an order of magnitude: `sim sweep
FILE --plan` measures.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import NamedTuple

from sim.declarations.input_issues import Problem, ScenarioError
from sim.scenario.checks.scenario_size import Totals, totals
from sim.scenario.parameters.scenario_file import Scenario

PROCESS_BYTES = 240_000_000
"""Python, the libraries and the compiled rules."""

GROWTH = 1.5
"""Arrays that grow are there twice for a moment, and ahead of what they need."""

NAME_BYTES = 700
"""Names, places and facts of a community, district or organisation while a scenario is compiled."""

SECONDS_PER_QUARTER = 6e-6
"""Of a community and its agency, on one core; measured from 2 (one city) to 9 microseconds (a country)."""

SMALLEST_RUN = 0.01
"""Seconds of any run."""

NUMBER_BYTES = 8

RECORD_BYTES = {
    "agency": 1488,
    "association": 128,
    "city": 464,
    "community": 120,
    "flow": 40,
    "government": 1080,
    "institution": 208,
    "measure": 72,
    "need": 40,
    "sector": 1464,
    "setting": 56,
}
"""Memory of a record of the kinds that count most; a test compares them with their declarations."""

AGENCY_SPACE = 12_576
"""Memory for each place of an agency: its record, and its share of contracts, bids, ties and events."""

TOO_LARGE_HERE = "too-large-here"
"""Kind of the warning about a run that does not fit into this machine."""

CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
"""Where Linux writes the memory that a container may take."""


class NeededResources(NamedTuple):
    """What one run takes.

    Attributes
    ----------
    bytes : int
        Memory of the process, the compiled rules included.
    seconds : float
        Time of one replication, without compiling.
    """

    bytes: int
    seconds: float


def needed_resources(scenario: Scenario, quarters: int | None = None) -> NeededResources:
    """About what one run of a scenario takes.

    Parameters
    ----------
    scenario : Scenario
        A checked scenario.
    quarters : int, optional
        Length of the run, where it is not the scenario's own.
    """
    length = scenario.quarters if quarters is None else quarters
    made = totals(scenario)
    agencies = max(made.agencies, made.communities)
    arrays = array_bytes(scenario, made, agencies, length)
    named = sum(made)
    seconds = max(SECONDS_PER_QUARTER * length * agencies, SMALLEST_RUN)
    return NeededResources(PROCESS_BYTES + round(GROWTH * arrays) + NAME_BYTES * named, seconds)


def array_bytes(scenario: Scenario, made: Totals, agencies: int, quarters: int) -> int:
    """About the memory of all arrays of a run with so many agencies: the large ones, without loading NumPy.

    `sim.model.state.world_arrays.world_bytes` is exact; a test holds one to the other.
    """
    governments = made.cities + made.districts
    fields = len(scenario.fields)
    rows = 1 + quarters
    places = {
        "community": made.communities,
        "government": governments,
        "association": made.associations,
        "institution": made.institutions,
        "city": made.cities,
        "sector": 1,
    }
    kept = sum(RECORD_BYTES[kind] * count for kind, count in places.items()) * rows
    needs = made.communities * fields * (RECORD_BYTES["need"] + NUMBER_BYTES * quarters)
    set_levers = 1 + sum(len(policy.levers) for policy in scenario.policies)
    levers = governments * (
        set_levers * (RECORD_BYTES["setting"] + RECORD_BYTES["measure"]) + (3 * fields + 2 * quarters) * NUMBER_BYTES
    )
    space = max(256, 2 * agencies)
    growing = space * (AGENCY_SPACE + 2 * fields * NUMBER_BYTES) + max(65_536, 24 * space) * RECORD_BYTES["flow"]
    panel = max(8_192, 2 * space) * (RECORD_BYTES["agency"] + (2 + fields) * NUMBER_BYTES)
    return kept + needs + levers + growing + panel


def machine_bytes() -> int | None:
    """Memory that a process may take here: the machine's, or less in a container; None where nobody says."""
    limits = []
    with contextlib.suppress(OSError, ValueError, AttributeError):
        limits.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    for file in CGROUP_LIMITS:
        with contextlib.suppress(OSError, ValueError):
            limits.append(int(file.read_text()))
    return min(limits, default=None)


def beyond_this_machine(scenario: Scenario, quarters: int | None = None) -> str:
    """Say that a run needs more memory than this machine has; nothing where it does not."""
    here = machine_bytes()
    needed = needed_resources(scenario, quarters).bytes
    if here is None or needed <= here:
        return ""
    return f"a run needs about {needed / 1e9:,.0f} GB of memory, and this machine has {here / 1e9:,.0f}"


def check_memory(scenario: Scenario, quarters: int | None = None) -> None:
    """Refuse a scenario that needs more memory than this machine has, before any of it is taken.

    Raises
    ------
    ScenarioError
        With what a run needs, and what is there.
    """
    what = beyond_this_machine(scenario, quarters)
    if what:
        raise ScenarioError([Problem("", 0, 0, (), what, "lower the counts, or run it on a larger machine")])
