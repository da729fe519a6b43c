"""Folder comparison: results folders compared point by point and run by run, and what makes the difference doubtful.

::

    found = FolderComparison.of(Results.open("results/before"), [Results.open("results/after")])
    found.doubts
    found.comparison.table()

Folders may come of other rules, seeds or lengths.  None of that forbids to look at both, but each is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.declarations.sector_outcomes import MAIN
from sim.experiment.results.comparison_results import Against, Comparison, point_labels
from sim.experiment.results.paired_samples import PairedSamples
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.atomic_files import WrongInputError
from sim.experiment.store.made_with import CAUTION, origin, other_rules
from sim.experiment.store.part_reader import QueryError
from sim.output.outcome_measures import MEASURE_NAMES
from sim.statistics.confidence_intervals import CONFIDENCE

_MOST_NAMED = 5
Points = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class FolderComparison:
    """Results folders against one.

    Attributes
    ----------
    comparison : Comparison
        Labels are those of the folders, and of points where there are several.
    doubts : tuple of str
        What else than scenarios may make a difference, or is left out; each names the folders.
    """

    comparison: Comparison
    doubts: tuple[str, ...]

    @classmethod
    def of(
        cls,
        base: ResultArrays,
        others: Sequence[ResultArrays],
        outcomes: Sequence[str] = (),
        measure: str = "year",
        confidence: float = CONFIDENCE,
    ) -> FolderComparison:
        """Compare folders with one.

        Parameters
        ----------
        base : ResultArrays
            What the others are compared with.
        others : sequence of ResultArrays
            Each holds one point as the base does, whatever was run there, or points with the same values on all axes.
        outcomes : sequence of str
            Which; by default the main ones that all folders know.
        measure : str
            As in `Results.summary`.
        confidence : float
            Of the intervals, 0 to 1.

        Raises
        ------
        WrongInputError
            If a folder is named twice.
        QueryError
            If there is no such outcome or measure in a folder, or no point or replication that two folders share.
        StoreError
            If nothing is kept yet, or a file is damaged.
        """
        _refuse_twice([base, *others])
        chosen, doubts = _outcomes([base, *others], outcomes)
        first = PairedSamples.of(base, chosen, measure)
        found = []
        for other in others:
            pairs, left_out = _points(base, other)
            doubts += [*left_out, *_doubts(base, other, measure)]
            second = PairedSamples.of(other, chosen, measure)
            labels = point_labels(other)
            for one, two in pairs:
                label = str(other.path) if len(pairs) == 1 else f"{other.path}, {labels[two]}"
                found.append(Against(label, two, first.against(second, one, two, confidence)))
            if not any(each.pairs.n.any() or each.pairs.dropped.any() for each in found[-len(pairs) :]):
                raise QueryError(f"{base.path} and {other.path} have no replication in common")
        length = max(each.quarters for each in (base, *others))
        return cls(Comparison(str(base.path), tuple(found), tuple(chosen), measure, confidence, length), tuple(doubts))


def _refuse_twice(folders: Sequence[ResultArrays]) -> None:
    seen: set[str] = set()
    for folder in folders:
        place = str(folder.path.resolve())
        if place in seen:
            raise WrongInputError(f"{folder.path} is named twice; name it once")
        seen.add(place)


def _outcomes(folders: Sequence[ResultArrays], asked: Sequence[str]) -> tuple[list[str], list[str]]:
    """Outcomes to compare, and main ones that are left out because a folder does not know them."""
    if asked:
        for folder in folders:
            try:
                folder.chosen(asked)
            except QueryError as error:
                raise QueryError(f"{folder.path}: {error}") from None
        return list(asked), []
    known = set.intersection(*(set(folder.outcomes) for folder in folders))
    chosen = [outcome.name for outcome in MAIN if outcome.name in known]
    missing = [outcome.name for outcome in MAIN if outcome.name not in known]
    if not chosen:
        raise QueryError("the folders share no main outcome; name outcomes that all of them know with --outcomes")
    if not missing:
        return chosen, []
    lacking = [str(each.path) for each in folders if not set(missing) <= set(each.outcomes)]
    return chosen, [f"left out, being unknown in {_listed(lacking)}: {', '.join(missing)}"]


def _points(base: ResultArrays, other: ResultArrays) -> tuple[Points, list[str]]:
    """Points that are compared, of the base and the other, and a line on those that are left out.

    Raises
    ------
    QueryError
        If there are none.
    """
    if base.points.num_rows == other.points.num_rows == 1:
        return [(0, 0)], []
    first, second = ({_key(row): n for n, row in enumerate(each.points.to_pylist())} for each in (base, other))
    shared = [(point, second[key]) for key, point in first.items() if key in second]
    if not shared:
        both = f"{base.path} and {other.path}"
        raise QueryError(f"{both} have no point in common; compared are folders of one point, or of the same points")
    alone = len(first) + len(second) - 2 * len(shared)
    return shared, [f"{alone:,} points that only one of {base.path} and {other.path} has are left out"] if alone else []


def _key(row: Mapping[str, object]) -> tuple[tuple[str, object], ...]:
    return tuple(sorted((name, value) for name, value in row.items() if name != "point"))


def _doubts(base: ResultArrays, other: ResultArrays, measure: str) -> list[str]:
    """What else than scenarios is different between two folders."""
    both = f"{base.path} and {other.path}"
    found = []
    if different := other_rules(base.manifest, other.manifest):
        origins = f"{origin(base.manifest)} and {origin(other.manifest)}"
        found.append(f"{both} were made by other rules ({origins}; different: {different}): {CAUTION}")
    seeds = [each.manifest.get("seed") for each in (base, other)]
    if seeds[0] != seeds[1]:
        found.append(f"{both} have seeds {seeds[0]} and {seeds[1]}: their runs share no random numbers")
    if measure in MEASURE_NAMES and (spans := [_span(each) for each in (base, other)])[0] != spans[1]:
        found.append(
            f"{both} run {spans[0]} and {spans[1]}: '{measure}' is of other dates; --at, or --from and --to, name some"
        )
    if len(base.index["point"]) != len(other.index["point"]):
        counts = f"{len(base.index['point']):,} and {len(other.index['point']):,}"
        found.append(f"{both} hold {counts} runs; only replications that both have are compared")
    return found


def _span(folder: ResultArrays) -> str:
    """How long the runs of a folder are, and when they begin."""
    values = [each["values"] for each in folder.manifest["design"]["bases"]]
    starts = sorted({str(each["start"]) for each in values if "start" in each})
    return f"{folder.quarters:,} quarters" + (f" from {' or '.join(starts)}" if starts else "")


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    more = len(found) - _MOST_NAMED
    return ", ".join(found[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
