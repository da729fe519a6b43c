"""The tables of a run: declared columns, one row per what they are about, numbers that fit each other."""

from __future__ import annotations

import copy
from collections import defaultdict

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings

from sim.declarations.accounts import OUTSIDE, Party
from sim.declarations.calendar_quarter import Quarter
from sim.engine.column_names import column_name
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.government_fields import LEVERS
from sim.output.table_columns import TABLES
from sim.run import RunResult, simulate
from sim.scenario import load_scenario, make_scenario
from sim.scenario.parameters.parameter_spec import parameters_of
from sim.scenario.parameters.policy_levers import CityGovernment, DistrictGovernment
from tests.invariants.world_invariants import KINDS
from tests.support.busy_town import BUSY
from tests.support.scenario_strategies import scenarios, seeds
from tests.support.world_reading import plain, used
from tests.unit.scenario.scenario_town import TOWN

OUTSIDE_KINDS = {party.label for party in Party if party < OUTSIDE}


def tables_of(record: RunResult, replication: int = 3, point: int = 5) -> dict[str, pa.Table]:
    return record.tables(replication, point)


@pytest.fixture(scope="module")
def busy():
    return simulate(CompiledScenario.of(make_scenario(BUSY)), 1)


@pytest.fixture(scope="module")
def frames(busy):
    return {name: plain(table) for name, table in tables_of(busy).items()}


def declared(name: str, fields: list[str]) -> list[str]:
    """Declared columns of a table, those with `FIELD` once for each field of service."""
    columns = []
    for column in TABLES[name]:
        columns += (
            [column_name(column.name.removesuffix("_FIELD"), field) for field in fields]
            if column.name.endswith("_FIELD")
            else [column.name]
        )
    return columns


def check_columns_and_rows(record: RunResult) -> None:
    """Columns are the declared ones; there is a row for each thing."""
    tables = tables_of(record)
    compiled, clock = record.compiled, record.world.clock[0]
    assert list(tables) == list(TABLES)
    for name, table in tables.items():
        assert table.column_names == declared(name, compiled.names["field"]), name
        assert table["replication"].unique().to_pylist() in ([3], []), name
        assert table["point"].unique().to_pylist() in ([5], []), name
        table.validate(full=True)
    quarters = compiled.quarters
    assert tables["sector"].num_rows == quarters
    assert tables["agencies"].num_rows == int(record.sector.agencies.sum())
    assert tables["communities"].num_rows == quarters * len(record.world.communities)
    assert tables["policy"].num_rows == quarters * len(record.world.governments)
    assert tables["institutions"].num_rows == quarters * len(record.world.institutions)
    assert tables["triggers"].num_rows == quarters * len(record.world.triggers)
    assert tables["contracts"].num_rows == int(clock.contracts)
    assert tables["events"].num_rows == int(clock.events)


@settings(max_examples=15)
@given(scenarios(), seeds)
def test_columns_and_rows_of_any_world(values, seed):
    check_columns_and_rows(simulate(CompiledScenario.of(make_scenario(values)), seed))


def test_columns_and_rows_of_beijing():
    check_columns_and_rows(simulate(CompiledScenario.of(load_scenario("beijing-2010").scenario), 1))


def test_every_column_has_a_meaning():
    for name, columns in TABLES.items():
        assert len({column.name for column in columns}) == len(columns), name
        assert all(column.meaning.endswith(".") and "fen" not in column.unit.split("/") for column in columns), name


def test_institutions_books_are_the_ledger(busy, frames):
    money, institutions = frames["money"], frames["institutions"]
    assert set(institutions["institution"]) == set(busy.compiled.names["institution"])
    paid = money[(money["payer_kind"] == "institution") & (money["purpose"] == "institutional")]
    by_quarter = paid.groupby(["quarter", "payer"])["amount"].sum()
    rows = institutions.set_index(["quarter", "institution"])
    assert (rows["paid"] > 0).any()
    np.testing.assert_allclose(rows["paid"], by_quarter.reindex(rows.index, fill_value=0), atol=0.005)
    given = money[money["payee_kind"] == "institution"].groupby(["quarter", "payee"])["amount"].sum()
    spent = money[money["payer_kind"] == "institution"].groupby(["quarter", "payer"])["amount"].sum()
    change = given.reindex(rows.index, fill_value=0) - spent.reindex(rows.index, fill_value=0)
    np.testing.assert_allclose(rows["cash"], change.groupby(level="institution").cumsum(), atol=0.005)
    assert set(institutions["form"]) <= {"project", "post"}


def test_no_institutions_no_rows():
    table = tables_of(simulate(CompiledScenario.of(make_scenario(TOWN), 2), 1))["institutions"]
    assert table.num_rows == 0
    assert table.column_names == declared("institutions", [])


def test_quarters_are_in_order(frames):
    calendar = [str(Quarter(2010, 1) + n) for n in range(40)]
    for name in ("sector", "agencies", "communities", "policy", "institutions"):
        assert list(frames[name]["quarter"].unique()) == calendar, name
    for name in ("bids", "events", "money", "contracts"):
        assert frames[name]["quarter"].is_monotonic_increasing, name
        assert set(frames[name]["quarter"]) <= set(calendar), name


def test_one_row_per_agency_and_quarter(frames):
    assert not frames["agencies"].duplicated(["quarter", "agency"]).any()
    assert not frames["communities"].duplicated(["quarter", "community"]).any()
    assert not frames["institutions"].duplicated(["quarter", "institution"]).any()
    assert not frames["policy"].duplicated(["quarter", "jurisdiction"]).any()
    by_quarter = frames["agencies"].groupby("quarter")
    assert (by_quarter.size() == frames["sector"].set_index("quarter")["agencies"]).all()
    assert (by_quarter["staff"].sum() == frames["sector"].set_index("quarter")["staff"]).all()


def test_money_sums_to_balances(busy, frames):
    money = frames["money"]
    fen = (money["amount"] * 100).round().astype(int)
    balances: dict[tuple[str, str], int] = defaultdict(int)
    for kind, name, amount in zip(money["payer_kind"], money["payer"], fen, strict=True):
        balances[kind, name or ""] -= amount
    for kind, name, amount in zip(money["payee_kind"], money["payee"], fen, strict=True):
        balances[kind, name or ""] += amount
    assert sum(balances.values()) == 0
    last = frames["agencies"][frames["agencies"]["quarter"] == "2019-Q4"]
    for name, cash in zip(last["agency"], last["cash"], strict=True):
        assert balances["agency", name] == round(cash * 100)
    here = set(last["agency"])
    assert all(amount == 0 for (kind, name), amount in balances.items() if kind == "agency" and name not in here)
    policy = frames["policy"][frames["policy"]["quarter"] == "2019-Q4"]
    for name, cash in zip(policy["jurisdiction"], policy["cash"], strict=True):
        assert balances["government", name] == round(cash * 100)
    outside = sum(int(holder.cash) for holder in busy.world.externals)
    assert sum(amount for (kind, _), amount in balances.items() if kind in OUTSIDE_KINDS) == outside
    total = sum(int(used(busy.world, kind)["cash"].sum()) for kind in KINDS)
    assert total == 0


def test_agencies_cash_path_is_the_ledger(frames):
    money, agencies = frames["money"], frames["agencies"]
    paths = agencies.pivot(index="quarter", columns="agency", values="cash")
    paid = money[money["payer_kind"] == "agency"].pivot_table("amount", "quarter", "payer", "sum", fill_value=0)
    received = money[money["payee_kind"] == "agency"].pivot_table("amount", "quarter", "payee", "sum", fill_value=0)
    change = received.sub(paid, fill_value=0).reindex(paths.index, fill_value=0)
    for name in paths:
        path = paths[name].dropna()
        np.testing.assert_allclose(path, change[name].cumsum()[path.index], atol=0.005)


def test_outsiders_have_no_name(frames):
    money = frames["money"]
    for side in ("payer", "payee"):
        outside = money[f"{side}_kind"].isin(OUTSIDE_KINDS)
        assert money[side].isna().equals(outside)


def test_money_joins_contracts(frames):
    money, contracts = frames["money"], frames["contracts"].set_index("contract")
    assert contracts.index.tolist() == list(range(len(contracts)))
    assert set(money["contract"]) - {-1} <= set(contracts.index)
    with_contract = money[money["contract"] >= 0].merge(
        contracts.drop(columns=["point", "replication", "quarter"]), on="contract"
    )
    bought = with_contract[with_contract["purpose"].isin(["contract", "fund", "institutional"])]
    paid = bought.groupby("contract")["amount"].sum()
    np.testing.assert_allclose(paid, contracts["paid"][paid.index], atol=0.005)
    assert (contracts["paid"].drop(paid.index) == 0).all()
    direct = with_contract[with_contract["purpose"] == "contract"]
    assert (direct["payer"] == direct["government"]).all()
    assert (direct["payee"] == direct["agency"]).all()
    theirs = with_contract[with_contract["purpose"] == "institutional"]
    assert len(theirs)
    assert (theirs["payer"] == theirs["institution"]).all()
    passed = with_contract[with_contract["purpose"] == "passed-on"]
    assert len(passed)
    assert (passed["payer"] == passed["association"]).all()
    assert (passed["payee"] == passed["agency"]).all()


def test_every_closed_agency_says_why(busy, frames):
    events = frames["events"]
    closings = events[events["event"] == "closed"].set_index("agency")
    assert closings.index.is_unique
    last_seen = frames["agencies"].groupby("agency")["quarter"].max()
    gone = last_seen.index[last_seen < "2019-Q4"]
    assert len(gone) >= 3
    assert set(gone) <= set(closings.index)
    causes = [
        "no-staff",
        "insolvent",
        "no-contract",
        "low-return",
        "struck-off",
        "no-successor",
        "struck-off-for-cause",
    ]
    assert closings["cause"].isin(causes).all()
    # Who was struck off had slept for a while.
    for name in gone[closings["cause"][gone] != "struck-off"]:
        assert Quarter.parse(closings["quarter"][name]) == Quarter.parse(last_seen[name]) + 1
    assert len(closings) == int(busy.sector.closures.sum())


def test_every_agency_has_one_founding(frames):
    foundings = frames["events"][frames["events"]["event"] == "founded"]
    assert foundings["agency"].is_unique
    assert set(frames["agencies"]["agency"]) <= set(foundings["agency"])
    on_the_way = foundings[foundings["cause"] != "at-start"]
    assert (on_the_way["party"].isin(["college", "agency", "government", "owners", "sponsor"])).all()
    assert on_the_way["other"][on_the_way["party"] != "owners"].notna().all()


@pytest.mark.parametrize("seed", range(6))
def test_no_two_agencies_share_a_name(seed):
    values = copy.deepcopy(BUSY)
    values["rules"]["founding"] |= {"college_rate": 5, "conversion_rate": 5, "spin_off_size": 2}
    values["cities"]["Anping"]["each_district"]["commercial_groups"] = 20
    values["cities"]["Anping"]["labour"] = {"pool": 900, "graduates": 400}
    record = simulate(CompiledScenario.of(make_scenario(values)), seed)
    events = plain(tables_of(record)["events"])
    founded = events["agency"][events["event"] == "founded"]
    assert len(founded) == int(record.world.clock[0].agencies) > 20
    assert founded.is_unique


def test_effort_has_a_column_for_each_source(busy, frames):
    agencies = frames["agencies"]
    efforts = [name for name in agencies if name.startswith("effort_")]
    assert efforts[:3] == ["effort_district_contracts", "effort_special_fund", "effort_institutions"]
    assert efforts[-1] == "effort_fees"
    assert len(efforts) == 8
    np.testing.assert_allclose(agencies[efforts].sum(axis=1), 1, atol=1e-6)
    assert (agencies["effort_donations"] > 0).any()
    np.testing.assert_allclose(agencies[efforts], used(busy.world, "panel")["effort"], atol=1e-6)
    known = agencies[[name.replace("effort", "capability") for name in efforts]]
    np.testing.assert_allclose(known, used(busy.world, "panel")["capability"], atol=1e-6)
    assert not {"effort", "capability"} & set(agencies)


def test_entries_name_their_source(frames):
    events = frames["events"]
    entered = events["event"] == "entered"
    assert entered.any()
    assert set(events["source"][entered]) <= {"donations", "sponsorship", "special-fund", "institutions", "commissions"}
    assert events["source"][~entered].isna().all()
    assert set(events["cause"][entered]) <= {"diversifying", "imitation", "opportunity"}
    companies = events["event"].isin(["sponsor-came", "sponsor-left"])
    assert set(events["other"][companies]) <= {"Anping Works", "Beihe Works", "Company 1", "Company 2", "Company 3"}
    assert (events["party"][companies] == "sponsor").all()


def test_every_table_becomes_a_frame_as_it_is(busy):
    values = copy.deepcopy(BUSY)
    # A name may stand for parties of two kinds.
    values["sponsors"]["Donors of Anping"] = {"city": "Anping"}
    for record in (busy, simulate(CompiledScenario.of(make_scenario(values), 8), 1)):
        for name, table in tables_of(record).items():
            assert len(table.to_pandas()) == table.num_rows, name


def test_donors_give_under_the_name_of_their_city(frames):
    money = frames["money"]
    given = money[money["purpose"] == "donation"]
    assert set(zip(given["payer_kind"], given["payer"], strict=True)) == {("donors", "Donors of Anping")}
    assert (given["payee_kind"] == "agency").all()
    assert set(money["payee_kind"][money["purpose"] == "entry"]) == {"suppliers"}


def test_words_and_units(busy, frames):
    agencies = frames["agencies"]
    assert set(agencies["form"]) <= {"registered", "attached", "commercial"}
    assert set(agencies["kind"]) == {"nonprofit", "for-profit"}
    assert set(agencies["district"]) == {"East", "West"}
    first = agencies[(agencies["agency"] == "Early")].iloc[-1]
    assert first["cash"] == pytest.approx(
        busy.world.panel[agencies.index[agencies["agency"] == "Early"][-1]].cash / 100
    )
    policy = frames["policy"].set_index(["jurisdiction", "quarter"])
    assert policy.loc[("East", "2013-Q4"), "procurement_budget_factor"] == 1
    assert policy.loc[("East", "2014-Q1"), "procurement_budget_factor"] == pytest.approx(0.3)
    assert policy.loc[("East", "2010-Q1"), "contract_value"] == pytest.approx(120_000)
    assert policy.loc[("West", "2015-Q4"), "for_profits_admission"] == "open"
    assert policy.loc[("West", "2016-Q1"), "for_profits_admission"] == "barred"


def test_levers_of_the_other_level_are_empty(busy):
    policy = tables_of(busy)["policy"]
    is_city = np.array([level == "city" for level in policy["level"].to_pylist()])
    for leaf in LEVERS:
        mine = [
            leaf.key in {known.key for known in parameters_of(group)} for group in (DistrictGovernment, CityGovernment)
        ]
        empty = np.array([value is None for value in policy[leaf.name].to_pylist()])
        assert empty[is_city].all() == empty[is_city].any() == (not mine[1]), leaf.key
        assert empty[~is_city].all() == empty[~is_city].any() == (not mine[0]), leaf.key
