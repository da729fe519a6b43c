"""Level sentences: what each axis of a sweep does, its last level against its first, in plain words."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sim.experiment.printed.sweep_table import outcome_of
from sim.experiment.results.effects import Effects
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.store.part_reader import QueryError
from sim.plots.policy_marks import value_text
from sim.report.difference_sentences import Finding, Findings
from sim.report.quantity_words import Reading, counted, reading, size_words, title_of
from sim.statistics.confidence_intervals import CONFIDENCE
from sim.statistics.paired_differences import Pairs


def level_findings(results: ResultArrays, outcomes: Sequence[str], measure: str) -> list[Findings]:
    """Findings for every factor that varies, from paired runs of points that differ in it alone.

    Parameters
    ----------
    results : ResultArrays
        A sweep.
    outcomes : sequence of str
        Names.
    measure : str
        What counts of a run.
    """
    found = []
    for factor in results.varied:
        levels = list(dict.fromkeys(results.points[factor].to_pylist()))
        try:
            effects = Effects.of(results, outcomes, factor, levels[0], measure=measure)
        except QueryError as error:
            found.append(Findings(factor, f"Nothing is said of {factor} by itself: {error}.", [], []))
            continue
        found.append(_findings(results, effects, outcomes, factor, levels))
    return found


def _findings(
    results: ResultArrays, effects: Effects, outcomes: Sequence[str], factor: str, levels: Sequence[object]
) -> Findings:
    column = results.points[factor].to_pylist()
    chosen = [
        pairs for (point, *_), pairs in zip(effects.points, effects.pairs, strict=True) if column[point] == levels[-1]
    ]
    chosen = [pairs for pairs in chosen if pairs.n.any()]
    unit = results.notes.get(factor, {}).get("unit", "")
    first, last = (value_text(level) for level in (levels[0], levels[-1]))
    title = f"{axis_title(results, factor)}: {last} against {first}" + (f" {unit}" if "CNY" in unit else "")
    if not chosen:
        return Findings(title, "No two points with runs differ in this alone.", [], [])
    rows = [_row(name, k, chosen) for k, name in enumerate(outcomes)]
    clear = [finding for is_clear, finding in rows if is_clear]
    unclear = [finding for is_clear, finding in rows if not is_clear]
    runs = int(max((pairs.n + pairs.dropped).max(initial=0) for pairs in chosen))
    where = f"at {counted(len(chosen), 'combination')} of the other settings, " if len(chosen) > 1 else ""
    lead = f"All else the same, {where}{counted(runs, 'pair')} of runs{' each' if where else ''}."
    by_chance = (1 - CONFIDENCE) * len(chosen) * len(outcomes)
    caution = (
        f"Of {len(chosen) * len(outcomes):,} comparisons about {by_chance:.0f} would seem clearly different by chance "
        "alone even if nothing differed; what holds at most combinations is the better evidence."
    )
    return Findings(title, lead, clear, unclear, cautions=[caution] if by_chance >= 1 else [])


def axis_title(results: ResultArrays, factor: str) -> str:
    """What varies, in the words of the experiment."""
    axis = (results.experiment.get("axes") or {}).get(factor) or {}
    return str(axis.get("title") or factor)


def _row(name: str, k: int, chosen: Sequence[Pairs]) -> tuple[bool, Finding]:
    """How one outcome differs at every place of the design where it can be compared."""
    outcome = outcome_of(name)
    differences = np.array([float(pairs.difference[k]) for pairs in chosen])
    signs = [int(np.sign(pairs.difference[k])) if pairs.clear[k] else 0 for pairs in chosen]
    known = differences[~np.isnan(differences)]
    if not len(known):
        return False, Finding(name, title_of(outcome), "undefined at one end or both")
    how = reading(outcome, float(np.abs(known).max()))
    higher, lower = signs.count(1), signs.count(-1)
    if not higher and not lower:
        return False, Finding(name, title_of(outcome), f"at none of {counted(len(chosen), 'combination')}")
    parts = []
    for count, sign, word in ((higher, 1, "higher"), (lower, -1, "lower")):
        if count:
            sizes = [n for n, each in enumerate(signs) if each == sign]
            where = f" at {_of(count, len(chosen))}," if len(chosen) > 1 else ""
            parts.append(f"{word}{where} by {_range(sizes, k, chosen, how)}")
    rest = len(chosen) - higher - lower
    parts += [f"no clear difference at {rest}"] if rest else []
    return True, Finding(name, title_of(outcome), "; ".join(parts))


def _of(count: int, places: int) -> str:
    if count == places:
        return "all of them"
    return f"{count} of {places}"


def _range(which: Sequence[int], k: int, chosen: Sequence[Pairs], how: Reading) -> str:
    """Least and greatest size of a difference over some places, with their intervals' digits."""
    sizes = sorted((abs(float(chosen[n].difference[k])), n) for n in which)
    words = []
    for size, n in (sizes[0], sizes[-1]):
        half = (float(chosen[n].high[k]) - float(chosen[n].low[k])) / 2
        words.append(size_words(size, half if math.isfinite(half) else 0.0, how))
    return words[0] if len(sizes) == 1 or words[0] == words[1] else f"{_bare(words[0], how.change)} to {words[1]}"


def _bare(words: str, unit: str) -> str:
    return words.removesuffix(f" {unit}") if unit else words
