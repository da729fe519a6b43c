"""Income sources: where the money of an agency comes from, and what rules need to know of each source."""

from __future__ import annotations

from sim.engine.fields import LabelledEnum

_PUBLIC = "public"
_ASKED = "asked for"
_BIDS = "won by bids"
_FOUND = "found once it pays"
_KEPT = "never left"
_MATCHED = "matched by grants"


class Source(LabelledEnum):
    """Where income comes from."""

    DISTRICT_CONTRACTS = 0, "Contracts signed with district governments.", _PUBLIC, _ASKED, _BIDS, _KEPT
    SPECIAL_FUND = 1, "The city's special fund, passed on by an association.", _PUBLIC, _ASKED, _BIDS, _KEPT
    INSTITUTIONS = 2, "Purchases by hospitals, homes, schools and offices.", _PUBLIC, _ASKED, _BIDS, _FOUND
    GRANTS = 3, "Core and incubation grants of government.", _PUBLIC, _ASKED
    COMMISSIONS = 4, "Surveys, trainings and assessments on commission.", _PUBLIC, _ASKED, _FOUND
    DONATIONS = 5, "Donations by foundations and the public.", _ASKED, _MATCHED
    SPONSORSHIP = 6, "Money of a sponsoring company.", _ASKED, _MATCHED
    FEES = 7, "Fees paid by clients.", _ASKED, _KEPT, _MATCHED
    COLLEGE = 8, "Cash support by a college."


PUBLIC_SOURCES = Source.having(_PUBLIC)
"""Sources of public money."""

ASKED_SOURCES = Source.having(_ASKED)
"""Sources that may be asked for; a college gives of its own accord."""

BID_SOURCES = Source.having(_BIDS)
"""Sources that are won by bids."""

OTHER_SOURCES = tuple(int(source) for source in Source if _BIDS not in source.flags)
"""Sources other than contracts."""

FOUND_SOURCES = Source.having(_FOUND)
"""Sources that count as entered once they have paid: who is known is asked."""

KEPT_SOURCES = Source.having(_KEPT)
"""Sources that an agency asks for as long as it works, whatever they bring."""

MATCHED_SOURCES = Source.having(_MATCHED)
"""Sources that matching grants add to."""

SOURCES = len(Source)
"""Number of sources."""

EFFORTS = 1 + max(ASKED_SOURCES)
"""Length of an array that holds a number for each source that may be asked for, at the source's own number."""
