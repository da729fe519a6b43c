"""Declared sentences: events, causes, columns and amounts in the words of their declarations, for readers of a page.

>>> event_words(
...     {
...         "event": "director-left",
...         "cause": "succeeded",
...         "agency": "A",
...         "amount": 0.0,
...         "persons": 3,
...         "party": None,
...         "other": None,
...         "source": None,
...     }
... )
'The director of the agency left; 3 persons on the staff then. Why: Somebody took over as director.'
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from sim.declarations.accounts import Purpose
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.income_sources import Source
from sim.engine.fields import LabelledEnum
from sim.output.table_columns import TABLES, Column
from sim.statistics.number_format import MISSING, number
from sim.story.run_tables import Row

WHAT_AMOUNT = {
    Event.FOUNDED: "in hand",
    Event.REGISTERED: "in hand",
    Event.SUPPORTED: "lent",
    Event.LAID_OFF: "of severance due",
    Event.ARREARS: "of wages owed",
    Event.CLOSED: "of wages owed",
    Event.DORMANT: "in hand",
    Event.REVIVED: "in hand",
    Event.ASSESSED: "withheld",
    Event.ENTERED: "spent on entering",
    Event.COMMISSIONED: "paid",
    Event.SETTLED: "gone back",
    Event.PROJECT_GRANTED: "promised",
    Event.REORGANISED: "a year of running contracts",
    Event.INVESTED: "added",
    Event.CHANGED_ROOMS: "in hand",
}
"""What the amount is, of the kinds of event that have one."""
_PEOPLE_OF_EVENT = frozenset((Event.LAID_OFF, Event.MOVED, Event.NOT_FOUNDED))
"""Events whose number of persons is of those that it is about; with others it is the staff."""


@cache
def _members(kind: type[LabelledEnum]) -> dict[str, Any]:
    return {member.label: member for member in kind}


def meaning(kind: type[LabelledEnum], label: str) -> str:
    """What a word of a table means, without the stop at its end; the word itself where today's version knows none.

    >>> meaning(Cause, "ripe")[:25]
    'Capital, licences and, wh'
    """
    known = _members(kind).get(label)
    return label if known is None else known.meaning.rstrip(".")


def event_words(row: Row) -> str:
    """An event as sentences: what happened, to whom, how much, and why.

    Parameters
    ----------
    row : Row
        Row of the table `events`.
    """
    what = event_phrase(row["event"])
    details = "; ".join(_details(row))
    return f"{what}{'; ' * bool(details)}{details}.{cause_words(row)}"


def cause_words(row: Row) -> str:
    """Why an event happened, as a sentence with a blank before it; empty where no cause is recorded."""
    if row["cause"] == Cause.NONE.label:
        return ""
    return f" Why: {meaning(Cause, row['cause'])}."


def event_phrase(label: str) -> str:
    """What an event of some kind is, of the agency that a story is about; no stop at its end.

    >>> event_phrase("barred"), event_phrase("registered")
    ('A purchaser barred the agency from its calls', 'The attached agency became a legal person of its own')
    """
    words = meaning(Event, label)
    words = re.sub(r"^An (attached |dormant )?agency\b", lambda found: f"The {found[1] or ''}agency", words)
    return re.sub(r"\ban agency\b", "the agency", words)


def _details(row: Row) -> list[str]:
    event: Any = _members(Event).get(row["event"])
    found = []
    if event == Event.MOVED:
        found.append(f"{counted(row['persons'], 'person')} went from {row['agency']} to {row['other']}")
    elif row["other"] is not None:
        found.append(f"{party_word(row['party'])} {row['other']}")
    if event == Event.FOUNDED and row.get("is_sister"):
        found.append(f"the new agency is {row['agency']}")
    if row["source"] is not None:
        found.append(meaning(Source, row["source"])[0].lower() + meaning(Source, row["source"])[1:])
    if row["amount"]:
        found.append(f"{money(row['amount'])} {WHAT_AMOUNT.get(event, '')}".rstrip())
    if row["persons"] and event != Event.MOVED:
        people = counted(row["persons"], "person")
        found.append(people if event in _PEOPLE_OF_EVENT else f"{people} on the staff then")
    return found


def party_word(label: str | None) -> str:
    """What kind of holder a party is, in a word.

    >>> party_word("government"), party_word("public-purposes")
    ('government', 'public purposes')
    """
    return "" if label is None else label.replace("-", " ")


def payer_name(row: Row, side: str = "payer") -> str:
    """Who pays, or is paid; parties outside the model by what the money is for.

    >>> payer_name({"payer": "Xicheng", "payer_kind": "government", "purpose": "contract"})
    'Xicheng (government)'
    >>> payer_name({"payer": None, "payer_kind": "households", "purpose": "fees"})
    'Fees of clients (households)'
    """
    name, kind = row[side], row[f"{side}_kind"]
    return f"{meaning(Purpose, row['purpose']) if name is None else name} ({party_word(kind)})"


def column(table: str, name: str) -> Column:
    """A declared column of a table.

    Raises
    ------
    StopIteration
        If there is none.
    """
    return next(each for each in TABLES[table] if each.name == name)


def column_title(name: str) -> str:
    """A column's name as a heading.

    >>> column_title("resource_independence")
    'Resource independence'
    """
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def money(amount: float) -> str:
    """An amount in whole CNY.

    >>> money(299999.6), money(-1200.0), money(0.3)
    ('300,000 CNY', '−1,200 CNY', '0 CNY')
    """
    return f"{whole(amount)} CNY"


def whole(value: float | None) -> str:
    """A rounded number, with a dash where there is none."""
    if value is None or math.isnan(value):
        return MISSING
    return f"{value:,.0f}".replace("-", "−") if round(value) else "0"


def decimal(value: float | None, digits: int = 2) -> str:
    """A number with some digits, with a dash where there is none.

    >>> decimal(0.126), decimal(None), decimal(-0.001)
    ('0.13', '–', '0.00')
    """
    if value is None or math.isnan(value):
        return MISSING
    text = f"{value:,.{digits}f}"
    return (text.replace("-", "") if float(text.replace(",", "")) == 0 else text).replace("-", "−")


def counted(count: float, thing: str) -> str:
    """A number of things.

    >>> counted(1, "person"), counted(2, "quarter"), counted(0, "agency")
    ('1 person', '2 quarters', '0 agencies')
    """
    things = thing if count == 1 else f"{thing[:-1]}ies" if thing.endswith("cy") else f"{thing}s"
    return f"{number(float(count))} {things}"


def joined_names(names: Sequence[str], most: int) -> str:
    """Names in a sentence, no more than some.

    >>> joined_names(["A", "B"], 4), joined_names(["A", "B", "C", "D"], 2)
    ('A and B', 'A, B and 2 more')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
