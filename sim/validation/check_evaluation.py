"""Check evaluation: a statistic asked of the runs of its worlds, and the number that comes of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.validation.needed_tables import arguments_of, columns_read
from sim.validation.pattern_file import CheckFile
from sim.validation.pattern_results import CheckResult
from sim.validation.replication_estimate import Estimate, estimate
from sim.validation.replication_tables import ReplicationTables, TableCache
from sim.validation.statistic_type import Statistic, only_part
from sim.validation.world_runs import WorldRuns


def evaluate(check: CheckFile, statistic: Statistic, runs: Mapping[str, WorldRuns], cache: TableCache) -> CheckResult:
    """Measure what a check asks for.

    Parameters
    ----------
    check : CheckFile
        What is measured.
    statistic : Statistic
        How.
    runs : mapping of str to WorldRuns
        Runs of the worlds that it names; where it names two, the replications count that both have.
    cache : TableCache
        Reads tables.

    Raises
    ------
    ValueError
        If the statistic gives another number of rows than there are replications.
    StoreError
        If tables are missing or damaged.
    """
    worlds = [runs[name] for name in (check.world, check.versus) if name is not None]
    numbers = worlds[0].done()
    for other in worlds[1:]:
        numbers = np.intersect1d(numbers, other.done())
    arguments = arguments_of(check, statistic)
    if not len(numbers):
        return CheckResult(check, arguments, Estimate(np.nan, np.nan, np.nan, 0, 0))
    columns = columns_read(check, statistic)
    tables = [ReplicationTables(cache, each.folder.path, numbers, columns) for each in worlds]
    rows = np.asarray(statistic.measure(*tables, **arguments), np.float64)
    if not rows.ndim or len(rows) != len(numbers):
        shape = "x".join(map(str, rows.shape)) or "a single number"
        raise ValueError(
            f"'{statistic.name}' gave {shape}, and a row for each of {len(numbers)} replications is needed"
        )
    combine = None if statistic.combine is only_part else statistic.combine
    return CheckResult(check, arguments, estimate(rows, combine))
