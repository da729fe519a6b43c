"""Scenario record of a manifest: the scenario and the files that were read."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.scenario import Scenario


def resolved(scenario: Scenario) -> dict[str, Any]:
    """Values that give the same runs again as they are, for the number of quarters that stands beside them.

    Where a file shortened a run, a policy of its base may be under way at the end; the values then have the
    quarters that it needs, because only an extension may cut it off.
    """
    ends = [policy.last - scenario.start + 1 for policy in scenario.policies if policy.last is not None]
    # Without nulls: a file may not hold any.
    values = scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    return values | {"quarters": max([scenario.quarters, *ends])}


def source_record(path: Path) -> dict[str, str]:
    """Path and SHA-256 of a file that was read; no digest where it is gone."""
    try:
        return {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    except OSError:
        return {"path": str(path), "sha256": ""}
