"""Assessor fields: the third-party assessors of a city, as one body; they grade contracts in order of arrival.

>>> "backlog" in {field.name for field in ASSESSOR}
True
"""

from __future__ import annotations

from sim.engine.fields import Field

ASSESSOR = (
    Field("id", "u8", "", "Number that keys its random draws.", table=False),
    Field("account", "i8", "", "Number of its account.", table=False),
    Field("city", "i8", "", "City.", refers="city"),
    Field("cash", "i8", "fen", "Fees not yet paid out to assessors."),
    Field("capacity", "i8", "contracts/quarter", "Assessments that it can make, professors of colleges included."),
    Field("precision", "f8", "sd", "Standard error of its grades."),
    Field("price", "i8", "fen", "Mean fee for an assessment this quarter."),
    Field("fees", "i8", "fen", "Fees of this quarter."),
    Field("done", "i8", "contracts", "Assessments made this quarter."),
    Field("missed", "i8", "contracts", "Contracts paid without a grade this quarter, because they waited too long."),
    Field("backlog", "i8", "contracts", "Contracts that wait for their assessment."),
    Field("served", "f8", "share", "Share of the queue served when there last was one.", start=1),
    Field("ended", "i8", "fen", "Price of contract years up for assessment, by quarter of the year.", shape=(4,)),
    Field("covered", "i8", "fen", "Price of contract years graded, by quarter of the year.", shape=(4,)),
    Field("first_waiting", "i8", "", "First of the queue.", table=False, start=-1),
    Field("last_waiting", "i8", "", "Last of the queue.", table=False, start=-1),
)
