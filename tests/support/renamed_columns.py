"""Everything that is called differently since commit 3cf4653: add a line here for each rename, and nothing else.

Tables, columns and words are given by their names in 3cf4653; only what was added is given by its new name.
`tests.support.same_renames` says what each part means.  These need no line, because columns are compared by meaning:
another order of columns, text that becomes (ordered) categorical, and a narrower or wider type of number.
"""

from __future__ import annotations

import re

from tests.support.same_renames import EVERY, Renames


def with_hyphens(word: str) -> str:
    """A word of a choice as it is written in scenarios: `for_profit` becomes `for-profit`."""
    return word.replace("_", "-")


def with_underscores(table: str, column: str) -> str:
    """A column as SQL, R and Stata take it: `contract.term` becomes `contract_term`."""
    return re.sub(r"[^A-Za-z0-9_]", "_", column)


RENAMED = Renames(
    scenarios={
        # "old-name": "new-name",
    },
    tables={
        # "old": "new",
    },
    columns={
        ("agencies", "officers"): "officers_in_common",
        ("agencies", "passed"): "exams_passed",
        ("agencies", "idle"): "idle_quarters",
        ("agencies", "cover"): "contract_cover",
        ("agencies", "commissioned"): "commission_hours",
        ("communities", "unbroken"): "unbroken_years",
        ("contracts", "co_due"): "co_payment_due",
        ("contracts", "co_paid"): "co_payment_paid",
        ("events", "idle"): "idle_quarters",
        ("institutions", "commissioned"): "commissions_paid",
        ("policy", "idle"): "idle_agencies",
        ("policy", "matched"): "co_payments",
        ("policy", "centres"): "centre_value",
        ("policy", "procurement.channel_shares.institutions"): "procurement_shares_institutions",
        ("policy", "procurement.channel_shares.commissions"): "procurement_shares_commissions",
        ("policy", "procurement.channel_shares.grants"): "procurement_shares_grants",
        ("policy", "procurement.channel_shares.direct_hiring"): "procurement_shares_direct_hiring",
        ("sector", "hazard"): "closure_hazard",
        ("sector", "served"): "communities_served",
        ("sector", "unbroken"): "unbroken_years",
        ("sector", "split_gap"): "budget_need_gap",
        ("sector", "cover_mean"): "contract_cover_mean",
        ("sector", "fund_through_associations"): "fund_via_associations",
        (EVERY, "run"): "replication",
    },
    column_rules=(with_underscores,),
    words={
        # ("old column", "old word"): "new word",
        # (EVERY, "old word"): "new word",
    },
    word_rules=(with_hyphens,),
    values={
        # ("agencies", "old"): function of the old table that gives the new column as an Arrow array,
    },
    added_columns=frozenset(
        {
            (EVERY, "date"),
            (EVERY, "point"),
        }
    ),
)
"""The one table of renames."""
