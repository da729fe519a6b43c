"""Events and their causes: one row for each founding, registration, layoff, support and closure."""

from __future__ import annotations

from sim.declarations.income_sources import Source
from sim.engine.fields import Field, LabelledEnum


class Event(LabelledEnum):
    """Kinds of event."""

    FOUNDED = 0, "An agency began to work."
    NOT_FOUNDED = 1, "Founders tried and did not start."
    REGISTERED = 2, "An attached agency became a legal person of its own."
    JOINED = 3, "An agency joined an association."
    SUPPORTED = 4, "An agency in distress received an advance."
    LAID_OFF = 5, "An agency laid off staff."
    ARREARS = 6, "An agency began to owe wages."
    SHADING_NOTICED = 7, "A purchaser noticed hours that were not delivered."
    CLOSED = 8, "An agency closed."
    DORMANT = 9, "An agency stopped work and stayed on the register."
    REVIVED = 10, "A dormant agency took up work again."
    MOVED = 11, "Staff moved from one agency to another."
    ASSESSED = 12, "A contract was graded."
    BARRED = 13, "A purchaser barred an agency from its calls."
    HANDED_OVER = 14, "A predecessor handed its place in a community over."
    SPONSOR_CAME = 15, "A company began to pay an agency."
    SPONSOR_LEFT = 16, "A company stopped paying an agency."
    ENTERED = 17, "An agency entered a source of funding."
    COMMISSIONED = 18, "An institution gave an agency a commission."
    REPAID = 19, "An agency paid the last of an advance back."
    SETTLED = 20, "An audit found money of a contract unspent; it went back."
    PROJECT_GRANTED = 21, "Foundations promised an agency a project."
    DIRECTOR_LEFT = 22, "The director of an agency left."
    SCANDAL = 23, "A scandal or failed inspection struck an agency."
    REORGANISED = 24, "A purchaser was reorganised."
    INVESTED = 25, "Owners added money to a firm."
    REVEALED = 26, "A firm that had registered as a social work agency was found out."
    CHANGED_ROOMS = 27, "An agency moved out of its association's rooms, or into them."


class Cause(LabelledEnum):
    """Why."""

    NONE = 0, "Nothing stands in the way."
    COLLEGE_FOUNDED = 1, "A college founded it: push, prospects and free supervision."
    STAFF_LEFT_TO_FOUND = 2, "Settled staff of a large agency founded a sister."
    GROUP_CONVERTED = 3, "A company-form group turned nonprofit when registration was open to it."
    MARGIN_OVER_HURDLE = 4, "Investors saw a margin above their hurdle."
    NO_SUPERVISING_UNIT = 5, "No government unit agreed to supervise."
    TOO_FEW_LICENSED = 6, "Too few licensed staff."
    TOO_LITTLE_CAPITAL = 7, "Too little capital."
    NOT_ENOUGH_STAFF = 8, "The labour market gave too few people."
    RIPE = 9, "Capital, licences and, where asked, a supervising unit had come together."
    OPEN_ASSOCIATION = 10, "An association in reach had room."
    ATTACHED_INSTEAD = 11, "Failed to register and attached itself to an association."
    CASH_SHORT = 12, "Wages or bills were due and money was short."
    NO_WORK = 13, "More staff than contracts could carry, and thin reserves."
    PAYER_LATE = 14, "Short of cash while purchasers owed it as much."
    INSOLVENT = 15, "Months of wages owed and no money coming."
    NO_STAFF = 16, "Nobody was left."
    NO_CONTRACT = 17, "No contract for long, and little else to live on or to hope for."
    LOW_RETURN = 18, "Returns stayed under the owners' hurdle."
    NOT_DELIVERED = 19, "Fewer hours were delivered than promised."
    AT_START = 20, "Given by the scenario."
    COMPANY_FOUNDED = 21, "A company founded it for its social responsibility."
    OFFICIAL_WISH = 22, "An official wished for a first example in the district."
    STRUCK_OFF = 23, "Dormant for too long; struck off the register."
    BETTER_PROSPECTS = 24, "Founders of a dormant agency saw room for it again."
    BETTER_POST = 25, "People who quit found a vacancy at another agency."
    LOW_GRADE = 26, "A grade below what the purchaser asks."
    SHADING_CAUGHT = 27, "An assessment found hours missing."
    HANDOVER_REQUIRED = 28, "The purchaser requires handover between agencies."
    ASKED_AND_MATCHED = 29, "An agency that asked and a company that looked found each other."
    PATIENCE_SPENT = 30, "The company tired of paying."
    DIVERSIFYING = 31, "Dependence was felt and reserves allowed another source."
    IMITATION = 32, "The best-off peer lives on this source."
    TRACK_RECORD = 33, "The agency had a record of work in the field."
    OPPORTUNITY = 34, "A source with money promised more than its entry costs."
    RECOVERED = 35, "Debts were paid and money was left."
    UNSPENT = 36, "A contract cost less than fell due for it."
    CALL_WON = 37, "Its application was drawn in a foundations' call."
    SUCCEEDED = 38, "Somebody took over as director."
    NO_SUCCESSOR = 39, "Nobody took over as director."
    MISCONDUCT = 40, "Money or work was not in order."
    STRUCK_OFF_FOR_CAUSE = 41, "Its registration was revoked after a scandal or failed inspection."
    NEW_LEADERS = 42, "New leaders ordered purchasing anew."
    INSPECTED = 43, "An inspection of the register looked into its books."
    MEANS_FOR_ROOMS = 44, "Its reserves allowed rooms of its own."
    FREE_ROOM = 45, "Its reserves were thin, and its association had a free room."
    GREW_ELSEWHERE = 46, "A large agency of another city founded a sister, as no branch may work there."


EVENT = (
    Field("quarter", "i4", "quarter", "Quarter, counted from the start."),
    Field("event", "i4", "", "What happened.", labels=Event),
    Field("cause", "i4", "", "Why.", labels=Cause),
    Field("agency", "i4", "", "Agency; -1 where none was founded.", refers="agency"),
    Field("government", "i4", "", "District.", refers="government"),
    Field("party", "i4", "", "Kind of the other party."),
    Field(
        "other",
        "i4",
        "",
        "The other party: founder, association, sister, purchaser, institution, company, assessor.",
        start=-1,
    ),
    Field(
        "amount",
        "i8",
        "fen",
        "Money that it is about: support, capital, wages owed, money left or withheld, a commission, a cost of entry.",
    ),
    Field("persons", "i4", "persons", "People that it is about: laid off, released, founding staff."),
    Field("source", "i4", "", "Source of funding that it is about; empty for none.", labels=Source, start=-1),
    Field("cash", "i8", "fen", "The agency's money in hand then."),
    Field("overdue_income", "i8", "fen", "What purchasers owed it late then."),
    Field("overdue_wages", "i8", "fen", "Wages that it owed then."),
    Field("contracts", "i4", "contracts", "Its running contracts then."),
    Field("idle_quarters", "i4", "quarters", "Quarters in a row without a contract then."),
)
