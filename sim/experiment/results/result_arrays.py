"""Result arrays of a results folder: the runs that are done, their points, and what failed.

Parts are read one after the other and only for the columns that are asked for, so a million runs need no more
memory than the few columns that are looked at.  Every file is compared with its checksum before it is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from sim.declarations.sector_outcomes import MAIN
from sim.experiment.store.atomic_files import StoreError, check_is_folder
from sim.experiment.store.dated_values import BY_QUARTER, SECTOR_TABLE, asked_measure, dated_values
from sim.experiment.store.file_checks import damaged
from sim.experiment.store.manifest import Manifest
from sim.experiment.store.part_reader import RUN, PartReader, names_of, unknown
from sim.experiment.store.receipts import Failure, Progress, Receipt
from sim.experiment.store.results_folder import COLUMNS, SERIES, SUMMARY, ResultsFolder
from sim.experiment.store.stored_values import StoredColumns, check_stored
from sim.output.outcome_measures import MEASURE_NAMES, measure_column
from sim.scenario import Scenario
from sim.statistics.confidence_intervals import CONFIDENCE
from sim.statistics.grouped_statistics import Groups, Statistics

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

    from sim.declarations.calendar_quarter import Quarter

LABELS = ("point", "scenario", "variant")
"""Columns of the design that are no axis."""
_HELD = 8_000_000
"""Values of the summary that are held at once, in the order of 64 MB."""


@dataclass(frozen=True)
class ResultArrays:
    """A results folder as it is when it is first looked at; open it again to see what came later.

    A run that failed and succeeded at a later try counts once, with its result.

    Attributes
    ----------
    folder : ResultsFolder
        The folder.
    """

    folder: ResultsFolder
    _manifest: Manifest
    _checked: dict[tuple[Path, bool], int] = field(default_factory=dict, repr=False)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """Open a folder of results: of a run, a comparison or a sweep.

        Raises
        ------
        StoreError
            If there are none, or its manifest or design cannot be read.
        """
        folder = ResultsFolder(Path(path))
        check_is_folder(folder.path)
        results = cls(folder, Manifest.read(folder))
        _ = results.points
        return results

    @property
    def path(self) -> Path:
        """The folder."""
        return self.folder.path

    @property
    def manifest(self) -> dict[str, Any]:
        """What its manifest says."""
        return self._manifest.values

    @property
    def kind(self) -> str:
        """``run`` or ``sweep``."""
        return self._manifest.kind

    @property
    def experiment(self) -> dict[str, Any]:
        """What the experiment file said."""
        found: dict[str, Any] = self.manifest["design"]["experiment"]
        return found

    @property
    def title(self) -> str:
        """Title of the experiment, or of the scenario that was run."""
        return str(self.manifest["title"])

    @property
    def shown(self) -> tuple[str, ...]:
        """Outcomes that the experiment asks about; the main ones where it names none, and the one to be exact.

        Of the main ones those that the version knew that made the folder.
        """
        known = self.outcomes if self.done else [outcome.name for outcome in MAIN]
        asked = self.experiment.get("outcomes") or [outcome.name for outcome in MAIN if outcome.name in known]
        exact = self.experiment.get("precision")
        return tuple(dict.fromkeys([*asked, *([exact["outcome"]] if exact else [])]))

    @property
    def measure(self) -> str:
        """What counts of a run in the printed table, where nothing else is asked."""
        return str(self.experiment.get("measure") or MEASURE_NAMES[0])

    @property
    def quarters(self) -> int:
        """Length of the longest run, as the experiment or its scenarios say."""
        usual = Scenario.model_fields["quarters"].default
        lengths = (each["values"].get("quarters", usual) for each in self.manifest["design"]["bases"])
        return int(self.experiment.get("quarters") or max(lengths))

    @property
    def start(self) -> Quarter:
        """The first quarter of a run; of the base where several scenarios are compared."""
        from sim.declarations.calendar_quarter import Quarter

        usual = Scenario.model_fields["start"].default
        values = self.manifest["design"]["bases"][0]["values"] if "design" in self.manifest else {}
        return Quarter.parse(str(self.manifest.get("start") or values.get("start", usual)))

    def progress(self) -> Progress:
        """Runs in all, done and failed."""
        return self._manifest.progress(self.receipts)

    @cached_property
    def receipts(self) -> Mapping[int, Receipt]:
        """Receipts of the chunks that are done, by their numbers."""
        return self._manifest.receipts()

    @cached_property
    def points(self) -> pa.Table:
        """The design: a row per point."""
        return self._manifest.read_points()

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

    @property
    def done(self) -> int:
        """Runs that ended."""
        return sum(receipt.done for receipt in self.receipts.values())

    def parts(self, table: str = SUMMARY) -> PartReader:
        """Part files of a table.

        Raises
        ------
        StoreError
            If no run is done yet.
        """
        if not self.done:
            raise StoreError(f"no run is kept in {self.path} yet")
        return PartReader(self.folder, self.receipts, table, self._checked)

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes that the summary knows."""
        ending = measure_column("", MEASURE_NAMES[0])
        return tuple(name.removesuffix(ending) for name in self.parts().columns if name.endswith(ending))

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """Tables that are kept beside summary and series, in alphabetical order."""
        found = {name for receipt in self.receipts.values() for name in receipt.files}
        return tuple(sorted(found - {SUMMARY, SERIES}))

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
        """Unit and meaning of every axis by name.

        Raises
        ------
        StoreError
            If they are missing or damaged.
        """
        path = self._manifest.check_file(COLUMNS)
        try:
            found = check_stored(StoredColumns, json.loads(path.read_bytes()))
        except (ValueError, RecursionError) as error:
            raise damaged(path, error) from error
        return {each["name"]: each for each in found["design"]}

    def trajectories(self, outcomes: Iterable[str]) -> dict[str, npt.NDArray[np.float64]]:
        """Trajectories of outcomes in the runs of one scenario, which keeps the table of the sector.

        Parameters
        ----------
        outcomes : iterable of str
            Names in `sim.declarations.sector_outcomes.SECTOR`.

        Returns
        -------
        dict of str to float array, shape (replications, quarters)
            Replications that are done, in the order of the parts; not a number throughout where the version that made
            the folder did not know the outcome.
        """
        names = list(dict.fromkeys(outcomes))
        reader = PartReader(self.folder, self.receipts, SECTOR_TABLE, self._checked)
        found = reader.arrays([name for name in names if name in reader.columns])
        unknown_then = np.full((self.done, self.quarters), np.nan)
        return {
            name: np.asarray(found[name], np.float64).reshape(-1, self.quarters) if name in found else unknown_then
            for name in names
        }

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
            ``year``, ``mean``, ``min`` or ``max``; or a quarter or window (`sim.output.outcome_measures.dated`).

        Raises
        ------
        QueryError
            If there is no such outcome or measure, or outcomes are not kept by quarter where the measure is by date.
        """
        by_date = asked_measure(measure)
        names = self.chosen(outcomes)
        if by_date is not None:
            tables = [table for table in BY_QUARTER if any(table in each.files for each in self.receipts.values())]
            readers = {table: self.parts(table) for table in tables}
            yield from dated_values(readers, names, by_date, self.index).items()
            return
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
            If a receipt is damaged.
        """
        return self._manifest.open_failures(self.receipts)

    def failures_table(self) -> pa.Table:
        """The same as a table: the design's columns, `replication`, `seed`, `quarter`, `error`, `traceback`."""
        import pyarrow as pa

        failures = self.open_failures()
        whole, text = pa.int64(), pa.string()
        types = {"replication": whole, "seed": whole, "quarter": whole, "error": text, "traceback": text}
        columns = {name: pa.array([getattr(each, name) for each in failures], kind) for name, kind in types.items()}
        rows = self.points.take(pa.array([each.point for each in failures], whole))
        labels = self.labels(types)
        return pa.table(dict(zip(labels, rows.columns, strict=True)) | columns)

    def labels(self, taken: Iterable[str]) -> list[str]:
        """Names of the design's columns beside others: ``NAME_axis`` for an axis whose name is taken."""
        others = set(taken) - {"point"}
        return [f"{name}_axis" if name in others else name for name in self.points.column_names]
