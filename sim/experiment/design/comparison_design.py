"""Comparison design: an experiment of a base scenario and others, without axes.

>>> from sim.experiment.design.comparison_design import comparison_design
>>> design = comparison_design("beijing-2010", ["late-payment"], replications=10)
>>> design.table()["scenario"].to_pylist()
['beijing-2010', 'late-payment']
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.declarations.input_issues import Problem, ScenarioError
from sim.declarations.sector_outcomes import MAIN, SECTOR
from sim.experiment.design.checked_design import Design
from sim.experiment.design.experiment_loading import experiment_from_values
from sim.output.outcome_measures import MEASURE_NAMES
from sim.scenario.parameters.name_types import LONGEST_TITLE
from sim.scenario.reading.combined_files import SIGN, combined_name

REPLICATIONS = 100
"""Runs of each scenario where nothing else is asked."""
MOST = 1000
"""Replications at which a comparison stops though it is not exact enough, where nothing else is asked."""
FIRST = 20
"""Replications before its width is looked at."""

POPULATION_TABLE = "agencies"
POPULATION_MEASURES = ("resource_independence", "operational_autonomy", "sustainability")
POPULATION_COLUMNS = ("agency", "operating", "staff", "quadrant", *POPULATION_MEASURES)
"""What is kept of a run where populations of agencies are to be compared."""


def comparison_design(
    base: str,
    others: Sequence[str],
    *,
    replications: int | None = None,
    until: tuple[str, float] | None = None,
    most: int = MOST,
    measure: str = "year",
    outcomes: Sequence[str] = (),
    seed: int = 1,
    quarters: int | None = None,
    kept: Sequence[str] | None = None,
    populations: bool = False,
) -> Design:
    """The design of a comparison.

    Parameters
    ----------
    base, others : str
        Scenario files, or names of shipped scenarios; ``a.yaml+b.yaml`` is what both change of their common base.
    replications : int, optional
        Runs of each scenario; 100 by default, where `until` is not given.
    until : (str, float), optional
        An outcome, and the width below which the 95 % interval of its difference shall come.
    most : int
        Replications at which to stop anyway, with `until`.
    measure : str
        What counts of a trajectory: a name, or a quarter or window (`sim.output.outcome_measures`).
    outcomes : sequence of str
        Outcomes to report; the main ones by default.
    seed, quarters : int
        As for an experiment.
    kept : sequence of str, optional
        Outcomes that are kept by quarter, so that quarters and windows can be asked for; by default the main ones, and
        with a measure by date all that are reported.
    populations : bool
        Whether the columns of agencies are kept that `sim.experiment.results.population_comparison` reads.

    Raises
    ------
    ScenarioError
        If a scenario, an outcome or a number is wrong.
    """
    names = [combined_name([Path(part) for part in each.split(SIGN)]) for each in (base, *others)]
    if wrong := [name for name in names if isinstance(name, Problem)]:
        raise ScenarioError(wrong)
    stems = [name for name in names if isinstance(name, str)]
    values: dict[str, Any] = {
        "title": comparison_title(stems[0], stems[1:]),
        "scenarios": [base, *others],
        "outcomes": list(outcomes),
        "seed": seed,
        "measure": measure,
        "keep": {"series": series_for(measure, outcomes, until) if kept is None else list(kept)},
    }
    if populations:
        values["keep"] |= {"tables": [POPULATION_TABLE], "columns": {POPULATION_TABLE: list(POPULATION_COLUMNS)}}
    if quarters is not None:
        values["quarters"] = quarters
    if until is None:
        values["replications"] = replications or REPLICATIONS
    else:
        width = {"outcome": until[0], "width": until[1], "measure": measure, "of": "difference"}
        values["precision"] = width | {"first": min(FIRST, most), "most": most}
    return experiment_from_values(values)


def comparison_title(base: str, others: Sequence[str]) -> str:
    """Title of a comparison: the names of all where there is room, else how many there are.

    >>> comparison_title("a", ["b", "c"]), comparison_title("town", ["x" * 60, "y" * 60])
    ('a and b, c', 'town and 2 others')
    """
    whole = f"{base} and {', '.join(others)}"
    if len(whole) <= LONGEST_TITLE:
        return whole
    rest = f" and {len(others)} other{'s' * (len(others) != 1)}"
    room = LONGEST_TITLE - len(rest)
    return (base if len(base) <= room else base[: room - 3] + "...") + rest


def series_for(measure: str, outcomes: Sequence[str], until: tuple[str, float] | None = None) -> list[str]:
    """Outcomes that a comparison keeps by quarter: the main ones, and those that a measure by date needs.

    >>> from sim.experiment.design.comparison_design import series_for
    >>> len(series_for("year", ["laid_off"])), series_for("2018-Q4", ["closures"])[-1]
    (15, 'closures')
    """
    asked = [] if measure in MEASURE_NAMES else [*outcomes, *(() if until is None else (until[0],))]
    known = {outcome.name for outcome in SECTOR}
    return list(dict.fromkeys([*(outcome.name for outcome in MAIN), *(name for name in asked if name in known)]))
