"""Random streams: one for each kind of decision that is drawn at random.

Two decisions never share a draw, because the stream's number is part of what a draw is a function of.
So a new stream, or one more draw in an old one, leaves every other decision of a run as it was.

A number, once used, stays with its stream: changing it changes the draws of every run on record.

>>> Stream.QUIT.label
'quit'
>>> Stream.QUIT.meaning
"How many of a cohort of an agency's staff quit."
"""

from __future__ import annotations

from sim.engine.fields import LabelledEnum

STREAM_LIMIT = 4096
"""Stream numbers stay below this: twelve bits of the generator's counter are theirs."""


class Stream(LabelledEnum):
    """What a draw is for."""

    INITIAL_STATE = 0, "What a scenario leaves to chance about the state at the start."
    ECONOMY = 1, "Shock to a city's economy."
    COLLEGE_FOUNDING = 2, "Whether a college founds an agency this quarter, and in which district."
    SPIN_OFF = 3, "Whether settled staff of an agency leave to found a sister, and how many."
    CONVERSION = 4, "Whether one of a district's company-form groups seeks registration."
    FOR_PROFIT_ENTRY = 5, "Whether investors found a for-profit in a district."
    REGISTRATION = 6, "How hard an agency is to accept for a government unit that would supervise it."
    FOUNDER_TRAITS = 7, "What founders bring: size, money, field, mission, membership, place."
    GRADUATES = 8, "How many graduates of a class look for work in the sector."
    EXAM = 9, "How many of a cohort of an agency's staff pass the licence exam."
    QUIT = 10, "How many of a cohort of an agency's staff quit."
    LEAVE_FIELD = 11, "How many leavers, seekers and people outside change sides."
    HIRE = 12, "How many posts of an agency are filled, and how many with licence holders."
    LOT_VALUE = 13, "Yearly value of a lot."
    RENEWAL = 14, "Whether an ended contract is renewed without a call."
    REACH = 15, "Whether an agency looks at another district of its city, and at which."
    BID_ATTENTION = 16, "Which lots an agency notices first when there are more than it can study."
    TASTE = 17, "What else makes a lot attractive to an agency."
    PANEL_NOISE = 18, "How far a panel's score strays from a bid's points."
    PAYMENT = 19, "Whether a purchaser pays a contract's instalments this quarter."
    SHADING_NOTICED = 20, "Whether a purchaser notices hours that were not delivered."
    CLOSURE = 21, "Whether an agency in trouble gives up this quarter."
    MOVE = 22, "Which agency that lost people is asked first for those whom another hired."
    CORPORATE_FOUNDING = 23, "Whether a company founds an agency, and in which district."
    OFFICIAL_FOUNDING = 24, "Whether an official founds an agency in a district without one."
    REVIVAL = 25, "Whether a dormant agency takes up work again."
    OFFICERS = 26, "Whether a new member's director becomes an officer of the association."
    ASSESSED = 27, "Whether a contract is drawn for assessment."
    GRADE = 28, "How far a grade strays from performance."
    CO_PAYMENT = 29, "Whether the city pays its part of a district's instalment."
    COMMISSION = 30, "Whether an institution gives a commission, and to whom."
    DIRECT_HIRING = 31, "Who joins and leaves the social workers that a government employs."
    SPONSOR_MATCH = 32, "Whether a company looks for an agency, and which it finds."
    PATIENCE = 33, "Whether a company tires of an agency."
    ENTRY = 34, "Whether an agency enters another source of funding, and which."
    RESERVE_POLICY = 35, "How much reserve an agency wants."
    SETTLEMENT = 36, "Whether a settlement is audited."
    PROJECT_GRANT = 37, "Which agency wins a foundations' call."
    MOVERS_HIRED = (
        40,
        "How many posts of an agency are filled with people who just left another, and with which licence.",
    )
    ADOPTION = 41, "Whether a city that does not buy services yet begins to."
    OTHER_CANDIDATES = 42, "How many exam candidates with other work pass."
    DIRECTOR = 43, "Whether a director leaves, and whether a successor is found."
    SCANDAL = 44, "Whether a scandal or failed inspection strikes an agency, and whether it loses its registration."
    REORGANISATION = 45, "Whether a purchaser is reorganised."
    WAITING = 46, "Whether refused founders attach themselves, give up, or try again."
    BID_EFFORT = 50, "Whether an agency takes up a lot that it reads."
    COST_ESTIMATE = 51, "How far a bidder's estimate of its cost strays."
    INSPECTION = 52, "Whether a firm registers as a social work agency, and whether it is found out."
    SISTER_ELSEWHERE = 53, "Whether an agency founds a sister in another city, in which, and in which district."
