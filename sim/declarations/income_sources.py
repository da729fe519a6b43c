"""Sources of income: where the money of an agency comes from, and which of it is public."""

from __future__ import annotations

from sim.engine.fields import LabelledEnum


class Source(LabelledEnum):
    """Where income comes from; the first five are public money."""

    DISTRICT_CONTRACTS = 0, "Contracts signed with district governments."
    SPECIAL_FUND = 1, "The city's special fund, passed on by an association."
    INSTITUTIONS = 2, "Purchases by hospitals, homes, schools and offices."
    GRANTS = 3, "Core and incubation grants of government."
    COMMISSIONS = 4, "Surveys, trainings and assessments on commission."
    DONATIONS = 5, "Donations by foundations and the public."
    SPONSORSHIP = 6, "Money of a sponsoring company."
    FEES = 7, "Fees paid by clients."
    COLLEGE = 8, "Cash support by a college."


ASKED = 8
"""Sources below this number are asked for; a college gives of its own accord."""


SOURCES = len(Source)
"""Number of sources."""


PUBLIC_SOURCES = 5
"""Sources below this number are public money."""
