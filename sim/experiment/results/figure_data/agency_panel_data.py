"""Agency panel data: medians of agencies' measures by group over time, for `sim.plots.agency_panel_figures`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.declarations.calendar_quarter import Quarter
from sim.experiment.results.figure_data.agency_groups import GROUPINGS, Grouped
from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.missing_runs import missing_runs_note
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.figure_data.table_rows import one_point, runs_of
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import StoreError
from sim.experiment.store.part_reader import QueryError, unknown
from sim.output.table_columns import TABLES, notes
from sim.plots.agency_panel_figures import AgencyGroup, AgencyPanels, agency_panel_figure
from sim.plots.counted_values import CountedValues
from sim.plots.line_looks import MOST_LINES
from sim.statistics.group_medians import group_medians
from sim.statistics.replication_bands import band

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

    Numbers = npt.NDArray[np.float64]
    Whole = npt.NDArray[np.int64]

AGENCIES = "agencies"
USUAL_COLUMNS = ("resource_independence", "operational_autonomy")
_MOST_PANELS = 12
_KEYS = ("replication", "date", "operating")
_NO_MEASURE = frozenset(("point", "replication"))


def read_agency_panels(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read medians over the operating agencies of each group, in every run and quarter of one point."""
    columns = _columns(results, options.outcomes or USUAL_COLUMNS)
    units = list(dict.fromkeys(columns.values()))
    by = options.by[0] if options.by else next(iter(GROUPINGS))
    if len(options.by) > 1:
        raise QueryError(f"agencies are set apart by one property; found {', '.join(options.by)}")
    point, heading = one_point(results, options, "panels")
    found = _Medians.of(results, point, by, list(columns))
    order = _order(found, by)
    most = _MOST_PANELS // len(units)
    groups = [_group(found, code, columns) for code in order[:most]]
    left = [found.names[code] for code in order[most:]]
    said = [f"Not shown, {len(left)} groups with fewer agencies: {', '.join(left)}"] if left else []
    title = f"{heading}: agencies by {GROUPINGS[by].meaning}"
    data = AgencyPanels(title, found.start, found.runs, groups, [*said, missing_runs_note(results, [point])])
    return PreparedFigure(data.texts, partial(agency_panel_figure, data))


def _columns(results: ResultArrays, asked: Sequence[str]) -> dict[str, str]:
    """Columns that are asked for, with their units.

    Raises
    ------
    QueryError
        If one is not there or no number, or there are more than a panel can hold.
    """
    services = dict.fromkeys(
        name for base in results.manifest["design"]["bases"] for name in base["values"].get("fields", ())
    )
    units = {each["name"]: each["unit"] for each in notes(TABLES[AGENCIES], services)}
    schema = results.parts(AGENCIES).schema
    numeric = [field.name for field in schema if _is_number(field.type) and field.name not in _NO_MEASURE]
    for name in asked:
        if name not in numeric:
            if name in schema.names:
                raise QueryError(f"'{name}' of agencies is no number; numbers are {', '.join(numeric)}")
            raise unknown("column", name, numeric)
    if len(asked) > MOST_LINES:
        raise QueryError(f"{len(asked)} columns are more lines than a panel can hold; at most {MOST_LINES}")
    for name in (*_KEYS, *(each.column for each in GROUPINGS.values())):
        if name not in schema.names:
            raise QueryError(f"the table agencies was kept without its column {name}, which this figure needs")
    return {name: units.get(name, "") for name in asked}


def _is_number(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_floating(kind) or pa.types.is_integer(kind))


@dataclass(frozen=True)
class _Medians:
    """Medians by group.

    Attributes
    ----------
    start : Quarter
        First quarter of the runs.
    names : list of str
        Of the groups.
    runs : int
        Replications.
    agencies : float array, shape (groups, runs, quarters)
        Operating agencies.
    medians : mapping of str to float array of the same shape
        Column -> its median over them.
    """

    start: Quarter
    names: list[str]
    runs: int
    agencies: Numbers
    medians: Mapping[str, Numbers]

    @classmethod
    def of(cls, results: ResultArrays, point: int, by: str, columns: Sequence[str]) -> _Medians:
        """Read a point part by part, and only the columns that are needed."""
        done = runs_of(results, point)
        parts = list(_parts(results, point, by, columns))
        if not parts:
            raise StoreError(f"no agency in any run of this point is kept in {results.path}")
        months = [np.asarray(each["date"].to_numpy().astype("datetime64[M]").astype(np.int64)) for each in parts]
        start = Quarter.from_ordinal(min(int(each.min()) for each in months) // 3 + 1970 * 4)
        quarters = max(int(each.max()) for each in months) // 3 + 1970 * 4 - start.ordinal + 1
        grouped = _grouped(parts, by, start)
        size = (len(grouped.names), len(done), quarters)
        cells: list[Whole] = []
        for part, month in zip(parts, months, strict=True):
            replication = np.searchsorted(done, np.asarray(part["replication"].to_numpy(), np.int64))
            cells.append(replication * quarters + month // 3 + 1970 * 4 - start.ordinal)
        of_cell = np.concatenate(cells) + grouped.codes * len(done) * quarters
        operating = np.concatenate([np.asarray(each["operating"].to_numpy(), np.bool_) for each in parts])
        count = int(np.prod(size))
        medians = {}
        for name in columns:
            values = np.concatenate([np.asarray(each[name].to_numpy(), np.float64) for each in parts])
            medians[name] = group_medians(of_cell[operating], values[operating], count).reshape(size)
        agencies = np.bincount(of_cell[operating], minlength=count).reshape(size).astype(np.float64)
        return cls(start, grouped.names, len(done), agencies, medians)


def _parts(results: ResultArrays, point: int, by: str, columns: Sequence[str]) -> Iterator[pa.Table]:
    """Rows of a point in part after part, with the columns that are needed."""
    import pyarrow.compute as pc

    wanted = list(dict.fromkeys([*_KEYS, GROUPINGS[by].column, *columns]))
    for part in results.parts(AGENCIES).stream(["point", *wanted]):
        rows = part.filter(pc.equal(part["point"], point)).select(wanted)
        if rows.num_rows:
            yield rows


def _grouped(parts: Sequence[pa.Table], by: str, start: Quarter) -> Grouped:
    """Groups of all rows; words of a part are numbered by that part alone."""
    import pyarrow as pa

    column = GROUPINGS[by].column
    chunks = [chunk for part in parts for chunk in part[column].chunks]
    if pa.types.is_dictionary(chunks[0].type):
        chunks = [chunk.dictionary_decode() for chunk in chunks]
    return GROUPINGS[by].group(pa.chunked_array(chunks), start)


def _order(found: _Medians, by: str) -> list[int]:
    """Groups that have an operating agency in any run, the largest first unless they have an order of their own."""
    size = found.agencies.mean(axis=(1, 2))
    there = [code for code in range(len(found.names)) if size[code] > 0]
    return there if GROUPINGS[by].ordered else sorted(there, key=lambda code: (-size[code], found.names[code]))


def _group(found: _Medians, code: int, columns: Mapping[str, str]) -> AgencyGroup:
    values = {}
    for name, unit in columns.items():
        each = band(found.medians[name][code])
        ends = ((each.p10, each.p90),) if found.runs > 1 else ()
        label = name.replace("_", " ").capitalize()
        empty = "no operating agency of the group has a value"
        values[name] = CountedValues(label, unit, each.median, each.n, found.runs, ends, empty)
    agencies = found.agencies[code]
    at_end = float(np.median(agencies[:, -1]))
    return AgencyGroup(found.names[code], values, at_end, float(np.median(agencies[agencies > 0])))
