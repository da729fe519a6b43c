"""Institution fields: a hospital, home, school or office that buys services with money that policy gives it.

It buys by the rules of its district (scoring, pricing, payment) and pays from an account of its own.  Among the
purchasers that an agency has ties with, institutions are numbered after the governments.

>>> "track_record" in {field.name for field in INSTITUTION}
True
"""

from __future__ import annotations

from sim.declarations.choices import ContractForm
from sim.engine.fields import Field

INSTITUTION = (
    Field("id", "u8", "", "Number that keys its random draws.", table=False),
    Field("account", "i8", "", "Number of its account.", table=False),
    Field("index", "i8", "", "Place among institutions.", table=False),
    Field("district", "i8", "", "District.", refers="government"),
    Field("city", "i8", "", "City.", refers="city"),
    Field("community", "i8", "", "Community where it stands.", refers="community"),
    Field("field", "i8", "", "Field of service that it buys.", refers="field"),
    Field("form", "i8", "", "What it buys.", labels=ContractForm),
    Field("weight", "f8", "weight", "Weight in what governments allot."),
    Field("own_money", "f8", "fen/year", "Money of its own that it spends on contracts, in prices of the first year."),
    Field("administrative_pressure", "f8", "0-1", "Administrative tasks that it asks."),
    Field("track_record", "f8", "0-1", "Least skill of agencies that it buys from."),
    Field("cash", "i8", "fen", "Money in its account."),
    Field("budget", "i8", "fen", "Money of the year for contracts: of the allotment, and its own."),
    Field("running", "i8", "fen/year", "Yearly value of its running contracts."),
    Field("obligations", "i8", "fen", "Instalments due and not yet paid.", table=False),
    Field("called", "i8", "fen/year", "Yearly value of lots that it called this quarter."),
    Field("awarded", "i8", "fen/year", "Yearly value of its contracts awarded or renewed this quarter."),
    Field("paid", "i8", "fen", "Paid for contracts this quarter."),
    Field("lapsed", "i8", "fen", "Returned to the treasury this quarter."),
    Field("overdue", "i8", "fen", "Instalments due before this quarter and not yet paid."),
    Field("own_held", "i8", "fen", "Of it, money of its own at the start of the year."),
    Field("commissions_left", "i8", "fen", "Of the year's allotment for commissions, what is not yet spent."),
    Field("commissions_paid", "i8", "fen", "Paid for commissions this quarter."),
    Field("opened", "i8", "lots", "Lots opened this quarter, renewals among them.", table=False),
    Field("first_expired", "i8", "", "First of its contracts that ended this quarter.", table=False, start=-1),
)
