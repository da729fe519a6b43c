"""Points that make an unsound scenario: values that are sound one by one and contradict each other together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.experiment.design.design import Design, checked
from sim.scenario.problems import Finding, KeyPath, key_path

if TYPE_CHECKING:
    import pyarrow as pa

MOST_TRIED = 500
"""Points up to which every one is tried; of more, a sample."""

MOST_TOLD = 20


def unsound_points(design: Design) -> Iterator[Finding]:
    """Contradictions between values of axes, told once each with the first point that has it."""
    if not design.axes:
        return
    table = design.table()
    tried = sample_of(table, design)
    seen: dict[tuple[KeyPath, str], int] = {}
    told: dict[tuple[KeyPath, str], tuple[Finding, dict[str, Any]]] = {}
    for point in tried:
        row = design.row(table, point)
        for finding in checked(design.values(row))[1]:
            key = (finding.path, finding.allowed)
            seen[key] = seen.get(key, 0) + 1
            told.setdefault(key, (finding, row))
    for key in list(told)[:MOST_TOLD]:
        finding, row = told[key]
        count = (
            f"{seen[key]} of {len(tried)} points" if len(tried) == len(table) else f"{seen[key]} of {len(tried)} tried"
        )
        where = f"{key_path(finding.path)}: {finding.what}"
        what = f"point {row['point']} ({design.words(row)}) makes no sound scenario ({count}): {where}"
        yield Finding(_place(design, row, finding.path), what, finding.allowed)


def _place(design: Design, row: dict[str, Any], path: KeyPath) -> KeyPath:
    """Where in the file to point: at the axis that wrote the value, if one did."""
    label = next(
        base.label for base in design.bases if (base.scenario, base.variant) == (row["scenario"], row["variant"])
    )
    for axis in design.axes:
        if any(target[: len(path)] == path or path[: len(target)] == target for target in axis.targets[label]):
            return ("axes", axis.name)
    return ("axes",)


def sample_of(table: pa.Table, design: Design) -> list[int]:
    """Points to try: all when they are few, else the extremes of every axis in every base and a spread sample."""
    if len(table) <= MOST_TRIED:
        return list(range(len(table)))
    size = len(table) // len(design.bases)
    chosen: set[int] = set(np.linspace(0, len(table) - 1, MOST_TRIED).astype(int).tolist())
    for axis in design.axes:
        codes = table.column(axis.name).combine_chunks().dictionary_encode()
        order = np.argsort(np.asarray(codes.dictionary.to_pylist()))
        rank = np.argsort(order)[codes.indices.to_numpy(zero_copy_only=False)]
        for first in range(0, len(table), size):
            here = rank[first : first + size]
            chosen |= {first + int(here.argmin()), first + int(here.argmax())}
    return sorted(chosen)
