"""Removed names: parameters, outcomes and columns that are gone without another of the same meaning, and what to use.

>>> gone("outcome", "financial_mean")
"it is gone since 0.2; see 'resource_independence_p50'"
>>> gone("outcome", "staff"), gone_key(("rules", "sustainability"), "floor")
(None, "it is gone since 0.2; see 'rules.sustainability.bridge', 'rules.sustainability.loss'")
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

SINCE = "0.2"
"""Version from which on these names are gone."""

_MEASURE = re.compile(r"(.+?)[._](year|mean|min|max|end|low|high)")


class RemovedName(NamedTuple):
    """One name that is gone.

    Attributes
    ----------
    kind : str
        ``parameter`` (its path in a scenario), ``outcome`` or ``column`` (``table.column``).
    old : str
        What it was called.
    see : tuple of str
        Names of the same kind that stand for what it was about.
    """

    kind: str
    old: str
    see: tuple[str, ...]


_RESOURCE = ("rules.resource.public", "rules.resource.bridge")
_AUTONOMY = ("rules.autonomy.design", "rules.autonomy.time")
_OFFERS = ("rules.bidding.uncertainty", "rules.bidding.least_margin")
_STAFFING = ("rules.bidding.least_staffing", "rules.bidding.stake")
_LASTING = ("rules.sustainability.bridge", "rules.sustainability.loss")

REMOVED: tuple[RemovedName, ...] = (
    RemovedName("parameter", "rules.independence.financial", _RESOURCE),
    RemovedName("parameter", "rules.independence.operational", _AUTONOMY),
    RemovedName("parameter", "rules.independence.governance", ("rules.resource.legal",)),
    RemovedName("parameter", "rules.independence.voice", ("rules.autonomy.voice",)),
    RemovedName("parameter", "rules.sustainability.reserves", _LASTING),
    RemovedName("parameter", "rules.sustainability.stability", _LASTING),
    RemovedName("parameter", "rules.sustainability.retention", _LASTING),
    RemovedName("parameter", "rules.sustainability.contract_cover", _LASTING),
    RemovedName("parameter", "rules.sustainability.cover", _LASTING),
    RemovedName("parameter", "rules.sustainability.continuity", _LASTING),
    RemovedName("parameter", "rules.sustainability.full_reserves", _LASTING),
    RemovedName("parameter", "rules.sustainability.floor", _LASTING),
    RemovedName("parameter", "rules.closing.idle", ("rules.closing.patience",)),
    RemovedName("parameter", "rules.closing.idle_rate", ("rules.closing.give_up_rate",)),
    RemovedName("parameter", "rules.bidding.start_margin", _OFFERS),
    RemovedName("parameter", "rules.bidding.margin_step", ("rules.bidding.learning", "rules.bidding.public_learning")),
    RemovedName("parameter", "rules.bidding.most_margin", _OFFERS),
    RemovedName("parameter", "rules.bidding.tie_weight", ("rules.bidding.chance_weight",)),
    RemovedName("parameter", "rules.delivery.shading_propensity", _STAFFING),
    RemovedName("parameter", "rules.delivery.greed", _STAFFING),
    RemovedName("outcome", "financial_mean", ("resource_independence_p50",)),
    RemovedName("outcome", "operational_mean", ("operational_autonomy_p50", "time_mean", "design_mean")),
    RemovedName("outcome", "reserves_mean", ("reserve_months",)),
    RemovedName("column", "agencies.financial", ("agencies.resource_independence",)),
    RemovedName("column", "agencies.operational", ("agencies.operational_autonomy",)),
    RemovedName("column", "agencies.margin", ("agencies.planned",)),
    RemovedName("column", "agencies.reserves", ("agencies.reserve_months", "agencies.reserve_year")),
)
"""Every name that is gone."""


def gone(kind: str, old: str) -> str | None:
    """What an error says about a name that is gone; None for any other name.

    A column of a summary (`financial_mean_year`) is that of its outcome.
    """
    if kind == "column" and "." not in old:
        found = _MEASURE.fullmatch(old)
        return gone("outcome", found[1]) if found else None
    for each in REMOVED:
        if (each.kind, each.old) == (kind, old):
            return f"it is gone since {SINCE}; see {', '.join(f'{name!r}' for name in each.see)}"
    return None


def gone_key(parent: Sequence[object], key: str) -> str | None:
    """What an error says about a key of a file that is gone, from the keys above it."""
    return gone("parameter", ".".join(map(str, (*parent, key))))


def gone_in_query(query: str) -> list[str]:
    """What is said about columns that are gone, in a question that could not be answered.

    >>> gone_in_query("select avg(financial_mean_year) from runs")
    ["'financial_mean_year': it is gone since 0.2; see 'resource_independence_p50'"]
    """
    words = dict.fromkeys(re.findall(r"[a-z_0-9]+", query))
    tables = [word for word in words if word in {each.old.partition(".")[0] for each in REMOVED}]
    said = []
    for word in words:
        about = gone("outcome", word) or gone("column", word)
        for table in tables:
            about = about or gone("column", f"{table}.{word}")
        if about:
            said.append(f"'{word}': {about}")
    return said
