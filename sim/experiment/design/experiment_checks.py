"""Experiment checks: everything that is checked before the first run, beyond the form of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sim.declarations.input_issues import Issue, IssueError, KeyPath, listed
from sim.declarations.removed_names import gone
from sim.declarations.renamed_names import called_now, renamed
from sim.declarations.sector_outcomes import MAIN, SECTOR
from sim.engine.column_names import column_name, same_columns
from sim.experiment.design.axis import Axis
from sim.experiment.design.axis_building import build_axis
from sim.experiment.design.axis_values import DIGITS, UNKNOWN, normal
from sim.experiment.design.bases_and_variants import ResolvedBase, idle_variants, nothing_left, repeated_scenarios
from sim.experiment.design.checked_design import Design
from sim.experiment.design.experiment_file import MOST_POINTS, SAMPLED, ExperimentFile, ListDesign
from sim.experiment.design.idle_axes import idle_axes, partly_idle, same_places
from sim.experiment.design.kept_columns import kept_by_quarter, wrong_columns
from sim.experiment.design.point_feasibility import infeasible_points
from sim.experiment.design.point_table import RESERVED
from sim.output.outcome_measures import MEASURES, DatedMeasure, dated, measure_column
from sim.output.table_columns import TABLES
from sim.scenario.checks.look_alike_names import look_alikes_at

OUTCOMES = tuple(outcome.name for outcome in SECTOR)
REDUCED = frozenset(measure_column(name, each.name) for name in OUTCOMES for each in MEASURES)
"""Columns of the summary."""
KEPT_TABLES = tuple(TABLES)
"""Tables that can be kept whole; of the sector, series of some outcomes are usually enough."""


def check_experiment(
    file: ExperimentFile,
    resolved_bases: list[ResolvedBase],
    files: tuple[Path, ...],
    broken: frozenset[str] = frozenset(),
) -> tuple[Design | None, list[Issue]]:
    """Make the design of an experiment, or say why there is none.

    Parameters
    ----------
    file : ExperimentFile
        What the file says.
    resolved_bases : list of ResolvedBase
        Scenarios and variants.
    files : tuple of Path
        Files that were read for them.
    broken : frozenset of str
        Sections and axes that were taken out of the file because they are wrong by themselves.

    Returns
    -------
    tuple
        The design; and what was found, in the keys of the file.  There is a design only where nothing was found.
    """
    found = [*wrong_names(file), *wrong_replications(file, broken), *repeated_scenarios(file)]
    found += wrong_columns(file.keep, dict.fromkeys(name for each in resolved_bases for name in each.scenario.fields))
    found += wrong_dates(file, resolved_bases, broken)
    found += [*idle_variants(file, resolved_bases), *(() if broken else nothing_left(file))]
    kind = UNKNOWN if "design" in broken else file.design.kind
    axes: dict[str, Axis] = {}
    for name, entry in file.axes.items() if resolved_bases else ():
        try:
            axes[name] = build_axis(name, entry, kind, resolved_bases)
        except IssueError as error:
            found += [replace(issue, path=("axes", name, *issue.path)) for issue in error.issues]
    found += wrong_points(file, axes, broken)
    found += [*same_places(file, axes), *idle_axes(file, axes, resolved_bases)]
    if found or broken or not resolved_bases:
        return None, found
    bases = tuple(resolved.base for resolved in resolved_bases)
    design = Design(file, bases, tuple(axes.values()), files, tuple(partly_idle(axes, resolved_bases)))
    found += [*wrong_size(design)] or [*repeated_points(design), *infeasible_points(design)]
    return (None if found else design), found


def wrong_names(file: ExperimentFile) -> Iterator[Issue]:
    """Outcomes and tables that do not exist or are named twice, and axes that are named as something else."""
    precise = [file.precision.outcome] if file.precision is not None else []
    yield from _unknown(("precision", "outcome"), "outcome", precise, OUTCOMES, single=True)
    yield from _unknown(("outcomes",), "outcome", file.outcomes, OUTCOMES)
    yield from _unknown(("keep", "series"), "outcome", file.keep.series, OUTCOMES)
    yield from _unknown(("keep", "tables"), "table", file.keep.tables, KEPT_TABLES)
    yield from _taken_names(list(file.axes))
    yield from look_alikes_at((("axes", name), name) for name in file.axes)
    yield from look_alikes_at((("variants", name), name) for name in file.variants)


def wrong_dates(file: ExperimentFile, resolved_bases: list[ResolvedBase], broken: frozenset[str]) -> Iterator[Issue]:
    """Quarters that count though runs do not reach over them, or outcomes are not kept by quarter."""
    asked: list[tuple[KeyPath, str, list[str]]] = []
    if "measure" not in broken:
        asked.append((("measure",), file.measure, file.outcomes or [outcome.name for outcome in MAIN]))
    if file.precision is not None:
        asked.append((("precision", "measure"), file.precision.measure, [file.precision.outcome]))
    kept = OUTCOMES if "keep" in broken else kept_by_quarter(file.keep, OUTCOMES)
    for place, text, outcomes in asked:
        measure = dated(text)
        if measure is None:
            continue
        missing = [name for name in outcomes if name in OUTCOMES and name not in kept]
        if missing:
            what = f"'{text}' needs the series of {listed(missing, len(missing))}"
            yield Issue(place, what, f"write 'keep: {{series: [{', '.join(dict.fromkeys(outcomes))}]}}'")
        yield from _outside(place, measure, file, resolved_bases)


def _outside(
    place: KeyPath, measure: DatedMeasure, file: ExperimentFile, resolved_bases: list[ResolvedBase]
) -> Iterator[Issue]:
    """Quarters before the start or after the end of a scenario."""
    for resolved in resolved_bases:
        start = resolved.scenario.start
        end = start + ((file.quarters or resolved.scenario.quarters) - 1)
        outside = next((each for each in measure.windows if each.first < start or each.last > end), None)
        if outside is not None:
            what = f"{outside} is not within the runs of {resolved.base.label}"
            yield Issue(place, what, f"expected quarters from {start} to {end}")
            return


def _taken_names(axes: list[str]) -> Iterator[Issue]:
    """Axes whose columns are named as others that stand beside them; upper and lower case are the same in SQL."""
    same = dict(same_columns(axes))
    for n, name in enumerate(axes):
        plain = column_name(name).lower()
        if plain in OUTCOMES or plain in REDUCED:
            what = f"'{name}' is {'an outcome' if plain in OUTCOMES else 'named as a column of an outcome'}"
        elif plain in RESERVED:
            what = f"'{name}' is a column of tables"
        elif n in same:
            what = f"'{name}' and '{axes[same[n]]}' are one column, '{column_name(name)}'"
        else:
            continue
        yield Issue(("axes", name), what, "give the axis another name", at_key=True)


def _unknown(
    path: KeyPath, kind: str, names: list[str], known: tuple[str, ...], *, single: bool = False
) -> Iterator[Issue]:
    for n, name in enumerate(names):
        where = path if single else (*path, n)
        if name not in known:
            new = renamed(kind, name)
            said = gone(kind, name) if new is None else called_now(new)
            allowed = f"expected one of {listed(known)}" if said is None else said
            yield Issue(where, f"unknown {kind} '{name}'", allowed, None if said else name, known)
        elif name in names[:n]:
            yield Issue(where, f"'{name}' is named twice", "name it once")


def wrong_replications(file: ExperimentFile, broken: frozenset[str]) -> Iterator[Issue]:
    """Neither a number of replications nor a precision, or both; a difference from nothing."""
    given = [key for key in ("replications", "precision") if getattr(file, key) is not None or key in broken]
    if not given:
        yield Issue((), "nothing says how often each point is run", "add 'replications: N', or 'precision'")
    if len(given) > 1:
        what = "'replications' and 'precision' cannot stand together"
        yield Issue(("precision",), what, "keep one of them", at_key=True)


def wrong_points(file: ExperimentFile, axes: dict[str, Axis], broken: frozenset[str]) -> Iterator[Issue]:
    """Points of a list that name an unknown axis, leave one out or have a value that it cannot take."""
    if not isinstance(file.design, ListDesign):
        if file.design.kind in SAMPLED and not file.axes and "axes" not in broken:
            yield Issue(("design", "kind"), f"'{file.design.kind}' needs axes", "add 'axes', or choose 'grid'")
        return
    known = [*file.axes, *broken]
    for n, point in enumerate(file.design.points):
        place = ("design", "points", n)
        for name, value in point.items():
            if name not in known:
                allowed = f"expected {listed(file.axes)}" if file.axes else "the file has no axes"
                yield Issue((*place, name), f"unknown axis '{name}'", allowed, name, known, at_key=True)
            wrong = axes[name].declared.wrong(value) if name in axes else None
            if wrong is not None:
                yield replace(wrong, path=(*place, name))
        left_out = [name for name in file.axes if name not in point]
        if left_out:
            yield Issue(place, f"the point has no {listed(left_out)}", "give every axis a value")


def wrong_size(design: Design) -> Iterator[Issue]:
    """More points than can be run, or a difference where there is but one."""
    precision = design.file.precision
    if design.points > MOST_POINTS:
        what = f"{design.points:,} points are too many"
        yield Issue(("design",), what, f"at most {MOST_POINTS:,}; take fewer values, or a sampled design")
    elif precision is not None and precision.of == "difference" and design.points < 2:
        yield Issue(("precision", "of"), "one point differs from none", "write 'of: mean', or add points")


def repeated_points(design: Design) -> Iterator[Issue]:
    """Points that are written out twice."""
    if not isinstance(design.file.design, ListDesign):
        return
    seen: dict[tuple[object, ...], int] = {}
    for n, point in enumerate(design.file.design.points):
        values = tuple(_rounded(normal(point[axis.name], axis.kind)) for axis in design.axes)
        first = seen.setdefault(values, n)
        if first != n:
            what = f"is the same point as number {first}, counted from 0"
            yield Issue(("design", "points", n), what, "write every point once", other=("design", "points", first))


def _rounded(value: object) -> object:
    """A number without the digits that only rounding made."""
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value
