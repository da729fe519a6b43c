"""Sums over agencies: their names, and the arrays that hold them during the pass over agencies."""

from __future__ import annotations

from enum import IntEnum, unique
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.declarations.choices import Form, Kind, Origin
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
    EARNING = 20  # agencies with income
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
    FINANCIAL = 36
    OPERATIONAL = 37
    GOVERNANCE = 38
    VOICE = 39
    RESERVES = 40
    STABILITY = 41
    RETENTION = 42
    COVER = 43
    CONTINUITY = 44
    INDEPENDENCE = 45
    SUSTAINABILITY = 46
    WEIGHTED_INDEPENDENCE = 47  # by income
    WEIGHTED_SUSTAINABILITY = 48
    WEIGHT = 49
    FOR_PROFIT_VALUE = 50
    KNOWN_HOURS = 51
    SERVED_HOURS = 52  # of service to clients
    SUPERVISORS = 53
    DIVERTED = 54
    VACANCIES = 55
    UNFILLED = 56
    PAY = 57


@unique
class SumByKind(IntEnum):
    """Sums over nonprofits and for-profits separately."""

    AGENCIES = 0
    PROMISED = 1
    DELIVERED = 2
    QUALITY = 3
    WORKING = 4


@unique
class AgencyValue(IntEnum):
    """Values of each active agency, kept for quantiles."""

    INDEPENDENCE = 0
    SUSTAINABILITY = 1
    RESERVE_MONTHS = 2
    GOVERNMENT_SHARE = 3  # of those with income
    VALUE = 4


SUMS, SUMS_BY_KIND, VALUES = len(Sum), len(SumByKind), len(AgencyValue)


ORIGINS, FORMS, KINDS = len(Origin), len(Form), len(Kind)


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
    values : float array, shape (values, agencies)
        By `AgencyValue`, in the order of rows.
    """

    sums: Numbers
    origins: Numbers
    forms: Numbers
    kinds: Numbers
    values: Numbers


@rule
def empty_sums(world: World) -> AgencySums:
    """Sums of zero, and space for the values of every agency of the last `index_active_agencies`."""
    most = 0
    for city in world.cities:
        most += city.members
    return AgencySums(
        np.zeros(SUMS), np.zeros(ORIGINS), np.zeros(FORMS), np.zeros((SUMS_BY_KIND, KINDS)), np.empty((VALUES, most))
    )
