"""Renamed names: what fields, parameters, outcomes, measures, columns and words were called before version 0.2.

The one table of them feeds the errors for old names in files, questions and options, a test, and the changelog.

>>> renamed("outcome", "hazard"), renamed("column", "agencies.cover"), renamed("measure", "wage")
('closure_hazard', 'agencies.contract_cover', None)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sim.declarations import accounts, choices, events_and_causes, income_sources, state_codes
from sim.declarations.sector_outcomes import SECTOR
from sim.engine.fields import LabelledEnum

SINCE = "0.2"
"""Version in which these names changed."""


class RenamedName(NamedTuple):
    """One name that changed.

    Attributes
    ----------
    kind : str
        ``parameter`` (its path in a scenario), ``lever``, ``outcome``, ``measure``, ``column`` (``table.column``) or
        ``word`` (of a choice, as tables write it).
    old, new : str
        What it was called, and what it is called.
    """

    kind: str
    old: str
    new: str


def _words() -> tuple[RenamedName, ...]:
    """Words of choices that tables wrote with underscores, though files had hyphens."""
    modules = (accounts, choices, events_and_causes, income_sources, state_codes)
    kinds = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    members = {
        member.name.lower(): member.label
        for kind in kinds
        if issubclass(kind, LabelledEnum)
        for member in kind
        if "_" in member.name
    }
    return tuple(RenamedName("word", old, new) for old, new in sorted(members.items()))


RENAMED: tuple[RenamedName, ...] = (
    RenamedName("parameter", "cities.*.labour.drift", "cities.*.labour.exit_rate"),
    RenamedName("parameter", "cities.*.labour.refill", "cities.*.labour.reentry_rate"),
    RenamedName("parameter", "rules.assessing.base", "rules.assessing.base_grade"),
    RenamedName("parameter", "rules.chance.variation", "rules.chance.noise_scale"),
    RenamedName("parameter", "rules.closing.comfort", "rules.closing.comfortable_reserves"),
    RenamedName("parameter", "rules.delivery.calm_quality", "rules.delivery.workload_slack_quality"),
    RenamedName("parameter", "rules.founding.contested", "rules.founding.contestable_share"),
    RenamedName("parameter", "rules.founding.join", "rules.founding.join_probability"),
    RenamedName("parameter", "rules.need.tolerated", "rules.need.tolerated_pressure"),
    RenamedName("parameter", "rules.people.first_year", "rules.people.first_year_factor"),
    RenamedName("parameter", "rules.strategy.focus", "rules.strategy.half_learning_effort"),
    RenamedName("lever", "procurement.channel_shares.commissions", "procurement.shares.commissions"),
    RenamedName("lever", "procurement.channel_shares.direct_hiring", "procurement.shares.direct_hiring"),
    RenamedName("lever", "procurement.channel_shares.grants", "procurement.shares.grants"),
    RenamedName("lever", "procurement.channel_shares.institutions", "procurement.shares.institutions"),
    RenamedName("outcome", "cover_mean", "contract_cover_mean"),
    RenamedName("outcome", "fund_through_associations", "fund_via_associations"),
    RenamedName("outcome", "hazard", "closure_hazard"),
    RenamedName("outcome", "served", "communities_served"),
    RenamedName("outcome", "split_gap", "budget_need_gap"),
    RenamedName("outcome", "unbroken", "unbroken_years"),
    RenamedName("measure", "end", "year"),
    RenamedName("measure", "high", "max"),
    RenamedName("measure", "low", "min"),
    RenamedName("column", "agencies.commissioned", "agencies.commission_hours"),
    RenamedName("column", "agencies.cover", "agencies.contract_cover"),
    RenamedName("column", "agencies.idle", "agencies.idle_quarters"),
    RenamedName("column", "agencies.officers", "agencies.officers_in_common"),
    RenamedName("column", "agencies.passed", "agencies.exams_passed"),
    RenamedName("column", "agencies.run", "agencies.replication"),
    RenamedName("column", "communities.run", "communities.replication"),
    RenamedName("column", "communities.unbroken", "communities.unbroken_years"),
    RenamedName("column", "contracts.co_due", "contracts.co_payment_due"),
    RenamedName("column", "contracts.co_paid", "contracts.co_payment_paid"),
    RenamedName("column", "contracts.run", "contracts.replication"),
    RenamedName("column", "events.idle", "events.idle_quarters"),
    RenamedName("column", "events.run", "events.replication"),
    RenamedName("column", "institutions.commissioned", "institutions.commissions_paid"),
    RenamedName("column", "institutions.run", "institutions.replication"),
    RenamedName("column", "money.run", "money.replication"),
    RenamedName("column", "policy.centres", "policy.centre_value"),
    RenamedName("column", "policy.idle", "policy.idle_agencies"),
    RenamedName("column", "policy.matched", "policy.co_payments"),
    RenamedName("column", "policy.run", "policy.replication"),
    RenamedName("column", "sector.run", "sector.replication"),
    RenamedName("column", "triggers.run", "triggers.replication"),
    *_words(),
)
"""Every name that changed; columns of outcomes, measures and levers follow from these."""

_NEW = {(each.kind, each.old): each.new for each in RENAMED}
_MEASURE = re.compile(r"\b([a-z_0-9]+)\.(end|mean|low|high)\b")
_OUTCOMES = frozenset(outcome.name for outcome in SECTOR)


def renamed(kind: str, old: str) -> str | None:
    """What a name of a kind is called now; None where it did not change, or never was one."""
    return _NEW.get((kind, old))


def called_now(new: str) -> str:
    """What an error says about a name that changed.

    >>> called_now("noise_scale")
    "it is called 'noise_scale' since 0.2"
    """
    return f"it is called '{new}' since {SINCE}"


def renamed_key(old: str, known: Iterable[str]) -> str | None:
    """What one key of a file is called now, among the keys that may stand in its place.

    >>> renamed_key("variation", ["noise_scale"]), renamed_key("channel_shares", ["shares", "budget"])
    ('noise_scale', 'shares')
    """
    there = set(known)
    for each in RENAMED:
        if each.kind in ("parameter", "lever"):
            if old == each.old and each.new in there:
                return each.new
            for was, now in zip(each.old.split("."), each.new.split("."), strict=True):
                if was == old != now and now in there:
                    return now
    return None


def renamed_column(old: str, table: str = "") -> str | None:
    """What a column is called now: of a table, or of runs and their summary.

    >>> renamed_column("hazard.end"), renamed_column("contract.term", "policy"), renamed_column("idle", "events")
    ('closure_hazard_year', 'contract_term', 'idle_quarters')
    """
    new = renamed("column", f"{table}.{old}")
    if new is not None:
        return new.removeprefix(f"{table}.")
    if table == "policy" and "." in old:
        return (renamed("lever", old) or old).replace(".", "_")
    if table == "sector":
        return renamed("outcome", old)
    found = _MEASURE.fullmatch(old)
    if found is None or (renamed("outcome", found[1]) or found[1]) not in _OUTCOMES:
        return None
    return f"{renamed('outcome', found[1]) or found[1]}_{renamed('measure', found[2]) or found[2]}"


def renamed_in_query(query: str) -> list[str]:
    """What is said about old names of columns in a question that could not be answered.

    >>> renamed_in_query('select avg("closures.end") from runs')
    ["'closures.end' is called 'closures_year' since 0.2"]
    """
    pairs = {found[0]: renamed_column(found[0]) for found in _MEASURE.finditer(query)}
    words = set(re.findall(r"[a-z_0-9]+(?:\.[a-z_0-9]+)*", query))
    for each in RENAMED:
        if each.kind in ("column", "outcome"):
            table, _, old = each.old.rpartition(".")
            if old in words and (not table or table in words):
                pairs[old] = each.new.rpartition(".")[2]
    if "policy" in words:
        pairs |= {word: renamed_column(word, "policy") for word in words if word.count(".") and word not in pairs}
    return [f"'{old}' is called '{new}' since {SINCE}" for old, new in pairs.items() if new and new not in words]


def old_words_in_query(query: str) -> list[tuple[str, str]]:
    """Words of choices in a question's quotes that tables do not hold any more, each with the new one.

    >>> old_words_in_query("select count(*) from events where cause = 'no_contract'")
    [('no_contract', 'no-contract')]
    """
    found = dict.fromkeys(re.findall(r"'([a-z_]+)'", query))
    return [(word, new) for word in found if (new := renamed("word", word)) is not None]
