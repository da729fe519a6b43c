"""Payment levers: when a purchaser pays, and what of a contract's money it takes back."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class Payment(Group):
    """When a purchaser pays and how it watches."""

    delay: float = param(
        0.75,
        "quarters",
        "Mean time by which an instalment is paid late.",
        "Nanfang Dushi Bao 2012: 27 of 50 agencies were owed money",
        ge=0,
        le=20,
    )
    oversight: float = param(
        0.15, "probability", "Chance that hours not delivered are noticed, per contract and quarter.", ge=0, le=1
    )
    administrative_pressure: float = param(
        0.5, "0-1", "Administrative tasks asked of agencies that depend on the purchaser.", ge=0, le=1
    )
    upfront: float = param(
        0.0,
        "share",
        "Share of each contract year's price that falls due at its start; the rest by quarters.",
        ge=0,
        le=1,
    )


class DistrictPayment(Payment):
    """When a district pays; a city may have to pay its part first."""

    co_payment: float = param(
        0.0, "share", "City's part of each instalment; the district pays its own once the city has paid.", ge=0, le=1
    )


class Settlement(Group):
    """What becomes of a contract's money that is not spent on it."""

    audit: float = param(
        0.3,
        "probability",
        "Chance that a settlement is audited and finds unspent money.",
        plausible=(0.1, 0.6),
        ge=0,
        le=1,
    )
    allowed_surplus: float = param(
        0.05,
        "share",
        "Part of what fell due that an agency may keep unspent.",
        "free; Hong Kong takes back lump-sum reserves above 25 % of a year's cost (Social Welfare Department 2005)",
        plausible=(0, 0.15),
        ge=0,
        le=1,
    )
    returned: float = param(
        1.0, "share", "Part of what is unspent beyond that which goes back.", plausible=(0.5, 1), ge=0, le=1
    )
    yearly: bool = param(True, "yes/no", "Whether contracts are settled after each year, or at their end only.")
