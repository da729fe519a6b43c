"""Difference sentences: what a comparison found, in plain words made from its numbers alone.

Only a difference whose interval leaves out zero is called one.  Everything else is "no clear difference", which is not
the same as none.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sim.experiment.printed.sweep_table import outcome_of
from sim.experiment.results.comparison_results import Against, Comparison
from sim.report.quantity_words import (
    counted,
    interval_words,
    level_words,
    percent_words,
    reading,
    size_words,
    title_of,
)
from sim.scenario.reading.combined_files import SIGN
from sim.statistics.paired_differences import Pairs
from sim.statistics.run_counts import FEWEST_IN_BAND


@dataclass(frozen=True)
class Finding:
    """One outcome.

    Attributes
    ----------
    outcome, title : str
        Its name and title.
    words : str
        What was found, to be read after the title and a colon.
    short : str
        The same in a few words, to be read after the title: how large a clear difference is.
    direction : int
        1 for higher, -1 for lower, 0 for neither.
    """

    outcome: str
    title: str
    words: str
    short: str = ""
    direction: int = 0


@dataclass(frozen=True)
class Findings:
    """What one point against the base shows.

    Attributes
    ----------
    title : str
        What is compared with what.
    lead : str
        How many outcomes differ clearly, in a sentence.
    clear, unclear : list of Finding
        Clear differences, and others, in the order of the outcomes.
    same, missing : list of str
        Titles of outcomes that are the same in every pair of runs, and of those without an interval.
    cautions : list of str
        What must be known before any of it is believed.
    earlier : list of str
        What differed more before the time that counts, a phrase each.
    """

    title: str
    lead: str
    clear: list[Finding]
    unclear: list[Finding]
    same: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)

    @property
    def higher(self) -> list[Finding]:
        """Clear differences upwards."""
        return [finding for finding in self.clear if finding.direction > 0]

    @property
    def lower(self) -> list[Finding]:
        """Clear differences downwards."""
        return [finding for finding in self.clear if finding.direction < 0]


def difference_findings(comparison: Comparison, whole: Comparison | None = None) -> list[Findings]:
    """Findings of every point against the base, in words.

    Parameters
    ----------
    comparison : Comparison
        Of outcomes that are asked about.
    whole : Comparison, optional
        Of flows, as means of all quarters; they are said as "over the whole run".
    """
    found = []
    for n, other in enumerate(comparison.others):
        rows = [*_rows(comparison, other.pairs, "")]
        if whole is not None and n < len(whole.others):
            rows += [*_rows(whole, whole.others[n].pairs, ", over the whole run")]
        found.append(_sorted(f"{other.label} against {comparison.base}", rows, other, comparison))
    for joint in comparison.joint:
        first, _, second = joint.label.rpartition(SIGN)
        title = f"{joint.label}, beyond what {first} and {second} do by themselves"
        found.append(_sorted(title, [*_rows(comparison, joint.pairs, "")], joint, comparison))
    return found


def _rows(comparison: Comparison, pairs: Pairs, when: str) -> Iterator[tuple[str, Finding]]:
    for k, name in enumerate(comparison.outcomes):
        yield _row(name, pairs, k, when, f"{100 * comparison.confidence:g} %")


def _row(name: str, pairs: Pairs, k: int, when: str, percent: str) -> tuple[str, Finding]:
    """What becomes of an outcome (``clear``, ``unclear``, ``same`` or ``missing``), and its finding."""
    outcome = outcome_of(name)
    values = [float(each[k]) for each in (pairs.difference, pairs.low, pairs.high, pairs.base)]
    difference, low, high, base = values
    how = reading(outcome, max((abs(each) for each in values if math.isfinite(each)), default=0.0))
    title = f"{title_of(outcome)}{when}"
    if pairs.n[k] and not (pairs.rose[k] or pairs.fell[k]):
        return "same", Finding(name, title, "the same in every pair of runs")
    if math.isnan(low):
        return "missing", Finding(name, title, "no interval")
    span = f"{percent} interval {interval_words(low, high, how)}"
    span += f"; defined in {pairs.n[k]:,} of {pairs.n[k] + pairs.dropped[k]:,} pairs" if pairs.dropped[k] else ""
    if not pairs.clear[k]:
        return "unclear", Finding(name, title, span)
    size = size_words(difference, (high - low) / 2, how)
    share = percent_words(difference, base) if how.relative else ""
    than = f"{share} of" if share else "beside"
    words = f"{size} {'higher' if difference > 0 else 'lower'}, {than} a median of {level_words(base, how)} ({span})"
    short = f"by {size}" + (f" ({share})" if share else "")
    return "clear", Finding(name, title, words, short, 1 if difference > 0 else -1)


def _sorted(title: str, rows: Sequence[tuple[str, Finding]], other: Against, comparison: Comparison) -> Findings:
    kinds: dict[str, list[Finding]] = {kind: [] for kind in ("clear", "unclear", "same", "missing")}
    for kind, finding in rows:
        kinds[kind].append(finding)
    same, missing = ([each.title for each in kinds[kind]] for kind in ("same", "missing"))
    cautions = [*_cautions(other.pairs, len(kinds["clear"]) + len(kinds["unclear"]), comparison.confidence)]
    return Findings(title, _lead(kinds, other.pairs), kinds["clear"], kinds["unclear"], same, missing, cautions)


def _lead(kinds: dict[str, list[Finding]], pairs: Pairs) -> str:
    looked_at = sum(map(len, kinds.values()))
    most = int((pairs.n + pairs.dropped).max(initial=0))
    of = f"{counted(looked_at, 'outcome')} that this report looks at ({counted(most, 'pair')} of runs)"
    if len(kinds["same"]) == looked_at:
        return f"The runs are the same in all of the {of}."
    if not kinds["clear"]:
        return f"No clear difference in any of the {of}."
    return f"Clearly different in {len(kinds['clear'])} of the {of}."


def _cautions(pairs: Pairs, looked_at: int, confidence: float) -> Iterator[str]:
    most = int((pairs.n + pairs.dropped).max(initial=0))
    if most < 2:
        yield "One pair of runs has no interval, so nothing can be called a difference; run more replications."
    elif most < FEWEST_IN_BAND:
        yield f"{counted(most, 'pair')} of runs are few; intervals this wide move a lot when more runs are added."
    by_chance = (1 - confidence) * looked_at
    if most > 1 and by_chance >= 0.5:
        yield (
            f"Of {looked_at} outcomes about {by_chance:.0f} would seem clearly different by chance alone even if "
            "nothing differed."
        )
