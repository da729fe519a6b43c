"""Sums over agencies: their names, and the arrays that hold them during the pass over agencies."""

from __future__ import annotations

from enum import IntEnum, unique
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.declarations.choices import Form, Kind, Origin
from sim.declarations.events_and_causes import Cause
from sim.declarations.state_codes import Quadrant
from sim.engine.compilation import rule

if TYPE_CHECKING:
    from sim.model.state.world import Numbers, World


@unique
class Sum(IntEnum):
    """Sums over active agencies, or over all agencies where noted."""

    ACTIVE = 0  # agencies
    FOUNDED = 1  # of all, this quarter
    CONVERTED = 2
    CLOSED = 3
    DORMANT = 4
    MOVES = 5  # of those active and those that stopped this quarter
    LEAVERS = 6
    STAFF = 7
    LICENSED = 8
    HIRED = 9
    QUITS = 10
    FIRST_YEAR_QUITS = 11
    NEW = 12
    TENURE = 13
    WAGE = 14
    OUTSIDE_WAGE = 15
    PLACEMENTS = 16
    OWN_HOURS = 17
    EFFECTIVE = 18
    COST = 19
    EARNING = 20  # operating agencies with income
    INCOME = 21
    PUBLIC = 22
    CONCENTRATION = 23
    SOURCE_CONCENTRATION = 24
    THREE_SOURCES = 25
    SPONSORSHIP = 26
    FEES = 27
    OVERDUE = 28
    OWED = 29  # agencies with overdue income
    WAITING = 30
    WAGES_OWED = 31
    BARRED = 32
    BIDDING = 33
    FUNDRAISING = 34
    SPONSORED = 35
    FOR_PROFIT_VALUE = 36
    OPERATING = 37  # agencies, as in all that follows
    GOVERNANCE = 38
    TIME = 39
    VOICE = 40
    HEARD = 41
    AGREEMENT = 42
    WITH_HOURS = 43  # agencies with hours of service
    DESIGN = 44
    JUDGEMENT = 45
    STABILITY = 46
    RETENTION = 47
    CONTINUITY = 48
    KNOWN_HOURS = 49
    SERVED_HOURS = 50  # of service to clients
    SUPERVISORS = 51
    DIVERTED = 52
    MONEY = 53  # cash less debts
    IN_DEBT = 54
    ABOVE_A_YEAR = 55  # agencies with reserves for more than a year
    OWN_POSTS = 56
    VACANCIES = 57
    UNFILLED = 58
    PAY = 59
    ADVANCES = 60
    ADVANCES_REPAID = 61
    ADVANCES_LOST = 62  # by those who closed this quarter
    LOANS = 63
    LOANS_LOST = 64
    EXTRA_HOURS = 65
    RETURNED = 66
    ON_REGISTER = 67  # nonprofits and firms in guise, of those active or dormant
    CLOSED_LARGE = 68  # of all, this quarter
    REGISTRATIONS = 69  # of all, this quarter
    PLANNED = 70  # hours planned for contracts that run
    COMMITTED = 71
    WITH_CONTRACTS = 72  # agencies with a contract, and with income from contracts
    FUND_ALONE = 73
    DISTRICTS_ALONE = 74
    OWNERS_IN = 75  # of all
    OWNERS_OUT = 76
    FIRMS_IN_GUISE = 77


@unique
class SumByKind(IntEnum):
    """Sums over nonprofits and for-profits separately."""

    AGENCIES = 0
    PROMISED = 1
    DELIVERED = 2
    QUALITY = 3
    WORKING = 4


@unique
class SumOfMeasure(IntEnum):
    """Sums over the operating agencies of which a measure is defined."""

    AGENCIES = 0
    TOTAL = 1
    STAFF = 2
    BY_STAFF = 3
    INCOME = 4
    BY_INCOME = 5


@unique
class Measured(IntEnum):
    """Measures of which each operating agency's value is kept for quantiles; and contract values of all active ones."""

    RESOURCE_INDEPENDENCE = 0
    OPERATIONAL_AUTONOMY = 1
    INDEPENDENCE = 2
    SUSTAINABILITY = 3
    RESERVE_MONTHS = 4
    CONTRACT_COVER = 5
    GOVERNMENT_SHARE = 6
    CONTRACT_VALUE = 7


SUMS, SUMS_BY_KIND, SUMS_OF_MEASURES, MEASURED = len(Sum), len(SumByKind), len(SumOfMeasure), len(Measured)


ORIGINS, FORMS, KINDS, QUADRANTS = len(Origin), len(Form), len(Kind), len(Quadrant)
CAUSES = len(Cause)


class AgencySums(NamedTuple):
    """Sums and values collected in a pass over agencies.

    Attributes
    ----------
    sums : float array, shape (sums,)
        By `Sum`.
    origins, forms : float arrays, shapes (origins,) and (forms,)
        Active agencies by origin and by legal form.
    kinds : float array, shape (sums by kind, kinds)
        By `SumByKind` and kind.
    closures : float array, shape (causes,)
        Agencies closed this quarter by cause.
    quadrants : float array, shape (quadrants,)
        Operating agencies by quadrant.
    measures : float array, shape (measures, sums of measures)
        By `Measured` and `SumOfMeasure`.
    values : float array, shape (measures, agencies)
        By `Measured`, in the order of rows.
    """

    sums: Numbers
    origins: Numbers
    forms: Numbers
    kinds: Numbers
    closures: Numbers
    quadrants: Numbers
    measures: Numbers
    values: Numbers


@rule
def empty_sums(world: World) -> AgencySums:
    """Sums of zero, and space for the values of every agency of the last `index_active_agencies`."""
    most = 0
    for city in world.cities:
        most += city.members
    return AgencySums(
        np.zeros(SUMS),
        np.zeros(ORIGINS),
        np.zeros(FORMS),
        np.zeros((SUMS_BY_KIND, KINDS)),
        np.zeros(CAUSES),
        np.zeros(QUADRANTS),
        np.zeros((MEASURED, SUMS_OF_MEASURES)),
        np.empty((MEASURED, most)),
    )
