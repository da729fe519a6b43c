"""Community fields: residents, need by field, strength, and continuity of service.

Need is held as a share: 1 is the need without any service and without community strength.
"""

from __future__ import annotations

from sim.declarations.state_codes import Level
from sim.engine.fields import Field

COMMUNITY = (
    Field("id", "u8", "", "Number that keys its random draws.", table=False),
    Field("district", "i8", "", "District.", refers="government"),
    Field("residents", "i8", "persons", "Residents."),
    Field("load", "f8", "hours/quarter", "Hours that all need of a quarter would take.", table=False),
    Field("strength", "f8", "0-1", "Own strength."),
    Field("base_strength", "f8", "0-1", "Strength without any service.", table=False),
    Field("unmet", "f8", "0-1", "Unmet need, mean over fields weighted by load."),
    Field("pressure", "f8", "0-1", "Long unmet need, as government feels it."),
    Field("hours", "f8", "hours", "Hours of service this quarter."),
    Field(
        "steady_hours",
        "f8",
        "hours",
        "Of them, by agencies that gave at least half as many in the same quarter a year ago.",
        table=False,
    ),
    Field("built", "f8", "odds", "Odds of strength over weakness that this quarter's development holds.", table=False),
    Field("agencies", "i8", "agencies", "Agencies at work here."),
    Field("continuity", "f8", "share", "Hours by agencies that gave at least half as many a year ago."),
    Field("unbroken_years", "f8", "years", "Longest unbroken service by an agency still here."),
    Field("disruptions", "i8", "times", "Times that an agency left, since the start."),
)

NEED = (
    Field("load", "f8", "hours/quarter", "Hours that all need of a quarter would take.", table=False),
    Field("unmet", "f8", "0-1", "Unmet need."),
    Field("served", "i8", "contracts", "Running contracts here in this field.", table=False),
    Field(
        "opened",
        "i8",
        "lots",
        "Lots opened for it this quarter, by level of government.",
        shape=(len(Level),),
        table=False,
    ),
)

PRESENCE = (
    Field("agency", "i8", "", "Agency.", table=False),
    Field("community", "i8", "", "Community.", table=False),
    Field("quarters", "f8", "quarters", "Unbroken service, less roots lost with experienced staff.", table=False),
    Field("since", "i8", "quarter", "Quarter in which it came.", table=False),
    Field("last", "i8", "quarter", "Last quarter of service.", table=False),
    Field("hours", "f8", "hours", "Hours of service this quarter.", table=False),
    Field("known", "f8", "hours/quarter", "Hours that people who know the clients can give.", table=False),
    Field("past", "f8", "hours", "Hours of service in the last four quarters, by season.", shape=(4,), table=False),
    Field("next", "i8", "", "Next presence of the same agency.", table=False, start=-1),
)

TIE = (
    Field("agency", "i8", "", "Agency.", table=False),
    Field("purchaser", "i8", "", "Purchaser: a government, or after them an institution.", table=False),
    Field("relation", "f8", "0-1", "Relation.", table=False),
    Field("income", "i8", "fen", "Income from this purchaser, by quarter of the year.", shape=(4,), table=False),
    Field("income_year", "i8", "fen", "Income from this purchaser, last four quarters.", table=False),
    Field("barred_until", "i8", "quarter", "Last quarter in which it bars the agency.", table=False, start=-1),
    Field(
        "lesson",
        "f8",
        "share of points",
        "What the agency's own bids taught it of the points needed here, beside what all believe.",
        table=False,
    ),
    Field("next", "i8", "", "Next tie of the same agency.", table=False, start=-1),
)
