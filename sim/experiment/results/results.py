"""Results of a run, a comparison or a sweep, to read: tables of runs, points and effects, as pandas tables.

::

    results = Results.open("results/diversification")
    results.summary(["closures"])[["drive", "closures"]]
    results.effect("closures", of="variant")
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.declarations.short_repr import ShortRepr
from sim.experiment.results.joined_rows import joined
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import RUN, QueryError, names_of, unknown
from sim.experiment.store.results_folder import SERIES
from sim.output.outcome_measures import MEASURE_NAMES, measure_column
from sim.statistics.confidence_intervals import CONFIDENCE

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from sim.plots.house_figure import HouseFigure


_WHEN = ("quarter", "date")
"""Columns of the series that say when."""


class Results(ShortRepr, ResultArrays):
    """Results as pandas tables; see `ResultArrays` for the same as arrays."""

    def _facts(self) -> tuple[str, dict[str, object]]:
        points = self.points.num_rows
        return str(self.path), {"kind": self.kind, "title": self.experiment["title"], "points": points}

    def design(self) -> pd.DataFrame:
        """A row per point: scenario, variant, and the value on every axis."""
        return self.points.to_pandas()

    def summary(
        self, outcomes: str | Iterable[str] | None = None, measure: str = "year", confidence: float = CONFIDENCE
    ) -> pd.DataFrame:
        """A row per point, with its outcomes over replications.

        Parameters
        ----------
        outcomes : str or iterable of str, optional
            Which; all by default.
        measure : str
            What stands for a run: ``year``, the mean of its last year; ``mean``, ``min`` or ``max``, the mean,
            lowest and highest of all its quarters; or, of outcomes whose series is kept, a quarter (``2018-Q4``), the
            mean of a window (``2016-Q1..2018-Q4``) or the change since an earlier one (``2018-Q4 since 2015-Q4``).
        confidence : float
            Of the intervals, 0 to 1.

        Returns
        -------
        DataFrame
            `point`, `scenario`, `variant`, the axes, `runs`, and for each outcome ``NAME``, its mean;
            ``NAME_ci_low`` and ``NAME_ci_high``, the interval of that mean by Student's t; ``NAME_p50``, the median;
            and ``NAME_n``, the replications in which it is defined.  An axis that bears the name of another
            column is called ``NAME_axis``.
        """
        import pandas as pd

        columns: dict[str, Any] = {"runs": self.groups.runs}
        for name, found in self.statistics(outcomes, measure, confidence).items():
            columns |= {name: found.mean, f"{name}_ci_low": found.low, f"{name}_ci_high": found.high}
            columns |= {f"{name}_p50": found.median, f"{name}_n": found.n}
        labels = self.points.rename_columns(self.labels(columns)).to_pandas()
        return pd.concat([labels, pd.DataFrame(columns)], axis=1)

    def runs(self, columns: str | Iterable[str] | None = None) -> pd.DataFrame:
        """A row per run: what was run, and its results.

        Parameters
        ----------
        columns : str or iterable of str, optional
            Columns of the summary (``closures_year``, ``seed``), or outcomes, which stand for all their columns;
            everything by default.

        Returns
        -------
        DataFrame
            `point`, `scenario`, `variant`, the axes, `replication`, and those columns.

        Raises
        ------
        QueryError
            If there is no such column.
        """
        parts = self.parts()
        wanted = [name for name in parts.columns if name not in RUN]
        if columns is not None:
            wanted = self._columns(names_of("columns", columns), wanted)
        return self._joined(parts.whole([*RUN, *wanted]))

    def _columns(self, asked: Iterable[str], known: Sequence[str]) -> list[str]:
        wanted: dict[str, None] = {}
        for name in asked:
            found = [measure_column(name, each) for each in MEASURE_NAMES] if name in self.outcomes else [name]
            if found[0] not in known and name not in RUN:
                raise unknown("column", name, [*self.outcomes, *known])
            wanted |= dict.fromkeys(each for each in found if each in known)
        return list(wanted)

    def series(self, outcomes: str | Iterable[str] | None = None) -> pd.DataFrame:
        """A row per run and quarter, for outcomes whose series were kept; all of them by default.

        Raises
        ------
        QueryError
            If no series were kept, or not of these outcomes.
        """
        parts = self.parts(SERIES)
        kept = [name for name in parts.columns if name not in (*RUN, *_WHEN)]
        names = kept if outcomes is None else names_of("outcomes", outcomes)
        for name in names:
            if name not in kept:
                raise unknown("series", name, kept)
        if not kept:
            raise QueryError("no series were kept; name outcomes under 'keep: series' in the experiment file")
        return self._joined(parts.whole([*RUN, *_WHEN, *names]))

    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """A table that was kept whole, as `sim run` writes it: `point`, `replication`, and its columns.

        Raises
        ------
        QueryError
            If it was not kept, or has no such column.
        """
        if name not in self.tables:
            raise unknown("table", name, self.tables)
        parts = self.parts(name)
        for each in columns or ():
            if each not in parts.columns:
                raise unknown("column", each, parts.columns)
        return _frame(parts.whole(columns))

    def failures(self) -> pd.DataFrame:
        """A row per run that failed and has not succeeded since, with the values of its point."""
        return self.failures_table().to_pandas()

    def effect(
        self,
        outcomes: str | Iterable[str],
        of: str = "variant",
        base: object = None,
        measure: str = "year",
        confidence: float = CONFIDENCE,
        across: str | None = None,
    ) -> pd.DataFrame:
        """What a scenario, a variant or the value on an axis does, run by run with common random numbers.

        Points that differ in nothing else are paired.

        Parameters
        ----------
        outcomes : str or iterable of str
            Which.
        of : str
            ``scenario``, ``variant`` or an axis.
        base : optional
            The value that the others are compared with; by default that of the first point.
        measure : str
            As in `summary`.
        confidence : float
            Of the intervals, 0 to 1.
        across : str, optional
            Another factor: by how much more `of` does at each of its levels than at the level of the first point, the
            difference of the differences.

        Returns
        -------
        DataFrame
            A row per pair of points and outcome: `point` and `base_point`, the factors, `outcome`, and the
            columns of `Comparison.table`.  With `across` also `across_point` and `across_base_point`, the pair whose
            difference is subtracted; `base_median` and `other_median` are then medians of both effects.

        Raises
        ------
        QueryError
            If there is no such outcome or factor, or no two points differ in it alone.
        """
        from sim.experiment.results.effects import Effects

        chosen = self.chosen(outcomes)
        return Effects.of(self, chosen, of, base, across, measure, confidence).table(self, chosen)

    def plot(self, kind: str | None = None, **options: Any) -> HouseFigure:
        """Make a figure: ``results.plot("bands", outcomes=["closures"]).savefig("closures.pdf")``.

        Parameters
        ----------
        kind : str, optional
            One of `sim.experiment.results.figure_data.figure_kinds.KINDS`; what suits the folder by default.
        **options
            What is asked of it, as in `sim.experiment.results.figure_data.figure_options.FigureOptions`.

        Returns
        -------
        HouseFigure
            A `matplotlib.figure.Figure` that also holds its `numbers`, their source (`facts`) and `alternative` text.

        Raises
        ------
        QueryError
            If there is no such kind, option, outcome or point, or the folder lacks what the kind needs.
        StoreError
            If nothing is kept yet, or a file is damaged.

        Warns
        -----
        UserWarning
            If something is left out of the figure, or no installed font has a character.
        """
        from sim.experiment.results.figure_data.figure_making import make_figure, usual_kinds
        from sim.experiment.results.figure_data.figure_options import FigureOptions

        chosen = usual_kinds(self)[:1] if kind is None else [kind]
        if not chosen:
            raise QueryError(f"{self.path} keeps nothing that a figure could show unasked; name a kind")
        call = ", ".join([repr(chosen[0]), *(f"{name}={value!r}" for name, value in options.items())])
        made = make_figure(self, chosen[0], FigureOptions.of(**options), f"Results.plot({call})")
        for note in made.notes:
            warnings.warn(note, stacklevel=2)
        return made.figure

    def sql(self, query: str) -> pd.DataFrame:
        """Answer a question in SQL (`sim.experiment.results.sql_queries`)."""
        from sim.experiment.results.sql_queries import ask

        return ask(self, query).to_pandas()

    def export(
        self,
        kind: str,
        tables: str | Sequence[str] | None = None,
        out: str | os.PathLike[str] | None = None,
        overwrite: bool = False,
    ) -> list[Path]:
        """Write tables as ``csv``, ``xlsx`` or ``stata`` (`sim.experiment.results.table_export.export_tables`)."""
        from sim.experiment.results.table_export import export_tables

        return export_tables(self, kind, tables, out, overwrite)

    def _joined(self, table: pa.Table) -> pd.DataFrame:
        return _frame(joined(self, table))


def _frame(table: pa.Table) -> pd.DataFrame:
    """As pandas has it; memory of Arrow is given back as its columns are taken over."""
    from sim.output.quarter_columns import unify

    frame: pd.DataFrame = unify(table).to_pandas(split_blocks=True, self_destruct=True)
    return frame
