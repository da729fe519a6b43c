"""Point policies: policies of the scenario of a point, as marks on the calendar of its runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.experiment.results.figure_data.point_series import PointSeries
from sim.experiment.results.result_arrays import ResultArrays
from sim.plots.policy_marks import PolicyMark, dated_policies

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_TRIGGERS = "triggers"


def policies_of(results: ResultArrays, series: PointSeries) -> list[PolicyMark]:
    """Policies of the scenario of a point; where triggers were not kept, their marks say so.

    Raises
    ------
    StoreError
        If the table of triggers is damaged.
    """
    policies = _policies(results, series.point)
    kept = _TRIGGERS in results.tables
    fired = read_triggers(results, policies, series.point, series.quarters) if kept else None
    marks = dated_policies(policies, series.start, series.quarters, fired)
    if kept:
        return marks
    return [mark._replace(when="at times that were not kept") if mark.at is None else mark for mark in marks]


def _policies(results: ResultArrays, point: int) -> list[dict[str, Any]]:
    bases = results.manifest["design"]["bases"]
    scenario = results.points["scenario"][point].as_py()
    # Folders of a run may be older than names of scenarios in the design.
    base = next((each for each in bases if each.get("scenario") == scenario), bases[0] if len(bases) == 1 else None)
    if results.kind == "run":
        found: list[dict[str, Any]] = results.manifest.get("scenario", {}).get("policies", [])
        return found
    return [] if base is None else list(base["values"].get("policies", []))


def read_triggers(
    results: ResultArrays, policies: Sequence[Mapping[str, Any]], point: int, quarters: int
) -> dict[str, npt.NDArray[np.bool_]]:
    """When each trigger was in force in the runs of a point; nothing where no policy waits for any.

    Parameters
    ----------
    results : ResultArrays
        A folder that keeps the table of triggers.
    policies : sequence of mapping
        Of the scenario.
    point : int
        Which runs.
    quarters : int
        Their length.

    Returns
    -------
    dict of str to bool array, shape (replications, quarters)
        By trigger, in words.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if not any("when" in policy for policy in policies):
        return {}
    parts = [
        part.filter(pc.equal(part["point"], point))
        for part in results.parts(_TRIGGERS).stream(["point", "trigger", "in_force"])
    ]
    table = pa.concat_tables(parts, promote_options="permissive")
    names = list(dict.fromkeys(table["trigger"].to_pylist()))
    found = table["in_force"].to_numpy().reshape(-1, quarters, len(names))
    return {name: found[:, :, n] for n, name in enumerate(names)}
