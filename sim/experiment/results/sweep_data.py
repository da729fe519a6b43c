"""What a sweep keeps, as arrays: the runs that are done, their points, and what failed.

Parts are read one after the other and only for the columns that are asked for, so a million runs need no more
memory than the few columns that are looked at.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from sim.declarations.sector_outcomes import MAIN
from sim.experiment.execute.batches import Batch
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.earlier_versions import mixture
from sim.experiment.store.failure_records import Failure
from sim.experiment.store.run_folder import COLUMNS
from sim.experiment.store.sweep_folder import SERIES, SUMMARY, Archive
from sim.experiment.store.sweep_manifest import Standing, SweepManifest
from sim.experiment.store.sweep_parts import RUN, Parts, names_of, unknown
from sim.output.outcome_measures import MEASURE_NAMES, measure_column
from sim.statistics.confidence_intervals import CONFIDENCE
from sim.statistics.grouped_statistics import Groups, Statistics

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

LABELS = ("point", "scenario", "variant")
"""Columns of the design that are no axis."""
_HELD = 8_000_000
"""Values of the summary that are held at once, in the order of 64 MB."""


@dataclass(frozen=True)
class SweepData:
    """A sweep's folder as it stands when it is first looked at; open it again to see what came later.

    A run that failed and succeeded at a later try counts once, as what it came to.

    Attributes
    ----------
    archive : Archive
        The folder.
    manifest : dict
        What its manifest says; empty where it was opened without.
    """

    archive: Archive
    manifest: dict[str, Any]

    @classmethod
    def open(cls, path: str | os.PathLike[str], manifest: bool = True) -> Self:
        """Open a folder of results.

        Parameters
        ----------
        path : str or path
            The folder.
        manifest : bool
            False to do without the manifest, when it is damaged: all tables stay readable, only titles and
            what is still to be done are not known.

        Raises
        ------
        StoreError
            If there is no sweep, or its manifest or design cannot be read.
        """
        archive = Archive(Path(path))
        if not archive.path.is_dir():
            raise StoreError(f"there is no folder {archive.path}")
        results = cls(archive, archive.manifest() if manifest else {})
        archive.design()
        return results

    @property
    def path(self) -> Path:
        """The folder."""
        return self.archive.path

    @property
    def experiment(self) -> dict[str, Any]:
        """What the experiment file said, as the manifest has it; empty without a manifest."""
        found: dict[str, Any] = self.manifest.get("design", {}).get("experiment", {})
        return found

    @property
    def title(self) -> str:
        """Title of the experiment; the folder's name where that is not known."""
        return str(self.manifest.get("title") or self.path.name)

    @property
    def shown(self) -> tuple[str, ...]:
        """Outcomes that the experiment asks about; the main ones where it names none."""
        return tuple(self.experiment.get("outcomes") or (outcome.name for outcome in MAIN))

    @property
    def quarters(self) -> int | None:
        """Length of the longest run, as the experiment or its scenarios say; None without a manifest."""
        lengths = [each["values"]["quarters"] for each in self.manifest.get("design", {}).get("bases", ())]
        return self.experiment.get("quarters") or max(lengths, default=None)

    def standing(self) -> Standing:
        """Runs in all, done and failed; without a manifest nobody knows of runs that are still to be done."""
        if self.manifest:
            return self._logbook().standing()
        done, failed = (len(self.index["point"]) if self.done else 0), len(self.open_failures())
        return Standing(done + failed, done, failed)

    def mixture(self) -> list[str]:
        """A line for each change that runs were made before; the table is of more than one world then."""
        return mixture(self._logbook()) if self.manifest else []

    def _logbook(self) -> SweepManifest:
        return SweepManifest(self.archive, self.manifest, [Batch.from_json(each) for each in self.manifest["batches"]])

    @cached_property
    def points(self) -> pa.Table:
        """The design: a row per point."""
        return self.archive.design()

    @property
    def factors(self) -> tuple[str, ...]:
        """What points differ in: `scenario`, `variant` and the axes."""
        return tuple(name for name in self.points.column_names if name != "point")

    @property
    def axes(self) -> tuple[str, ...]:
        """Names of the axes."""
        return tuple(name for name in self.factors if name not in LABELS)

    @cached_property
    def varied(self) -> tuple[str, ...]:
        """Factors that have more than one value."""
        return tuple(name for name in self.factors if len(self.points[name].unique()) > 1)

    @cached_property
    def done(self) -> tuple[int, ...]:
        """Numbers of the chunks that are done."""
        return tuple(sorted(self.archive.done()))

    def parts(self, table: str = SUMMARY) -> Parts:
        """Part files of a table.

        Raises
        ------
        StoreError
            If no chunk is done yet.
        """
        if not self.done:
            raise StoreError(f"no run is kept in {self.path} yet")
        return Parts(self.archive, self.done, table)

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes that the summary knows."""
        ending = measure_column("", MEASURE_NAMES[0])
        return tuple(name.removesuffix(ending) for name in self.parts().columns if name.endswith(ending))

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """Tables that are kept beside summary and series, in alphabetical order."""
        found = (path for path in self.path.iterdir() if path.is_dir() and any(path.glob("[0-9]*.parquet")))
        return tuple(sorted(path.name for path in found if path.name not in (SUMMARY, SERIES)))

    @cached_property
    def index(self) -> dict[str, npt.NDArray[Any]]:
        """`point` and `replication` of every run that is kept, in the order of the parts."""
        return self.parts().arrays(RUN)

    @cached_property
    def groups(self) -> Groups:
        """The runs of every point."""
        return Groups.of(self.index["point"], self.points.num_rows)

    @cached_property
    def notes(self) -> dict[str, dict[str, str]]:
        """Unit and meaning of every axis by name, from `columns.json`; empty where that cannot be read."""
        try:
            told = json.loads((self.path / COLUMNS).read_text(encoding="utf-8"))["design"]
            return {each["name"]: each for each in told}
        except (OSError, ValueError, KeyError, TypeError):
            # A folder without notes has numbers all the same.
            return {}

    def chosen(self, outcomes: str | Iterable[str] | None) -> list[str]:
        """Names of outcomes; all by default.

        Raises
        ------
        QueryError
            If there is no such outcome.
        """
        if outcomes is None:
            return list(self.outcomes)
        names = names_of("outcomes", outcomes)
        for name in names:
            if name not in self.outcomes:
                raise unknown("outcome", name, self.outcomes)
        return names

    def values(self, outcomes: Iterable[str], measure: str = "year") -> Iterator[tuple[str, npt.NDArray[np.float64]]]:
        """Outcome after outcome, its value in every run in the order of `index`.

        Parameters
        ----------
        outcomes : iterable of str
            Names.
        measure : str
            ``year``, ``mean``, ``min`` or ``max``.

        Raises
        ------
        QueryError
            If there is no such outcome or measure.
        """
        if measure not in MEASURE_NAMES:
            raise unknown("measure", measure, MEASURE_NAMES)
        names = self.chosen(outcomes)
        size = max(1, _HELD // max(len(self.index["point"]), 1))
        for first in range(0, len(names), size):
            block = {measure_column(name, measure): name for name in names[first : first + size]}
            arrays = self.parts().arrays(list(block))
            for wanted, name in block.items():
                yield name, arrays.pop(wanted)

    def statistics(
        self, outcomes: str | Iterable[str] | None = None, measure: str = "year", confidence: float = CONFIDENCE
    ) -> dict[str, Statistics]:
        """Statistics of outcomes over the runs of each point, as arrays of shape (points,), by outcome."""
        chosen = self.chosen(outcomes)
        return {name: self.groups.statistics(found, confidence) for name, found in self.values(chosen, measure)}

    def open_failures(self) -> list[Failure]:
        """Runs that failed and have not succeeded since, in order of point and replication.

        Raises
        ------
        StoreError
            If a page of the failure book is damaged.
        """
        found: dict[tuple[int, int], Failure] = {}
        for number in self.archive.pages():
            # A later try says what is wrong now.
            found |= {(failure.point, failure.replication): failure for failure in self.archive.failures_of(number)}
        if not found:
            return []
        runs = np.array(list(found), dtype=np.int64)
        open_still = ~np.isin(_coded(runs[:, 0], runs[:, 1]), _coded(*(self.index[name] for name in RUN)))
        return [found[run] for run, failed in sorted(zip(found, open_still, strict=True)) if failed]

    def failures_table(self) -> pa.Table:
        """The same as a table: the design's columns, `replication`, `seed`, `quarter`, `error`, `traceback`."""
        import pyarrow as pa

        failures = self.open_failures()
        whole, text = pa.int64(), pa.string()
        types = {"replication": whole, "seed": whole, "quarter": whole, "error": text, "traceback": text}
        told = {name: pa.array([getattr(each, name) for each in failures], kind) for name, kind in types.items()}
        rows = self.points.take(pa.array([each.point for each in failures], whole))
        labels = self.labels(types)
        return pa.table(dict(zip(labels, rows.columns, strict=True)) | told)

    def labels(self, taken: Iterable[str]) -> list[str]:
        """Names of the design's columns beside others: ``NAME_axis`` for an axis whose name is taken."""
        others = set(taken) - {"point"}
        return [f"{name}_axis" if name in others else name for name in self.points.column_names]


def _coded(point: npt.NDArray[Any], replication: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """A run in one number."""
    return (point.astype(np.int64) << 32) | replication.astype(np.int64)
