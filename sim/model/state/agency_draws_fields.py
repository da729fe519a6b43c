"""Agency draws fields: medians and spreads of what is drawn about the agencies of a scenario when they begin."""

from __future__ import annotations

from sim.engine.fields import Field

AGENCY_DRAWS = (
    Field("staff", "f8", "persons", "Median staff."),
    Field("staff_spread", "f8", "log sd", "Spread of staff."),
    Field("licensed", "f8", "share", "Staff with a licence."),
    Field("cash", "f8", "fen", "Median money."),
    Field("cash_spread", "f8", "log sd", "Spread of money."),
    Field("reputation", "f8", "0-1", "Mean reputation."),
    Field("skill", "f8", "0-1", "Mean skill in its fields."),
    Field("mission", "f8", "0-1", "Mean leaning to development."),
    Field("trait_spread", "f8", "sd", "Spread of reputation, skill and mission."),
    Field("advisers", "i8", "colleges", "Colleges beside its own whose teachers advise it."),
    Field("fields", "u8", "", "Fields of service, a bit for each."),
)
