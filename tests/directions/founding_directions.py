"""Beginnings: the expected direction of parameters of founding, refusal and conversion, and why."""

from __future__ import annotations

from tests.directions.directions_town import PURCHASING
from tests.directions.paired_runs import Direction, Effect, Values, lever
from tests.directions.reserve_and_lending_directions import parameter

CLOSED: Values = {
    "cities": {
        "Town": {"each_district": {"government": {"registration": {"openness": 0.1}, "promotion": {"push": 1.0}}}}
    }
}
"""A town in which hardly any unit agrees to supervise founders."""

NEXT_CITY: Values = {
    "cities": {
        "Next": {
            "government": PURCHASING,
            "districts": {name: {"communities": {"count": 5}, "government": PURCHASING} for name in ("One", "Two")},
            "labour": {"pool": 150, "graduates": 60, "outside_wage": 2_500, "outside_growth": 0.06},
        }
    },
    "associations": {"Association of the next city": {"city": "Next"}},
    "generated": {"Agency": {"cities": ["Town"], "cash": 800_000}, "Group": {"cities": ["Town"]}},
    "rules": {"founding": {"spin_off_size": 4}},
}
"""A town whose agencies have money, and another city that buys."""

REFORM = {"registration.regime": "direct"}

BEGINNINGS = (
    Direction(
        "founding.retry",
        REFORM,
        REFORM,
        (
            Effect("foundings", 1, "a reform lets those in who waited", first=0, last=8),
            Effect("founders_waiting", -1, "and they wait no more"),
        ),
        CLOSED,
        {"founding": {"retry": 0.0}},
        {"founding": {"retry": 1.0}},
    ),
    parameter(
        "founding.waiting_fade",
        0.0,
        0.5,
        Effect("founders_waiting", -1, "who tires of waiting gives up"),
        world=CLOSED,
    ),
    parameter(
        "founding.attach",
        0.0,
        1.0,
        Effect("agencies_attached", 1, "who is refused works under another's name"),
        Effect("founders_waiting", -1, "and does not wait"),
        world=CLOSED,
    ),
    parameter(
        "founding.trust",
        0.0,
        1.0,
        Effect("agencies_attached", -1, "officials supervise whom they know"),
        world=CLOSED,
    ),
    parameter(
        "founding.runway",
        0.5,
        8.0,
        Effect("advances", -1, "who begins small is in need less often"),
    ),
    parameter(
        "founding.chain_rate",
        0.0,
        1.0,
        Effect("agencies_spin_off", 1, "large agencies grow over cities by separate ones (Interim Regulations 1998)"),
        world=NEXT_CITY,
    ),
    parameter("founding.official_rate", 0.0, 2.0, Effect("agencies_government", 1, "officials have them founded")),
    parameter(
        "rooms.casework_loss",
        0.0,
        0.5,
        Effect("quality_nonprofit", -1, "cases have no place of their own"),
    ),
    parameter("rooms.apart", 0.0, 1.0, Effect("quality_nonprofit", 1, "peers guide those who sit elsewhere too")),
    lever(
        "procurement.budget",
        0,
        Effect("conversions", -1, "groups do not register for work that is not bought"),
        Effect("foundings", -1, "and nobody founds for it"),
    ),
)
