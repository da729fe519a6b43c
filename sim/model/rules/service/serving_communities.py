"""Serving communities: what an hour in a community and a field does; part relieves need, part builds strength."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.declarations.choices import ContractForm
from sim.engine.compilation import rule
from sim.model.rules.service.community_needs import rootedness
from sim.model.rules.shared.relations_and_presence import ensure_presence
from sim.model.rules.shared.unmet_need import unmet_hours

if TYPE_CHECKING:
    from sim.model.state.row_types import ContractRow
    from sim.model.state.world import World


@rule
def serve_community(world: World, a: int, c: int, f: int, hours: float, development: float, fade: float) -> float:
    """Serve a community in one field; part of the hours relieves need, part builds strength.

    Those who know the clients serve first, under contracts before own projects.

    Parameters
    ----------
    a, c, f : int
        Agency, community, field.
    hours : float
        Hours of service.
    development : float
        Share of them for development.
    fade : float
        Share of need that returns in a quarter: hours equal to all that the load asks for would, if continued,
        just hold unmet need at zero.

    Returns
    -------
    float
        Effective hours: hours, less what is lost where clients are not known, times quality.
    """
    rules = world.rules[0]
    agency = world.agencies[a]
    need = world.needs[c, f]
    community = world.communities[c]
    presence = world.presences[ensure_presence(world, a, c)]
    known = min(presence.known, presence.hours + hours) - min(presence.known, presence.hours)
    effective = (hours - rules.delivery_knowledge_weight * (hours - known)) * agency.quality
    agency.known_hours += known
    agency.effective += effective
    relieved = (1.0 - development) * effective * fade / max(need.load, 1e-9)
    need.unmet = max(need.unmet - relieved, 0.0)
    rooted = rootedness(presence.quarters, rules.need_rooting_time)
    community.built += rules.need_strength_gain * development * effective * rooted / max(community.load, 1e-9)
    community.hours += hours
    presence.hours += hours
    presence.last = world.clock[0].quarter
    world.practice[a, f] += hours
    return effective


@rule
def serve_contract(world: World, a: int, contract: ContractRow, hours: float, development: float, fade: float) -> float:
    """Serve under a contract: in its field or, for a centre, in all fields in proportion to unmet hours.

    Parameters
    ----------
    a : int
        Index of the agency.
    contract : row
        Contract in force.
    hours : float
        Hours of service.
    development : float
        Share of them for development.
    fade : float
        Share of need that returns in a quarter.

    Returns
    -------
    float
        Effective hours.
    """
    c = contract.community
    if contract.form != ContractForm.CENTRE:
        return float(serve_community(world, a, c, contract.field, hours, development, fade))
    total = unmet_hours(world, c)
    effective = 0.0
    fields = world.needs.shape[1]
    for f in range(fields):
        need = world.needs[c, f]
        part = need.unmet * need.load / total if total > 0 else 1.0 / fields
        effective += serve_community(world, a, c, f, hours * part, development, fade)
    return effective
