"""Refused founder fields: founders whom no government unit would supervise, and who wait to try again.

>>> REFUSED[0].name
'id'
"""

from __future__ import annotations

from sim.declarations.choices import Origin
from sim.engine.fields import Field

REFUSED = (
    Field("id", "u8", "", "Id of the agency that they want to found.", table=False),
    Field("acceptance", "f8", "0-1", "How hard they are to accept: drawn once; a unit agrees below its bar."),
    Field("party", "i8", "", "Kind of founder.", table=False),
    Field("which", "i8", "", "Index of the founder among its kind.", table=False),
    Field("founder_id", "u8", "", "Number that keys the founder's draws.", table=False),
    Field("origin", "i8", "", "Who founds.", labels=Origin, table=False),
    Field("leaving", "i8", "persons", "Settled people who would leave a sister for it.", table=False),
    Field("district", "i8", "", "District.", refers="government"),
    Field("since", "i8", "quarter", "Quarter of the refusal."),
    Field("next", "i8", "", "Next refused founders of the city, or next freed record.", table=False, start=-1),
)
"""Nonprofits only: firms that are refused look elsewhere."""
