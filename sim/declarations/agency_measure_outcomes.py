"""Agency measure outcomes: independence, autonomy and sustainability of operating agencies, and their parts.

Idle shells are left out, and so is, of each measure, an agency of which it is undefined.  A name with the ending of a
measure (`_year`) has 32 characters at most, which is why some medians are called `_p50`.
"""

from __future__ import annotations

from sim.declarations.outcome_type import Outcome, declare_outcome

OPERATING = "over operating agencies"
DEFINED = f"{OPERATING} of which it is defined"


def _quantiles(name: str, words: str, median: str, main: bool) -> tuple[Outcome, ...]:
    title = f"{words.capitalize()} (median)"
    return (
        declare_outcome(f"{name}_p10", "0-1", f"10th percentile of {words}.", f"linear interpolation, {DEFINED}"),
        declare_outcome(f"{name}_{median}", "0-1", f"Median {words}.", f"median {DEFINED}", title, main=main),
        declare_outcome(f"{name}_p90", "0-1", f"90th percentile of {words}.", f"linear interpolation, {DEFINED}"),
    )


def _by_weight(name: str, words: str, by_income: str) -> tuple[Outcome, ...]:
    return (
        declare_outcome(f"{name}_staff", "0-1", f"{words.capitalize()} weighted by staff.", f"mean {DEFINED}"),
        declare_outcome(
            f"{name}_{by_income}",
            "0-1",
            f"{words.capitalize()} weighted by income of four quarters.",
            f"mean {DEFINED}",
        ),
    )


def _mean(name: str, words: str, among: str = OPERATING) -> Outcome:
    return declare_outcome(f"{name}_mean", "0-1", f"{words}.", f"mean {among}")


def _quadrant(name: str, words: str) -> Outcome:
    return declare_outcome(
        f"plane_{name}", "share", f"Agencies {words}.", f"share {OPERATING} of which both are defined"
    )


HOURS = f"{OPERATING} with hours of service"

AGENCY_MEASURES: tuple[Outcome, ...] = (
    *_quantiles("resource_independence", "resource independence", "p50", main=True),
    *_by_weight("resource_independence", "resource independence", "value"),
    _mean("governance", "Governance"),
    *_quantiles("operational_autonomy", "operational autonomy", "p50", main=True),
    *_by_weight("operational_autonomy", "operational autonomy", "value"),
    _mean("design", "Own design: share of hours spent on work of one's own design", HOURS),
    _mean("judgement", "Judgement: nearness of hours to the mission at founding", HOURS),
    _mean("time", "Own time: staff time that administrative tasks leave"),
    _mean("voice", "Voice"),
    _mean("heard", "How far agencies are heard"),
    _mean("agreement", "Part of purchasers' priorities that agrees with agencies' wishes"),
    _quadrant("ia", "independent in resources and autonomous"),
    _quadrant("da", "dependent in resources but autonomous"),
    _quadrant("it", "independent in resources but not autonomous"),
    _quadrant("dt", "neither independent in resources nor autonomous"),
    _mean("independence", "Mean independence, composite of the two", DEFINED),
    *_quantiles("independence", "independence", "median", main=False),
    declare_outcome(
        "independence_weighted", "0-1", "Independence weighted by income of four quarters.", f"mean {DEFINED}"
    ),
    _mean("sustainability", "Mean sustainability"),
    *_quantiles("sustainability", "sustainability", "median", main=True),
    *_by_weight("sustainability", "sustainability", "weighted"),
    _mean("stability", "Stability of income"),
    _mean("retention", "Retention of staff"),
    _mean("contract_cover", "Contract cover of next year's cost"),
    declare_outcome(
        "contract_cover_median", "0-1", "Median contract cover of next year's cost.", f"median {OPERATING}"
    ),
    _mean("continuity", "Continuity of service"),
    declare_outcome(
        "reserve_months",
        "months",
        "Median months of operating reserve.",
        f"median {OPERATING}",
        "Reserves (median agency)",
        main=True,
    ),
)
"""Outcomes of the measures of agencies, in the order of their table."""
