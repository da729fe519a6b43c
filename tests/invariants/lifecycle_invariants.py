"""Life-cycle invariants: job moves, placements, dormant and closed agencies after every quarter."""

from __future__ import annotations

import numpy as np

from sim.declarations.accounts import Party, Purpose, account_number
from sim.declarations.choices import Form, Kind
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Host, Stage
from sim.model.state.world import World
from tests.support.world_reading import ROUNDING, chain, used


def check_moves(world: World, events: np.ndarray) -> None:
    """Every mover quit one agency and was hired by another in the same quarter; none is counted twice."""
    agencies = used(world, "agencies")
    active = agencies["stage"] == Stage.ACTIVE
    assert (agencies["moved_in"] <= agencies["hired"])[active].all()
    assert (agencies["lost_to_agency"] + agencies["movers"].sum(axis=1) <= agencies["quits"] + agencies["laid_off"])[
        active
    ].all()
    assert (agencies["movers"] >= 0).all()
    moves = events[events["event"] == Event.MOVED]
    assert (moves["persons"] > 0).all()
    assert (moves["agency"] != moves["other"]).all()
    assert (agencies["city"][moves["agency"]] == agencies["city"][moves["other"]]).all()
    for side, count in (("agency", "moved_in"), ("other", "lost_to_agency")):
        recorded = np.bincount(moves[side], weights=moves["persons"], minlength=len(agencies))
        assert (recorded == agencies[count])[active].all()
    for c, city in enumerate(world.cities):
        assert (city.movers >= 0).all()
        assert (city.movers >= agencies["movers"][active & (agencies["city"] == c)].sum(axis=0)).all()


def check_placements(world: World) -> None:
    """Colleges send no more students than they have, agencies take no more than they can guide."""
    agencies = used(world, "agencies")
    active = agencies["stage"] == Stage.ACTIVE
    assert (agencies["placements"] >= 0).all()
    assert (agencies["placements"] <= agencies["staff"] + agencies["quits"] + agencies["laid_off"])[active].all()
    for n, college in enumerate(world.colleges):
        sent = agencies["placements"][active & (agencies["college"] == n)].sum()
        assert sent <= college.placements * (1 + ROUNDING)
    assert not agencies["placements"][agencies["college"] < 0].any()


def check_sisters_elsewhere(world: World, flows: np.ndarray, events: np.ndarray) -> None:
    """A sister in another city begins with her founder's money alone and with people who were seekers there."""
    agencies = used(world, "agencies")
    founded = flows[flows["purpose"] == Purpose.FOUNDING]
    for event in events[(events["event"] == Event.FOUNDED) & (events["cause"] == Cause.GREW_ELSEWHERE)]:
        agency, founder = agencies[event["agency"]], agencies[event["other"]]
        assert agency["city"] != founder["city"]
        assert agency["sister"] == founder["index"]
        # Nobody comes along who has been in post.
        assert agency["settled"] == 0
        given = founded[founded["payee"] == agency["account"]]
        assert given["payer"].tolist() == [founder["account"]]
        assert given["amount"].tolist() == [event["amount"]]


def check_refused(world: World, events: np.ndarray, quarter: int) -> None:
    """Refused founders wait in the chain of their city, which counts them; nobody else is in their array."""
    refused = used(world, "refused")
    waiting: list[int] = []
    for c, city in enumerate(world.cities):
        mine = list(chain(city.first_refused, refused))
        assert len(mine) == int(city.refused_founders)
        assert (world.governments.city[refused["district"][mine]] == c).all()
        waiting += mine
    free = list(chain(world.clock[0].free_refused, refused))
    assert sorted(waiting + free) == list(range(len(refused)))
    assert (refused["since"][waiting] <= quarter).all()
    assert ((refused["acceptance"][waiting] >= 0) & (refused["acceptance"][waiting] < 1)).all()
    assert world.sector[quarter].founders_waiting == len(waiting)
    new = (refused["since"][waiting] == quarter).sum()
    assert new <= ((events["event"] == Event.NOT_FOUNDED) & (events["cause"] == Cause.NO_SUPERVISING_UNIT)).sum()
    registered = used(world, "agencies")["registered"] == quarter
    assert world.sector[quarter].registrations == registered.sum()


def check_dormant(world: World, flows: np.ndarray, events: np.ndarray, quarter: int) -> None:
    """A dormant agency has no staff, running contract, debt or office and only receives what it is owed."""
    agencies = used(world, "agencies")
    dormant = np.flatnonzero(agencies["stage"] == Stage.DORMANT)
    for c, city in enumerate(world.cities):
        mine = [a for a in dormant if agencies[a]["city"] == c]
        assert sorted(chain(city.first_dormant, agencies, "next_dormant")) == mine
        assert int(city.dormant) == len(mine)
    for a in dormant:
        agency = agencies[a]
        for name in ("staff", "contracts", "overdue_wages", "overdue_bills"):
            assert agency[name] == 0, name
        assert agency["host"] == Host.OWN
        assert agency["first_presence"] == -1
        assert agency["kind"] == Kind.NONPROFIT
        assert agency["form"] == Form.REGISTERED
        assert quarter - agency["dormant_since"] <= world.rules[0].closing_dormancy
        recorded = events["event"][events["agency"] == a]
        if agency["dormant_since"] == quarter:
            assert (recorded == Event.DORMANT).sum() == 1
        else:
            assert not (flows["payer"] == agency["account"]).any()
            assert (flows["contract"][flows["payee"] == agency["account"]] >= 0).all()
            assert not len(recorded)
    assert world.sector[quarter].dormant == len(dormant)
    assert world.sector[quarter].revivals == (events["event"] == Event.REVIVED).sum()


def check_closed(world: World, flows: np.ndarray, events: np.ndarray, quarter: int, closed: dict[int, int]) -> None:
    """A closed agency has nothing and does nothing; its closing is on record with a cause."""
    agencies = used(world, "agencies")
    contracts, bids = used(world, "contracts"), used(world, "bids")
    closings = events[events["event"] == Event.CLOSED]
    for a in np.flatnonzero(agencies["stage"] == Stage.CLOSED):
        agency = agencies[a]
        recorded = closings["cause"][closings["agency"] == a]
        if a not in closed:
            assert len(recorded) == 1
            assert recorded[0] != Cause.NONE
            closed[int(a)] = quarter
        else:
            account = account_number(Party.AGENCY, int(a))
            assert not ((flows["payer"] == account) | (flows["payee"] == account)).any()
            assert not (events["agency"] == a).any()
            assert not (bids["agency"] == a).any()
            assert not ((contracts["agency"] == a) & (contracts["called"] == quarter)).any()
        for name in ("cash", "staff", "contracts", "receivable", "overdue_wages", "overdue_bills"):
            assert agency[name] == 0, name
        assert agency["first_presence"] == agency["first_contract"] == -1
    assert len(closings) == sum(when == quarter for when in closed.values())
    rows = used(world, "panel_rows")
    seen = rows[rows[:, 0] == quarter, 1]
    assert seen.tolist() == np.flatnonzero(agencies["stage"] == Stage.ACTIVE).tolist()
