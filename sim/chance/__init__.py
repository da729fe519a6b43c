"""Every random draw of the model.

A draw is a function of (seed, stream, entity, quarter, index) by a published generator without state
(`generator`), turned into the distribution wanted by that distribution's inverse (`distributions`).  Seed
and quarter travel together as a record `luck`; a rule says what for, to whom, and which one::

    if chance(luck, 0.04, Stream.QUIT, agency.id, worker):
        ...

Scenarios thus share their luck wherever their histories agree, and results do not depend on batch, worker
or order.  No other module of the package draws.
"""

from sim.chance.distributions import binomial, chance, gumbel, lognormal_factor, normal, pick, poisson, rotated
from sim.chance.generator import LUCK, LUCK_FIELDS, child_id, entity_id, new_luck, uniform
from sim.chance.streams import Stream

__all__ = [
    "LUCK",
    "LUCK_FIELDS",
    "Stream",
    "binomial",
    "chance",
    "child_id",
    "entity_id",
    "gumbel",
    "lognormal_factor",
    "new_luck",
    "normal",
    "pick",
    "poisson",
    "rotated",
    "uniform",
]
