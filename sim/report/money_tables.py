"""Money tables: where agencies' money comes from, and who opened and closed and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from sim.declarations.accounts import Party, Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.sector_outcomes import SECTOR
from sim.experiment.printed.sweep_table import outcome_of
from sim.experiment.results.results import Results
from sim.pages.page_table import Head, PageTable, numbers
from sim.report.quantity_words import QUARTERS_A_YEAR, reading, title_of
from sim.statistics.number_format import number, plus_minus

PAYMENTS = (
    "paid",
    "institutions_paid",
    "commissions",
    "grants_core",
    "grants_incubation",
    "grants_matching",
    "donations",
    "sponsorship",
    "fees",
)
"""Outcomes that are money to agencies."""
ENTRY_AND_EXIT = tuple(
    outcome.name
    for outcome in SECTOR
    if outcome.name in ("foundings", "conversions", "registrations", "closures", "revivals")
    or outcome.name.startswith("closures_")
)
"""Outcomes that count who opened and who closed."""
_LIFE = (Event.FOUNDED, Event.NOT_FOUNDED, Event.REGISTERED, Event.DORMANT, Event.REVIVED, Event.CLOSED)
"""Events that open, change or end an agency's life."""


def payments_table(folders: Sequence[Results], labels: Sequence[Sequence[str]]) -> PageTable | None:
    """Money to agencies by kind and point, a year, in the mean of the last year of the runs."""
    return _outcome_table(
        "payments", "Money to agencies, million CNY a year, mean of the last year", PAYMENTS, folders, labels, "year"
    )


def entry_exit_counts(folders: Sequence[Results], labels: Sequence[Sequence[str]]) -> PageTable | None:
    """Agencies that opened and closed, by cause and point, a year, over the whole run."""
    return _outcome_table(
        "opened-and-closed",
        "Agencies that opened and closed, a year, mean over the whole run",
        ENTRY_AND_EXIT,
        folders,
        labels,
        "mean",
    )


def _outcome_table(
    name: str,
    caption: str,
    outcomes: Sequence[str],
    folders: Sequence[Results],
    labels: Sequence[Sequence[str]],
    measure: str,
) -> PageTable | None:
    """A row per flow, a column per point: mean over runs with half of its interval, by year."""
    known = [each for each in outcomes if all(each in folder.outcomes for folder in folders)]
    cells: dict[str, list[str]] = {each: [] for each in known}
    heads = []
    for folder, names in zip(folders, labels, strict=True):
        heads += numbers(*names)
        for outcome, found in folder.statistics(known, measure).items():
            how = reading(outcome_of(outcome), 1e6 / QUARTERS_A_YEAR)
            values = zip(
                (found.mean * how.factor).tolist(), ((found.high - found.mean) * how.factor).tolist(), strict=True
            )
            cells[outcome] += [plus_minus(mean, half) for mean, half in values]
    rows = [
        [title_of(outcome_of(each)), *cells[each]]
        for each in known
        if any(text not in ("0 ± 0", "0", "–") for text in cells[each])
    ]
    notes = ("Mean over runs ± half of its 95 % interval. Kinds that never occur are left out.",)
    return PageTable(name, caption, [Head("What"), *heads], rows, notes) if rows else None


def event_table(results: Results) -> PageTable | None:
    """Events of agencies' lives with their causes, a year, mean over runs; None where events are not kept."""
    if "events" not in results.tables:
        return None
    counts: Counter[tuple[str, str]] = Counter()
    for part in results.parts("events").stream(["event", "cause"]):
        for row in part.group_by(["event", "cause"]).aggregate([([], "count_all")]).to_pylist():
            counts[str(row["event"]), str(row["cause"])] += row["count_all"]
    years = results.quarters / QUARTERS_A_YEAR * results.done
    order = {event.label: n for n, event in enumerate(_LIFE)}
    rows = [
        [_word(event, Event), _word(cause, Cause), f"{count:,}", number(count / years)]
        for (event, cause), count in sorted(counts.items(), key=lambda each: (order.get(each[0][0], 99), -each[1]))
        if event in order and cause != Cause.AT_START.label
    ]
    heads = [Head("What happened"), Head("Why"), *numbers("In all runs", "A year and run")]
    caption = f"Who opened and closed, and why: {results.done:,} runs of {results.quarters:,} quarters"
    notes = (
        "Every event carries the cause that the rule noted when it happened. Agencies that the scenario begins with "
        "are left out.",
    )
    return PageTable("events", caption, heads, rows, notes) if rows else None


def _word(label: str, members: type[Event] | type[Cause]) -> str:
    """What a word of a table means, as it is declared."""
    return next((str(member.meaning) for member in members if member.label == label), label)


def flow_table(results: Results) -> PageTable | None:
    """Money into and out of agencies by purpose and other party, a year, mean over runs; None where it is not kept."""
    if "money" not in results.tables:
        return None
    sums: defaultdict[tuple[str, str, str], float] = defaultdict(float)
    agency = Party.AGENCY.label
    for part in results.parts("money").stream(["payer_kind", "payee_kind", "purpose", "amount"]):
        for row in part.group_by(["payer_kind", "payee_kind", "purpose"]).aggregate([("amount", "sum")]).to_pylist():
            for way, own, other in (("in", "payee_kind", "payer_kind"), ("out", "payer_kind", "payee_kind")):
                if row[own] == agency:
                    sums[way, str(row["purpose"]), str(row[other])] += float(row["amount_sum"])
    years = results.quarters / QUARTERS_A_YEAR * results.done
    meanings = {member.label: str(member.meaning) for member in Purpose}
    totals = {way: sum(value for key, value in sums.items() if key[0] == way) for way in ("in", "out")}
    rows = [
        [
            f"{'From' if way == 'in' else 'To'} {other}",
            meanings.get(purpose, purpose),
            number(value / years / 1e6),
            _share(value, totals[way]),
        ]
        for (way, purpose, other), value in sorted(sums.items(), key=lambda each: (each[0][0], -each[1]))
    ]
    heads = [Head("From or to"), Head("What for"), *numbers("Million CNY a year"), *numbers("Share of all in or out")]
    caption = (
        f"Money into and out of agencies, mean of {results.done:,} runs over all their {results.quarters:,} quarters"
    )
    return PageTable("flows", caption, heads, rows, ()) if rows else None


def _share(value: float, of: float) -> str:
    return f"{100 * value / of:.1f} %" if of else "–"
