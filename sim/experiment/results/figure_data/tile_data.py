"""Tile data: communities by district in a year, and districts or cities alone where these are too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.results.figure_data.figure_options import FigureOptions
from sim.experiment.results.figure_data.missing_runs import missing_runs_note
from sim.experiment.results.figure_data.prepared_figure import PreparedFigure
from sim.experiment.results.figure_data.table_rows import (
    one_point,
    quarters_of_year,
    read_rows,
    runs_of,
    shown_year,
    span_of,
)
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import QueryError, unknown
from sim.output.table_columns import EVERY_FIELD, TABLES, Column
from sim.plots.counted_values import CountedValues
from sim.plots.tile_figures import Tile, TileData, texts, tile_figure
from sim.statistics.column_quantiles import quantiles

if TYPE_CHECKING:
    import pandas as pd

COMMUNITIES = "communities"
USUAL = "unmet"
MOST_PANELS = 4
MOST_TILES = 400
"""Tiles that can still be distinguished."""
_OF_CITY = "/"
"""Between the names of a city and its district, where there are several cities."""


def read_tiles(results: ResultArrays, options: FigureOptions) -> PreparedFigure:
    """Read columns of the table of communities of one point, as means of a year."""
    known = number_columns(results)
    names = list(options.outcomes) or [USUAL]
    for name in names:
        if name not in known:
            raise unknown(f"number of {COMMUNITIES}", name, known)
    if len(names) > MOST_PANELS:
        raise QueryError(f"{len(names)} numbers are more than tiles can hold; at most {MOST_PANELS}")
    point, title = one_point(results, options, "a figure of tiles")
    runs = runs_of(results, point)
    first, last = span_of(results, COMMUNITIES, point)
    year = shown_year(options, first, last)
    quarters = quarters_of_year(year, first, last)
    rows = read_rows(results, COMMUNITIES, ["community", "district", *names], point, quarters)
    rows, level = _at_level(rows)
    tiles = _tiles(rows)
    panels = [_values(rows, name, known[name], len(runs)) for name in names]
    communities = int(rows["community"].nunique())
    lacking = missing_runs_note(results, [point])
    data = TileData(title, year, len(quarters), len(runs), level, communities, tiles, names, panels, lacking)
    return PreparedFigure(texts(data), lambda: tile_figure(data))


def number_columns(results: ResultArrays) -> dict[str, Column]:
    """Numbers that the table of communities keeps, each with its declaration."""
    declared = {column.name: column for column in TABLES[COMMUNITIES]}
    found: dict[str, Column] = {}
    for name in results.parts(COMMUNITIES).columns:
        column = declared.get(name) or declared.get(f"{name.split('_')[0]}{EVERY_FIELD}")
        if column is not None and column.has_numbers and name not in ("point", "replication", "district"):
            found[name] = column
    return found


def _at_level(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Rows with the number of their tile: a community, or its district or city where tiles would be too many.

    Raises
    ------
    QueryError
        If cities are too many, too.
    """
    district = rows["district"].astype(str)
    city = district.str.split(_OF_CITY, n=1).str[0]
    for level, words in (("community", rows["community"].astype(str)), ("district", district), ("city", city)):
        pairs = district + "\0" + words if level == "community" else words
        # Places stand in the order of the table, which is that of the scenario.
        code, unique = pairs.factorize()
        if len(unique) <= MOST_TILES:
            group = district if level == "community" else city if level == "district" else words
            return rows.assign(tile=code, group=group.to_numpy(), words=words.to_numpy()), level
    raise QueryError(f"{len(unique):,} cities are more than tiles can show; at most {MOST_TILES}")


def _tiles(rows: pd.DataFrame) -> list[Tile]:
    """Names of the tiles, each in the group that it stands in."""
    first = rows.drop_duplicates("tile").sort_values("tile")
    return [Tile(str(group), str(words)) for group, words in zip(first["group"], first["words"], strict=True)]


def _values(rows: pd.DataFrame, name: str, column: Column, runs: int) -> CountedValues:
    """Of each tile the mean over runs of its mean over the year, with the middle 80 % of the runs."""
    by_run = rows.groupby(["replication", "tile"])[name].mean().unstack("tile").sort_index(axis=1)
    values = by_run.to_numpy(np.float64)
    known = ~np.isnan(values)
    counts = np.asarray(known.sum(axis=0), np.int64)
    total = np.where(known, values, 0.0).sum(axis=0)
    mean = np.divide(total, counts, out=np.full(len(counts), np.nan), where=counts > 0)
    p10, p90 = quantiles(values, [0.1, 0.9])
    return CountedValues(column.meaning.rstrip("."), column.unit, mean, counts, runs, ((p10, p90),))
