"""Agency fields: a nonprofit that serves communities, or a for-profit firm that seeks profit.

A for-profit is an agency by form with another purpose (`Kind.FOR_PROFIT`), so both kinds share one
record and one table.

>>> "cash" in {field.name for field in AGENCY}
True
"""

from __future__ import annotations

from math import nan

from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.income_sources import EFFORTS, Source
from sim.declarations.state_codes import Host, Quadrant, Stage
from sim.engine.fields import Field

COHORTS = 5
"""Staff cohorts: four quarters of the first year in post, then settled."""

SETTLED = 4
"""Index of the settled cohort."""

SETTLED_TENURE = 6.0
"""Quarters in post of settled people at the start, whose tenure is not known."""

LICENSED = 1
"""Index of licence holders within a cohort; 0 holds the others."""

LICENCES = 2
"""Length of arrays with a number for licence holders and one for others."""

AGENCY = (
    Field(
        "id",
        "u8",
        "",
        "Number that keys its random draws; the same in every scenario that has the agency.",
        table=False,
    ),
    Field("account", "i8", "", "Number of its account.", table=False),
    Field("stage", "i8", "", "Stage of its life cycle.", labels=Stage, table=False),
    Field("index", "i8", "", "Place among all agencies.", table=False),
    Field(
        "name",
        "i8",
        "",
        "Index into the names given in the scenario; -1 if founded during the run.",
        table=False,
        start=-1,
    ),
    Field("serial", "i8", "", "Place in its founder's line of agencies.", table=False),
    Field("founder_kind", "i8", "", "Kind of its founder, as an account kind.", table=False),
    Field("founder", "i8", "", "Index of its founder among that kind.", table=False, start=-1),
    Field("origin", "i8", "", "Who founded it.", labels=Origin),
    Field("form", "i8", "", "Legal form.", labels=Form),
    Field("kind", "i8", "", "What it is for.", labels=Kind),
    Field("city", "i8", "", "City.", refers="city"),
    Field("district", "i8", "", "Home district.", refers="government"),
    Field("community", "i8", "", "Community where its own projects run.", refers="community"),
    Field("association", "i8", "", "Association that it is a member of.", refers="association", start=-1),
    Field("college", "i8", "", "College that supports it.", refers="college", start=-1),
    Field("sponsor", "i8", "", "Company that sponsors it.", refers="sponsor", start=-1),
    Field("sister", "i8", "", "Sister agency.", refers="agency", start=-1),
    Field("field", "i8", "", "Main field of service.", refers="field"),
    Field("host", "i8", "", "Who gives it rooms.", labels=Host),
    Field("officers_in_common", "?", "", "Whether its director is an officer of its association."),
    Field("founded", "i8", "quarter", "Quarter of founding, counted from the start; negative before it."),
    Field("closed", "i8", "quarter", "Quarter of closing; -1 while it works.", table=False, start=-1),
    Field("cash", "i8", "fen", "Cash."),
    Field("overdue_income", "i8", "fen", "Instalments due before this quarter and not yet paid."),
    Field("receivable", "i8", "fen", "All instalments due and not yet paid."),
    Field("overdue_wages", "i8", "fen", "Wages owed to staff."),
    Field("overdue_bills", "i8", "fen", "Insurance, rent and other bills owed."),
    Field("staff", "i8", "persons", "Staff."),
    Field("settled", "i8", "persons", "Of them, more than a year in post."),
    Field("licensed", "i8", "persons", "Of them, licence holders."),
    Field("cohorts", "i8", "persons", "Staff by cohort and licence.", shape=(COHORTS, LICENCES), table=False),
    Field("tenure", "f8", "quarters", "Quarters in post, summed over staff.", table=False),
    Field("vacancies", "i8", "persons", "Posts that it wishes to fill this quarter.", table=False),
    Field("hired", "i8", "persons", "Hired this quarter from those who look for work, its first staff included."),
    Field("quits", "i8", "persons", "Left of their own will this quarter."),
    Field("first_year_quits", "i8", "persons", "Of them, in their first year."),
    Field("laid_off", "i8", "persons", "Laid off this quarter."),
    Field("exams_passed", "i8", "persons", "Staff who passed the licence exam this quarter."),
    Field("wage", "f8", "fen/month", "Wage of who is no supervisor."),
    Field("wage_bill", "i8", "fen", "Wages due for this quarter."),
    Field("cost", "i8", "fen", "All costs due for this quarter."),
    Field("unit_cost", "f8", "fen/hour", "Cost of one hour of service."),
    Field("own_share", "f8", "share", "Share of its hours spent on work of its own design."),
    Field("hours", "f8", "hours", "Hours left for service this quarter after administrative tasks."),
    Field("committed", "f8", "hours", "Hours promised in running contracts for this quarter."),
    Field("promised", "f8", "hours", "Hours promised for this quarter when it was served."),
    Field("delivered", "f8", "hours", "Hours delivered under contract this quarter."),
    Field("own_hours", "f8", "hours", "Hours spent this quarter on work of its own design."),
    Field(
        "effective",
        "f8",
        "hours",
        "Hours that served clients this quarter, less what is lost where they are not known, times quality.",
    ),
    Field("administrative", "f8", "share", "Share of staff time on administrative tasks."),
    Field("quality", "f8", "0-1", "Quality of service."),
    Field("supervision", "f8", "0-1", "Supervision that staff receive."),
    Field("shading", "f8", "share", "Promised hours left out on purpose."),
    Field("reputation", "f8", "0-1", "Reputation."),
    Field("mission", "f8", "0-1", "Orientation towards development of communities."),
    Field("founding_mission", "f8", "0-1", "Its mission when it was founded."),
    Field(
        "hours_off_mission", "f8", "hours", "Hours times their distance from that mission, this quarter.", table=False
    ),
    Field("compliance", "f8", "0-1", "How far it does what purchasers count."),
    Field("margin", "f8", "share", "Margin on cost that it asks in bids."),
    Field("bids", "i8", "bids", "Bids made this quarter."),
    Field("wins", "i8", "contracts", "Contracts won this quarter."),
    Field("contracts", "i8", "contracts", "Running contracts."),
    Field("contract_value", "i8", "fen/year", "Yearly value of running contracts."),
    Field("idle_quarters", "i8", "quarters", "Quarters in a row without a contract."),
    Field(
        "low_return_quarters",
        "i8",
        "quarters",
        "Quarters in a row with a return under the hurdle (for-profits).",
        table=False,
    ),
    Field("income", "i8", "fen", "Income of this quarter."),
    Field("income_year", "i8", "fen", "Income of the last four quarters."),
    Field("income_district_contracts", "i8", "fen", "From district contracts, last four quarters."),
    Field("income_special_fund", "i8", "fen", "From the special fund, last four quarters."),
    Field("income_sponsorship", "i8", "fen", "From its sponsor, last four quarters."),
    Field("income_fees", "i8", "fen", "From client fees, last four quarters."),
    Field("income_college", "i8", "fen", "From its college, last four quarters."),
    Field("support", "i8", "fen", "Advance received this quarter."),
    Field("government_share", "f8", "share", "Public money in the income of four quarters."),
    Field("concentration", "f8", "0-1", "Herfindahl index of income over payers, four quarters."),
    Field("income_mean", "f8", "fen", "Running mean of quarterly income.", table=False),
    Field("income_variance", "f8", "fen^2", "Running variance of quarterly income.", table=False),
    Field("turnover", "f8", "1/year", "Running mean of the yearly rate of leaving."),
    Field("relation", "f8", "0-1", "Relation with the government of its home district."),
    Field(
        "reserve_months",
        "f8",
        "months",
        "Cash less all that it owes, over monthly cost; may be below zero.",
    ),
    Field("governance", "f8", "0-1", "Legal standing: form, officers and who founded it."),
    Field(
        "resource_independence",
        "f8",
        "0-1",
        "Independence in resources: payers, public money, reserves, legal standing; undefined without income.",
        start=nan,
    ),
    Field("heard", "f8", "0-1", "How far home district and city hear it."),
    Field("agreement", "f8", "share", "Part of their priorities that agrees with what it wishes."),
    Field("voice", "f8", "0-1", "Heard times agreement, by government."),
    Field(
        "judgement",
        "f8",
        "0-1",
        "How near its hours of this quarter were to its mission at founding; undefined without hours.",
        start=nan,
    ),
    Field("time", "f8", "share", "Staff time that administrative tasks leave."),
    Field(
        "operational_autonomy",
        "f8",
        "0-1",
        "Weighted mean of own design (own_share), judgement, time and voice; undefined without hours.",
        start=nan,
    ),
    Field("autonomy_without_voice", "f8", "0-1", "The same without voice.", start=nan),
    Field("last_autonomy", "f8", "0-1", "Last operational autonomy that was defined.", table=False, start=0.5),
    Field("quadrant", "i8", "", "Quadrant in the plane of the two.", labels=Quadrant),
    Field("independence", "f8", "0-1", "Geometric mean of the two; undefined where one is.", start=nan),
    Field("operating", "?", "", "Whether it has a team or a running contract; else it is an idle shell."),
    Field("lines", "i8", "lines", "Running contracts, and other sources that pay for a person."),
    Field("reserve_year", "f8", "months", "Running mean of its reserves, over about a year.", start=nan),
    Field("line_mean", "f8", "lines", "Running mean of its lines of income.", table=False, start=nan),
    Field("staff_mean", "f8", "persons", "Running mean of its staff.", table=False, start=nan),
    Field("sustainability", "f8", "0-1", "Chance of not being stopped: reserves, lines of income, staff."),
    Field("stability", "f8", "0-1", "Steadiness of income."),
    Field("retention", "f8", "0-1", "Staff who stay."),
    Field("contract_cover", "f8", "0-1", "Next year's cost under contract."),
    Field("continuity", "f8", "0-1", "Unbroken service in its communities."),
    Field("sources", "i8", "sources", "Sources that gave at least a twentieth of four quarters' income."),
    Field("source_concentration", "f8", "0-1", "Herfindahl index of income over sources, four quarters."),
    Field("effort", "f8", "share", "Management's effort by source of funding.", labels=Source, shape=(EFFORTS,)),
    Field(
        "capability",
        "f8",
        "0-1",
        "Capability by source of funding; 0 where not entered.",
        labels=Source,
        shape=(EFFORTS,),
    ),
    Field("income_donations", "i8", "fen", "From donations, last four quarters."),
    Field("overdue_assessment", "i8", "fen", "Overdue income that waits for an assessment."),
    Field("handover_hours", "f8", "hours", "Of the hours delivered, those spent on taking over from a predecessor."),
    Field("barred_until", "i8", "quarter", "Last quarter in which a purchaser bars it.", table=False, start=-1),
    Field("first_tie", "i8", "", "First of its ties with purchasers.", table=False, start=-1),
    Field("first_presence", "i8", "", "First of the communities where it works.", table=False, start=-1),
    Field("first_contract", "i8", "", "First of its running contracts.", table=False, start=-1),
    Field("next_in_district", "i8", "", "Next agency of its home district.", table=False, start=-1),
    Field("income_institutions", "i8", "fen", "From institutions' purchases, last four quarters."),
    Field("income_grants", "i8", "fen", "From grants, last four quarters."),
    Field("income_commissions", "i8", "fen", "From commissions, last four quarters."),
    Field("commission_hours", "f8", "hours", "Hours spent on commissions this quarter."),
    Field("dormant_since", "i8", "quarter", "Quarter in which it last stopped work.", table=False, start=-1),
    Field("next_dormant", "i8", "", "Next dormant agency of its city.", table=False, start=-1),
    Field(
        "movers",
        "i8",
        "persons",
        "Who quit or was laid off this quarter, by licence, and may move.",
        shape=(LICENCES,),
        table=False,
    ),
    Field("moved_in", "i8", "persons", "Of those hired this quarter, who had just left another agency."),
    Field("placements", "f8", "students", "Students in placement, sent by its college."),
    Field(
        "lost_to_agency", "i8", "persons", "Of those who quit or were laid off this quarter, whom another agency hired."
    ),
    Field("known_hours", "f8", "hours", "Of the hours served this quarter, those by people who know the clients."),
    Field("supervisors", "i8", "persons", "Of the staff, supervisors."),
    Field("unfilled", "i8", "persons", "Posts that stayed open this quarter."),
    Field("diverted", "f8", "hours", "Hours promised in which the people whom bids named did other work."),
    Field(
        "looseness",
        "f8",
        "0-1",
        "Diversion of staff that it allows, against that of an agency that never was caught.",
        start=1.0,
    ),
    Field("reserve_target", "f8", "months", "Reserve that it wants, in months of cost; 0 until it first plans."),
    Field("adequacy", "f8", "0-1", "Reserve over wanted reserve, at most 1."),
    Field("own_posts", "f8", "posts", "Posts that money of its own pays for, beside contracts."),
    Field("extra_posts", "f8", "posts", "Posts beyond the promise, paid from contracts' surplus ahead of audits."),
    Field("extra_hours", "f8", "hours", "Hours beyond the promise given to contracts this quarter."),
    Field("returned", "i8", "fen", "Unspent money of contracts given back, or owed no more, this quarter."),
    Field("project", "i8", "fen", "Price of its last project from a foundations' call.", table=False),
    Field("project_left", "i8", "fen", "Part of it that is still to be paid."),
    Field("advance", "i8", "fen", "Advance that it has not repaid; when it closes, what its lender lost."),
    Field("lender_kind", "i8", "", "Kind of who gave it, as an account kind.", table=False),
    Field("lender", "i8", "", "Index of who gave it among that kind.", table=False, start=-1),
    Field("last_advance", "i8", "quarter", "Quarter of its last advance; -1 for none.", table=False, start=-1),
    Field("repaid", "i8", "fen", "Advance repaid this quarter."),
    Field("loan", "i8", "fen", "Bridging loan that it has not repaid; when it closes, what its lenders lost."),
    Field("unpaid", "i8", "quarters", "Quarters in a row in which costs left wages or bills unpaid."),
)
