"""Generated worlds: money, people and contracts are consistent after every quarter; symmetric cities stay equal."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import given, settings

from sim.declarations.accounts import Purpose
from sim.declarations.choices import Form
from sim.declarations.events_and_causes import Cause, Event
from sim.declarations.state_codes import Channel, Status
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.agency_fields import AGENCY, SETTLED_TENURE
from sim.model.state.community_fields import COMMUNITY
from sim.model.state.government_fields import GOVERNMENT
from sim.model.state.other_organisation_fields import CITY
from sim.run import RunResult, initialise, simulate
from sim.scenario import load_scenario, make_scenario
from tests.invariants.world_invariants import inspected
from tests.support.busy_town import ASSESSED, BUSY
from tests.support.policy_strategies import touched
from tests.support.scenario_strategies import scenarios, seeds
from tests.support.value_strategies import Values
from tests.support.world_reading import ROUNDING, used


@settings(max_examples=60)
@given(scenarios(), seeds)
def test_every_quarter_of_any_world(values, seed):
    inspected(make_scenario(values), seed)


def founded_by(cause, rules):
    """The first agency founded for a cause; all agencies a quarter before; people that groups brought meanwhile."""
    values = copy.deepcopy(BUSY)
    values["rules"] = {"founding": rules, "people": {"quit_rate": 0}, "chance": {"noise_scale": 0.5}}
    compiled = CompiledScenario.of(make_scenario(values))
    record = RunResult(compiled, 1, initialise(compiled, 1))
    for quarter in range(compiled.quarters):
        before = copy.deepcopy(used(record.world, "agencies"))
        brought = int(record.world.cities[0].imported_staff)
        record.run_to(quarter + 1)
        events = used(record.world, "events")
        mine = (events["event"] == Event.FOUNDED) & (events["cause"] == cause) & (events["quarter"] == quarter)
        if mine.any():
            agency = used(record.world, "agencies")[events["agency"][mine][0]]
            return agency, before, int(record.world.cities[0].imported_staff) - brought
    raise AssertionError("no agency was founded")


def test_a_converted_group_brings_settled_people_of_its_own():
    agency, _, brought = founded_by(Cause.GROUP_CONVERTED, {"conversion_rate": 5.0})
    assert 0 < agency["settled"] <= brought
    assert agency["tenure"] >= SETTLED_TENURE * agency["settled"]


def test_staff_of_a_spin_off_stay_settled_and_keep_their_tenure():
    # Who can pay its founders for some months does not lay them off at once.
    rules = {"spin_off_rate": 5.0, "conversion_rate": 0.0, "founder_cash": 500_000}
    agency, before, brought = founded_by(Cause.STAFF_LEFT_TO_FOUND, rules)
    mother = before[agency["founder"]]
    mean = (mother["tenure"] - younger(mother)) / mother["settled"]
    assert brought == 0
    assert agency["settled"] >= 2
    assert agency["tenure"] >= (mean - ROUNDING) * agency["settled"]


def younger(agency):
    """Quarters in post of those in their first year."""
    return (agency["cohorts"].sum(axis=1) * range(5))[:4].sum()


def test_every_quarter_of_a_busy_town_with_and_without_assessment():
    met, status, paid, closed, lost = set(), set(), set(), 0, 0
    calling = copy.deepcopy(BUSY)
    calling["cities"]["Anping"]["donors"] |= {"calls": 0.5, "project": 1_000}
    # Few firms hide in the busy town, and in some seeds none of them is found out.
    hiding = copy.deepcopy(BUSY)
    hiding["rules"] |= {"standing": {"exposure": 0.5}}
    hiding["rules"]["founding"] |= {"disguise": 1.0}
    more = ((ASSESSED, 5), (calling, 6), *((hiding, seed) for seed in (7, 8)))
    for town, seed in (*((BUSY, seed) for seed in range(5)), *more):
        record, inspector = inspected(make_scenario(town), seed)
        contracts = used(record.world, "contracts")
        met |= set(inspector.met)
        status |= set(contracts["status"])
        paid |= set(contracts["channel"][contracts["paid"] > 0])
        closed += len(inspector.closed)
        lost += contracts["written_off"].sum()
    # A check that never meets what it checks is worth nothing.
    assert {event for event, _ in met} == {event.label for event in Event}
    founders = {"college-founded", "group-converted", "margin-over-hurdle", "staff-left-to-found", "company-founded"}
    assert founders <= {cause for event, cause in met if event == "founded"}
    assert {Status.RUNNING, Status.COMPLETED, Status.BROKEN, Status.UNBID} <= status
    assert paid == set(Channel)
    assert closed >= 20
    assert lost > 0


def test_every_quarter_of_cities_between_which_agencies_grow():
    values = copy.deepcopy(BUSY)
    town = values["cities"]["Anping"]
    values["cities"]["Beihe"] = {name: town[name] for name in ("government", "each_district", "districts", "labour")}
    for agency in values["agencies"].values():
        agency["district"] = f"Anping/{agency['district']}"
    values["agencies"]["Early"]["cash"] = 2_000_000
    values["associations"]["East Association"]["district"] = "Anping/East"
    values["policies"][2]["in"] = "districts"
    values["rules"]["founding"] |= {"chain_rate": 3.0, "spin_off_size": 4}
    sisters = 0
    for seed in range(2):
        _, inspector = inspected(make_scenario(values), seed)
        sisters += inspector.met["founded", "grew-elsewhere"]
    assert sisters >= 5


@pytest.mark.parametrize("seed", [1, 2])
def test_every_quarter_of_beijing(seed):
    record, _ = inspected(load_scenario("beijing-2010").scenario, seed)
    # Mu You works under the association's name: it never signs with a district while it is attached.
    mu_you = record.compiled.names["agency"].index("Mu You")
    contracts = used(record.world, "contracts")
    mine = contracts[(contracts["agency"] == mu_you) & (contracts["channel"] == Channel.DISTRICT)]
    events = used(record.world, "events")
    registered = events["quarter"][(events["agency"] == mu_you) & (events["event"] == Event.REGISTERED)]
    first = registered[0] if len(registered) else record.compiled.quarters
    assert (mine["called"] >= first).all()


@settings(max_examples=15)
@given(scenarios(), seeds)
def test_purchase_off_means_no_contracts(values, seed):
    for city in values["cities"].values():
        for purchaser in (city, *city["districts"].values()):
            purchaser["government"]["procurement"]["budget_factor"] = 0
    values["policies"] = [one for one in values["policies"] if "procurement.budget_factor" not in touched(one)]
    record, _ = inspected(make_scenario(values), seed)
    world = record.world
    assert int(world.clock[0].contracts) == 0
    assert not np.isin(used(world, "flows")["purpose"], (Purpose.BUDGET, Purpose.CONTRACT, Purpose.FUND)).any()
    assert not used(world, "agencies")["government_share"].any()


def test_an_attached_agency_of_a_town_without_fund_has_no_public_money():
    values = copy.deepcopy(BUSY)
    values["cities"]["Anping"]["government"]["procurement"]["budget"] = 0
    values["cities"]["Anping"]["each_district"]["government"]["registration"] = {"licensed": 50}
    record, _ = inspected(make_scenario(values), 1)
    agencies = used(record.world, "agencies")
    attached = agencies["form"] == Form.ATTACHED
    assert attached.any()
    contracts = used(record.world, "contracts")
    assert not np.isin(contracts["agency"], np.flatnonzero(attached)).any()


# --- Mirrors -------------------------------------------------------------------------------------------------

WHOSE_NUMBER = {"id", "account", "index", "name", "founder", "lender"}
"""Fields that say which record it is, or which is next to it."""


def mirrored(values: Values) -> Values:
    """The same world with two cities that are equal in all but name."""
    twins: Values = {key: value for key, value in values.items() if key not in SECTIONS}
    (city,) = values["cities"]
    renamed = {city, *(name for section in SECTIONS[1:] for name in values[section])}

    def named(value: object, twin: str) -> object:
        if isinstance(value, dict):
            return {named(key, twin): named(item, twin) for key, item in value.items()}
        if isinstance(value, list):
            return [named(item, twin) for item in value]
        if isinstance(value, str) and value.startswith(f"{city}/"):
            return f"{city} {twin}/{value.split('/', 1)[1]}"
        return f"{value} {twin}" if value in renamed else value

    for section in SECTIONS:
        twins[section] = {}
        for twin in "AB":
            entries = copy.deepcopy(values[section])
            if section == "generated":
                for entry in entries.values():
                    entry["cities"] = [city]
            twins[section] |= named(entries, twin)
    for policy in twins["policies"]:
        if policy.get("in") == city:
            policy["in"] = [f"{city} A", f"{city} B"]
    return twins


SECTIONS = ("cities", "colleges", "sponsors", "associations", "agencies", "generated")


def alike(kind, one, other):
    """Whether records are equal in all that does not say which record it is."""
    for declared in kind:
        if (
            not declared.refers
            and declared.name not in WHOSE_NUMBER
            and not declared.name.startswith(("first_", "next"))
        ):
            np.testing.assert_array_equal(one[declared.name], other[declared.name], declared.name)


@settings(max_examples=30)
@given(scenarios(most_cities=1), seeds)
def test_without_chance_equal_cities_stay_equal(values, seed):
    values["rules"].setdefault("chance", {})["noise_scale"] = 0
    # Of two equal cities, the second whose agencies found in the other sees what the first did.
    values["rules"].setdefault("founding", {})["chain_rate"] = 0
    twins = mirrored(values)
    record = simulate(CompiledScenario.of(make_scenario(twins)), seed)
    world = record.world
    agencies = used(world, "agencies")
    where = [agencies["city"] == city for city in (0, 1)]
    alike(AGENCY, agencies[where[0]], agencies[where[1]])
    alike(CITY, world.cities[0], world.cities[1])
    districts = np.asarray(world.governments)[2:]
    half = len(districts) // 2
    alike(GOVERNMENT, districts[:half], districts[half:])
    alike(GOVERNMENT, world.governments[0], world.governments[1])
    half = len(world.communities) // 2
    alike(COMMUNITY, world.community_panel[:, :half], world.community_panel[:, half:])
    np.testing.assert_array_equal(world.unmet_panel[:, :half], world.unmet_panel[:, half:])
    for name in ("skills", "practice", "incomes"):
        np.testing.assert_array_equal(used(world, name)[where[0]], used(world, name)[where[1]], name)


def test_without_chance_equal_agencies_of_equal_districts_stay_equal():
    # One labour market with enough people, no foundings, and no moves between districts.
    agency = {"staff": 6, "licensed": 0, "fields": ["youth"]}
    scenario = make_scenario(
        {
            "title": "Mirror",
            "start": "2010-Q1",
            "quarters": 24,
            "fields": {"elderly": {}, "youth": {}},
            "cities": {
                "Anping": {
                    "districts": {name: {"communities": {"count": 2}} for name in ("East", "West")},
                    "government": {"procurement": {"budget": 0}},
                    "labour": {"pool": 900, "pool_licensed": 0, "exam_entry": 0},
                }
            },
            "agencies": {"Left": agency | {"district": "East"}, "Right": agency | {"district": "West"}},
            "rules": {"chance": {"noise_scale": 0}, "founding": {"spin_off_rate": 0, "for_profit_rate": 0}},
        }
    )
    record = simulate(CompiledScenario.of(scenario), seed=7)
    left, right = used(record.world, "agencies")[:2]
    assert left["income_district_contracts"] > 0
    assert left["quits"] + left["hired"] >= 0
    alike(AGENCY, left, right)
    np.testing.assert_array_equal(record.world.skills[0], record.world.skills[1])
    panel = used(record.world, "panel")
    alike(AGENCY, panel[::2], panel[1::2])
