"""Finance invariants after every quarter: advances, loans, settlement, own posts."""

from __future__ import annotations

import numpy as np

from sim.declarations.accounts import Party, Purpose, account_holder
from sim.declarations.choices import Kind
from sim.declarations.events_and_causes import Event
from sim.declarations.state_codes import Stage
from sim.model.state.world import World
from tests.support.world_reading import ROUNDING, used

LENDERS = (Party.ASSOCIATION, Party.AGENCY, Party.SPONSOR, Party.COLLEGE)
PARTIES = {
    Purpose.SUPPORT: (LENDERS, (Party.AGENCY,)),
    Purpose.REPAYMENT: ((Party.AGENCY,), LENDERS),
    Purpose.LOAN: ((Party.HOUSEHOLDS,), (Party.AGENCY,)),
    Purpose.LOAN_REPAID: ((Party.AGENCY,), (Party.HOUSEHOLDS,)),
    Purpose.INTEREST: ((Party.AGENCY,), (Party.HOUSEHOLDS,)),
    Purpose.SEVERANCE: ((Party.AGENCY,), (Party.HOUSEHOLDS,)),
    Purpose.CAPITAL: ((Party.OWNERS,), (Party.AGENCY,)),
    Purpose.DIVIDEND: ((Party.AGENCY,), (Party.OWNERS,)),
    Purpose.SETTLEMENT: ((Party.AGENCY,), (Party.GOVERNMENT, Party.INSTITUTION)),
}
"""Payers and payees of each purpose."""


def check_finance(world: World, flows: np.ndarray, events: np.ndarray) -> None:
    """Everything about money that is lent, settled, or spent on posts of one's own."""
    for purpose, (payers, payees) in PARTIES.items():
        of_purpose = flows[flows["purpose"] == purpose]
        assert np.isin(account_holder(of_purpose["payer"])[0], payers).all()
        assert np.isin(account_holder(of_purpose["payee"])[0], payees).all()
    check_lending(world, flows, events)
    check_settlement(world, flows, events)
    check_owners_money(world, flows, events)
    check_guise(world, events)
    check_posts(world)


def moved(flows: np.ndarray, purpose: Purpose, side: str, a: int) -> int:
    """Money of a purpose that agency `a` paid or got this quarter, fen."""
    kinds, numbers = account_holder(flows[side])
    mine = (flows["purpose"] == purpose) & (kinds == Party.AGENCY) & (numbers == a)
    return int(flows["amount"][mine].sum())


def check_lending(world: World, flows: np.ndarray, events: np.ndarray) -> None:
    """Advances and loans are what was lent less what was repaid; who sleeps owes nothing."""
    agencies = used(world, "agencies")
    given = events[events["event"] == Event.SUPPORTED]
    assert len(set(given["agency"].tolist())) == len(given)
    assert (agencies["advance"] >= 0).all()
    assert (agencies["loan"] >= 0).all()
    dormant = agencies["stage"] == Stage.DORMANT
    assert not (agencies["advance"] + agencies["loan"])[dormant].any()
    active = agencies["stage"] == Stage.ACTIVE
    for a in np.flatnonzero(active):
        agency = agencies[a]
        assert agency["support"] == moved(flows, Purpose.SUPPORT, "payee", a)
        assert agency["repaid"] == moved(flows, Purpose.REPAYMENT, "payer", a)
        assert (agency["advance"] == 0) or (agency["lender"] >= 0)
        assert (agency["unpaid"] > 0) or (agency["overdue_wages"] + agency["overdue_bills"] == 0)
    repaid = events[events["event"] == Event.REPAID]
    assert not agencies["advance"][repaid["agency"]][agencies["support"][repaid["agency"]] == 0].any()


def check_settlement(world: World, flows: np.ndarray, events: np.ndarray) -> None:
    """What goes back is on record with contract, agency and government alike, and was never more than was due."""
    contracts, agencies = used(world, "contracts"), used(world, "agencies")
    settled = events[events["event"] == Event.SETTLED]
    worked = agencies["stage"] != Stage.CLOSED
    ended = (agencies["stage"] == Stage.CLOSED) & (agencies["closed"] == world.clock[0].quarter - 1)
    assert int(agencies["returned"][worked | ended].sum()) == int(settled["amount"].sum())
    assert sum(int(government.settled) for government in world.governments) == int(settled["amount"].sum())
    assert (contracts["taken_off"] >= 0).all()
    assert (contracts["returned"] >= contracts["taken_off"]).all()
    assert (contracts["returned"] <= contracts["due"] + contracts["taken_off"]).all()
    assert (contracts["spent"] >= 0).all()
    paid = int(flows["amount"][flows["purpose"] == Purpose.SETTLEMENT].sum())
    assert paid <= int(settled["amount"].sum())


def check_owners_money(world: World, flows: np.ndarray, events: np.ndarray) -> None:
    """Firms alone have owners; what these put in and took out is recorded to the fen; no capital is paid out."""
    agencies = used(world, "agencies")
    firms = agencies["kind"] == Kind.FOR_PROFIT
    for name in ("capital", "drawn", "owners_in", "owners_out"):
        assert (agencies[name] >= 0).all()
        assert not agencies[name][~firms].any()
    assert world.externals[Party.OWNERS].cash == agencies["drawn"].sum() - agencies["capital"].sum()
    this_quarter = (agencies["stage"] != Stage.CLOSED) | (agencies["closed"] == world.clock[0].quarter - 1)
    for side, other, name in (("payer", "payee", "owners_in"), ("payee", "payer", "owners_out")):
        of_owners = flows[account_holder(flows[side])[0] == Party.OWNERS]
        by_agency = np.bincount(account_holder(of_owners[other])[1], of_owners["amount"], len(agencies))
        assert np.array_equal(by_agency[this_quarter], agencies[name][this_quarter])
    limit = int(world.rules[0].founding_firm_limit)
    for event in events[events["event"] == Event.INVESTED]:
        firm = agencies[event["agency"]]
        assert event["amount"] > 0
        assert event["contracts"] > 0
        assert firm["capital"] - firm["drawn"] <= limit
    for a in account_holder(flows["payer"][flows["purpose"] == Purpose.DIVIDEND])[1]:
        assert agencies["stage"][a] == Stage.CLOSED or agencies["cash"][a] >= agencies["capital"][a]


def check_guise(world: World, events: np.ndarray) -> None:
    """Firms alone are in guise, until they are found out; who is found out leaves its association."""
    agencies = used(world, "agencies")
    assert (agencies["kind"][agencies["guise"]] == Kind.FOR_PROFIT).all()
    found_out = events["agency"][events["event"] == Event.REVEALED]
    assert len(set(found_out.tolist())) == len(found_out)
    assert not agencies["guise"][found_out].any()
    assert (agencies["association"][found_out] == -1).all()
    open_firms = (agencies["kind"] == Kind.FOR_PROFIT) & ~agencies["guise"] & (agencies["name"] < 0)
    assert (agencies["association"][open_firms] == -1).all()


def check_posts(world: World) -> None:
    """Firms have no posts but for contracts; hours served are hours that there are, and overtime."""
    agencies = used(world, "agencies")
    active = agencies[agencies["stage"] == Stage.ACTIVE]
    firms = active["kind"] == Kind.FOR_PROFIT
    for name in ("own_posts", "extra_posts"):
        assert (active[name] >= 0).all()
        assert not active[name][firms].any()
    served = active["delivered"] + active["extra_hours"] + active["own_hours"]
    overtime = 1 + world.rules[0].delivery_overtime
    assert (served <= active["hours"] * overtime * (1 + ROUNDING) + ROUNDING).all()
