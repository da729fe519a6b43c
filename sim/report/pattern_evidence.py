"""Pattern evidence: which observed patterns bear on an outcome, which of them hold, and which outcomes have none.

A check of a pattern bears on the outcomes that its arguments name, on those made of the columns that it reads, and on
those that `OF_STATISTICS` and `OF_COLUMNS` declare where names do not say it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.printed.sweep_table import outcome_of
from sim.pages.page_table import Head, PageTable
from sim.report.quantity_words import title_of
from sim.validation.statistic_type import Argument
from sim.validation.validation_api import known_statistics
from sim.validation.verdicts import Verdict

OF_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "autonomy_without_voice": ("operational_autonomy_p10", "operational_autonomy_p50", "operational_autonomy_p90"),
    "delivered": ("staffing_nonprofit", "staffing_for_profit"),
    "delivered_total": ("delivered_hours",),
    "effective_total": ("effective_hours",),
    "effort_donations": ("fundraising_effort",),
    "form": ("agencies_attached", "agencies_commercial_form", "agencies_registered"),
    "price": ("price_to_ceiling",),
    "promised_hours": ("promised_hours",),
    "sources": ("three_sources",),
}
"""Columns of tables of agencies, contracts and bids, and outcomes that are made of them under another name."""
OF_STATISTICS: Mapping[str, tuple[str, ...]] = {
    "bidders-per-lot": ("bidders",),
    "closure-rate": ("closures", "closure_hazard"),
    "crowding-out": ("donations", "fees", "sponsorship"),
    "crowding-out-in-changes": ("donations", "fees", "sponsorship"),
    "diversification-growth": ("source_concentration",),
    "diversification-volatility": ("source_concentration", "stability_mean"),
    "ending-by-age": ("closures", "closure_hazard"),
    "ending-by-size": ("closures", "closure_hazard", "closures_large"),
    "incumbent-wins": ("incumbent_wins",),
    "relation-over-quality": ("incumbent_wins",),
}
"""Statistics that take no name of an outcome or column, and outcomes that they are about."""
_ENDINGS = ("p10", "p50", "p90", "median", "mean", "staff", "value", "weighted", "nonprofit", "for_profit")
_KNOWN = frozenset(outcome.name for outcome in SECTOR)
_WORDS = {
    Verdict.HOLDS.value: "holds",
    Verdict.FAILS.value: "fails",
    Verdict.UNDECIDED.value: "undecided",
    Verdict.REPORTED.value: "only reported",
}
_MARKED = "* looked at when default values were set, so no independent test."
Check = Mapping[str, Any]
"""A row of the table of checks (`sim.validation.pattern_results.COLUMNS`)."""


@dataclass(frozen=True)
class OutcomeEvidence:
    """What patterns say of one outcome.

    Attributes
    ----------
    outcome : str
        Its name.
    checks : tuple of mapping
        Checks that bear on it.
    """

    outcome: str
    checks: tuple[Check, ...]

    def count(self, verdict: Verdict) -> int:
        """Checks with a verdict."""
        return sum(check["verdict"] == verdict.value for check in self.checks)

    @property
    def words(self) -> str:
        """In a sentence: how many checks hold and fail, and how independent they are."""
        judged = [check for check in self.checks if check["verdict"] != Verdict.REPORTED.value]
        if not judged:
            return "No observed pattern bears on it: its level and changes rest on the rules alone."
        holds, fails = self.count(Verdict.HOLDS), self.count(Verdict.FAILS)
        undecided = self.count(Verdict.UNDECIDED)
        parts = [f"{holds} of {len(judged)} checks hold"]
        parts += [f"{fails} fail{'s' if fails == 1 else ''}"] if fails else []
        parts += [f"{undecided} undecided"] if undecided else []
        independent = [check for check in judged if not check["calibration"]]
        if not independent:
            parts.append("all of them were looked at when values were set, so none is an independent test")
        elif len(independent) < len(judged):
            parts.append(f"{len(independent)} independent of how values were set")
        return f"{', '.join(parts)}."


def outcomes_of(check: Check) -> tuple[str, ...]:
    """Outcomes that a check bears on.

    >>> outcomes_of({"statistic": "window-mean", "arguments": '{"outcome": "turnover", "since": "2012-Q1"}'})
    ('turnover',)
    """
    statistic = known_statistics().get(str(check["statistic"]))
    arguments = json.loads(check["arguments"])
    found: list[str] = list(OF_STATISTICS.get(str(check["statistic"]), ()))
    for name, kind in statistic.arguments.items() if statistic else ():
        value = arguments.get(name)
        # A driver is what an outcome is held against, and dormant agencies are only added to those at work.
        if kind is Argument.OUTCOME and name not in ("driver", "plus") and value:
            found.append(str(value))
        elif kind in (Argument.COLUMN, Argument.WORD_COLUMN) and value:
            found += OF_COLUMNS.get(str(value), ()) or _made_of(str(value))
    return tuple(dict.fromkeys(name for name in found if name in _KNOWN))


def _made_of(column: str) -> list[str]:
    """Outcomes that are means and quantiles of a column of that name."""
    names = [column, *(f"{column}_{ending}" for ending in _ENDINGS)]
    return [name for name in names if name in _KNOWN]


def evidence_of(outcomes: Iterable[str], checks: Sequence[Check]) -> list[OutcomeEvidence]:
    """What patterns say of some outcomes, in their order."""
    bears = [(check, outcomes_of(check)) for check in checks]
    return [OutcomeEvidence(name, tuple(check for check, about in bears if name in about)) for name in outcomes]


def evidence_table(found: Sequence[OutcomeEvidence]) -> PageTable | None:
    """A row for each outcome on which patterns bear: what can be said of trusting it; None where none does."""
    rows = [[title_of(outcome_of(each.outcome)), each.words, _named(each.checks)] for each in found if each.checks]
    heads = [Head("Outcome"), Head("What observed patterns say"), Head("Patterns")]
    notes = (_MARKED,) if any(check["calibration"] for each in found for check in each.checks) else ()
    return PageTable("evidence", "Outcomes on which observed patterns bear", heads, rows, notes) if rows else None


def without_evidence(found: Sequence[OutcomeEvidence]) -> list[str]:
    """Titles of outcomes on which no pattern bears."""
    return [title_of(outcome_of(each.outcome)) for each in found if not each.checks]


def checks_table(found: Sequence[OutcomeEvidence]) -> PageTable | None:
    """A row per check that bears on one of the outcomes; None where there is none."""
    checks = list({(str(each["pattern"]), int(each["check"])): each for one in found for each in one.checks}.values())
    rows = [
        [
            f"{each['pattern']}{' *' if each['calibration'] else ''}",
            str(each["statement"]),
            str(each["says"]),
            _WORDS.get(str(each["verdict"]), str(each["verdict"])),
            str(each["reason"] or ""),
            f"{each['source']} ({each['mark']})",
        ]
        for each in checks
    ]
    titles = ("Pattern", "What was observed", "What is measured", "Verdict", "Why not", "Source and its mark")
    notes = (_MARKED, "Marks of sources: A official or peer-reviewed, B press, C weak.")
    heads = [Head(title) for title in titles]
    return (
        PageTable("checks", "Checks of observed patterns that bear on these outcomes", heads, rows, notes)
        if rows
        else None
    )


def _named(checks: Sequence[Check]) -> str:
    """Patterns with the verdicts of the checks that count here, and of the whole pattern where that is another."""
    verdicts: dict[str, list[Check]] = {}
    for check in checks:
        verdicts.setdefault(f"{check['pattern']}{' *' if check['calibration'] else ''}", []).append(check)
    return "; ".join(f"{name} {_verdict(each)}" for name, each in verdicts.items()) or "none"


def _verdict(checks: Sequence[Check]) -> str:
    words = dict.fromkeys(_WORDS.get(str(check["verdict"]), str(check["verdict"])) for check in checks)
    whole = str(checks[0]["pattern_verdict"])
    return ", ".join(words) + (f" here, {whole} as a whole" if whole not in words else "")
