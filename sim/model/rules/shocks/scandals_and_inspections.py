"""Scandals and failed inspections: an agency loses trust and access for a time, or its registration.

More people can do more wrong, so size is no protection; but large agencies have controls, and exposure grows less than
size.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.random_streams import Stream
from sim.declarations.state_codes import Stage
from sim.engine.compilation import rule
from sim.engine.rng.distributions import bernoulli
from sim.model.rules.ledger.transfers_and_events import record_event
from sim.model.rules.lifecycle.agency_closure import close_agency
from sim.model.rules.shared.active_agencies import active_agencies_in
from sim.model.rules.shared.rates_and_half_lives import rate_to_probability

if TYPE_CHECKING:
    from sim.model.state.row_types import AgencyRow, CityRow
    from sim.model.state.world import World


@rule
def strike_by_scandal(world: World, city: CityRow) -> None:
    """Draw which agencies of a city a scandal or failed inspection strikes, and which of them are struck off for it."""
    rules = world.rules[0]
    clock = world.clock[0]
    for a in active_agencies_in(world, city):
        agency = world.agencies[a]
        if agency.stage != Stage.ACTIVE:
            continue
        rate = rules.shocks_scandal_rate / 4.0 * (1.0 + log(1.0 + agency.staff / rules.shocks_scandal_size))
        if not bernoulli(clock, rate_to_probability(rate), Stream.SCANDAL, agency.id, 0):
            continue
        record_event(world, Event.SCANDAL, Cause.MISCONDUCT, a, agency.district, -1, -1, 0, agency.staff)
        if bernoulli(clock, rules.shocks_scandal_fatal, Stream.SCANDAL, agency.id, 1):
            close_agency(world, a, Cause.STRUCK_OFF_FOR_CAUSE)
        else:
            lose_trust(world, agency)


@rule
def lose_trust(world: World, agency: AgencyRow) -> None:
    """Lose reputation and relations, and be barred by every purchaser with a tie; running contracts run on."""
    rules = world.rules[0]
    kept = 1.0 - rules.shocks_scandal_loss
    agency.reputation *= kept
    last = world.clock[0].quarter + int(rules.shocks_scandal_bar) - 1
    tie = agency.first_tie
    while tie >= 0:
        bond = world.ties[tie]
        bond.relation *= kept
        bond.barred_until = max(bond.barred_until, last)
        agency.barred_until = max(agency.barred_until, last)
        tie = bond.next
