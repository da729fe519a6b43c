"""Attributes of Mesa agents: what files refuse is refused, what would break accounts cannot be set."""

from __future__ import annotations

import contextlib
import math
import warnings
from pathlib import Path

import mesa
import numpy as np
import pytest

from sim import ScenarioError, SectorModel
from sim.mesa_agents import Agency, College, Community, Donors, Government, Institution, LabourMarket, Sponsor
from sim.mesa_handle import Handle
from sim.model.state.government_fields import LEVERS
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY

TINY = Path(__file__).parent / "mesa" / "tiny.yaml"


@pytest.fixture(scope="module")
def town():
    model = SectorModel(make_scenario(BUSY), seed=1)
    model.step()
    return model


def one(model, kind, label=None):
    return next(agent for agent in model.agents_by_type[kind] if label in (None, agent.label))


@pytest.mark.parametrize(
    ("kind", "label", "name", "value", "message"),
    [
        (Government, "East", "contract_term", -4, "-4 is too small; expected a whole number from 1 to 40"),
        (Government, "East", "contract_term", 4.5, "found the number 4.5 where a whole number is expected"),
        (Government, "East", "contract_term", 10**400, "is too large"),
        (Government, "East", "contract_term", "12", "did you mean 12"),
        (Government, "East", "contract_term", True, "found true"),
        (Government, "East", "contract_term", None, "found null"),
        (Government, "East", "contract_term", [4], "found a value of the type list"),
        (Government, "East", "contract_term", np.array([4, 4]), "found a value of the type ndarray"),
        (Government, "East", "payment_delay", math.nan, "infinite and undefined numbers"),
        (Government, "East", "payment_delay", np.float32("inf"), "infinite and undefined numbers"),
        (Government, "East", "procurement_budget", math.inf, "infinite and undefined numbers"),
        (Government, "East", "procurement_budget", -5, r"-0\.05 is too small.*agents hold fen, 100 to a CNY"),
        (Government, "East", "procurement_openness", 7.0, "7.0 is too large"),
        (Government, "East", "for_profits_admission", "opne", "did you mean 'open'"),
        (Government, "East", "for_profits_admission", 1, "found the number 1"),
        (Government, "East", "wealth", -1, "-1 is too small"),
        (Agency, "Early", "form", "attachd", "did you mean 'attached'"),
        (Agency, "Early", "mission", 1.5, "1.5 is too large"),
        (Agency, "Early", "officers_in_common", "yes", "did you mean true"),
        (Agency, "Early", "effort", {"donations": 1.0}, "effort has the parts district-contracts"),
        (College, None, "graduates", 2.5, "where a whole number is expected"),
        (College, None, "grant", 100.5, "whole fen"),
        (College, None, "grant", 1e300, "is too large"),
        (Donors, None, "reach", 0, "0 is too small"),
        (Sponsor, None, "agencies_limit", -1, "-1 is too small"),
        (Institution, None, "form", "centre", "is none of the choices"),
        (Community, None, "strength", 2, "2 is too large"),
        (LabourMarket, None, "entry", 1.0, "1.0 is too large"),
    ],
)
def test_a_value_that_no_file_could_hold(town, kind, label, name, value, message):
    agent = one(town, kind, label)
    before = getattr(agent, name)
    with pytest.raises(ValueError, match=message) as raised:
        setattr(agent, name, value)
    assert agent.label in str(raised.value)
    assert getattr(agent, name) == before


@pytest.mark.parametrize("change", [{"fees": -0.5}, {"fees": math.nan}, {"fees": 1.0}, {"feess": 0.1}, {"fees": "0.1"}])
def test_shares_of_effort(town, change):
    early = one(town, Agency, "Early")
    before = dict(early.effort)
    with pytest.raises(ValueError, match=r"Early: .*effort"):
        early.effort = early.effort | change
    with pytest.raises(TypeError, match="set the attribute to a mapping of all its parts"):
        early.effort["fees"] = 0.1
    assert dict(early.effort) == before


def test_only_what_a_file_says_and_rules_read_again_may_be_set(town):
    may_be_set = 0
    for kind in (Agency, College, Community, Donors, Government, Institution, LabourMarket, Sponsor):
        agent = one(town, kind)
        for name in [name for name in dir(kind) if isinstance(getattr(kind, name), property)]:
            value = getattr(agent, name)
            if can_be_set(agent, name):
                setattr(agent, name, value)
                may_be_set += 1
            else:
                with pytest.raises(AttributeError, match=r"cannot be set|has no lever"):
                    setattr(agent, name, value)
    assert may_be_set > 80
    assert not town.world.externals.cash.sum() + sum(kind.cash.sum() for kind in with_cash(town.world))


def can_be_set(agent, name):
    levers = isinstance(agent, Government) and getattr(agent, name) is not None and "_" in name
    if levers and name in {lever.name for lever in LEVERS}:
        return True
    of_district = isinstance(agent, Government) and agent.level == "district" and name in agent.of_district
    return name in agent.writable or name in agent.writable_shares or of_district


def with_cash(world):
    agencies = world.agencies[: world.clock[0].agencies]  # what follows is uninitialised
    kinds = agencies, world.governments, world.associations, world.colleges, world.sponsors, world.donors
    return (*kinds, world.institutions, world.assessors)


@pytest.mark.parametrize(
    "name", ["staff", "cash", "independence", "district", "stage", "id", "label", "age", "row", "model", "unique_id"]
)
def test_state_cannot_be_set(town, name):
    with pytest.raises(AttributeError, match=f"Early: {name} cannot be set"):
        setattr(one(town, Agency, "Early"), name, 9)


def test_outcomes_cannot_be_set_and_nothing_can_be_deleted(town):
    with pytest.raises(AttributeError, match="unmet_need cannot be set: it is an outcome"):
        town.unmet_need = 0.0
    assert town.unmet_need == town.outcome("unmet_need")
    assert (town.running, town.outcome("running")) == (True, town.record.sector[-1].running)
    for name in ("row", "mission", "model"):
        with pytest.raises(AttributeError, match="cannot be deleted"):
            delattr(one(town, Agency, "Early"), name)


def test_arrays_and_records_are_to_be_read(town):
    early = one(town, Agency, "Early")
    with pytest.raises(ValueError, match="read-only"):
        early.cohorts[0, 0] = 99
    with pytest.raises(ValueError, match="read-only"):
        early.record.staff = 99


@pytest.mark.parametrize(("name", "nearest"), [("staf", "staff"), ("missoin", "mission"), ("efort", "effort")])
def test_a_name_that_there_is_not(town, name, nearest):
    early = one(town, Agency, "Early")
    with pytest.raises(AttributeError, match=f"did you mean '{nearest}'"):
        setattr(early, name, 9)
    with pytest.warns(UserWarning, match=f"did you mean '{nearest}'"), pytest.raises(AttributeError):
        getattr(early, name)


def test_levers_in_the_words_of_files(town):
    east, city = one(town, Government, "East"), one(town, Government, "Anping")
    east.for_profits_admission, east.contract_term, east.procurement_budget = "qualified", np.int64(7), 150_000_000
    assert (east.for_profits_admission, east.contract_term, east.procurement_budget) == ("qualified", 7, 150_000_000)
    assert isinstance(east.contract_term, int)
    assert (city.for_profits_admission, city.wealth) == (None, city.wealth)
    with pytest.raises(AttributeError, match=r"a city has no lever 'for_profits\.admission'; it belongs to a district"):
        city.for_profits_admission = "open"


def test_levers_that_do_not_go_together():
    model = SectorModel(make_scenario(BUSY), seed=1)
    east = one(model, Government, "East")
    east.procurement_shares_grants, east.procurement_shares_direct_hiring = 0.6, 0.5
    with pytest.raises(ScenarioError, match="the channel shares of East sum to"):
        model.step()
    assert model.quarter == 0
    east.procurement_shares_grants, east.assessment_passing = 0.1, 0.99
    with pytest.raises(ScenarioError, match="expected passing <= renewable <= full"):
        model.step()
    east.assessment_passing = 0.1
    model.step()
    assert model.quarter == 1


def test_an_agency_is_attached_to_an_association():
    alpha = one(SectorModel(TINY, seed=1), Agency)
    for name, value in (("form", "attached"), ("officers_in_common", True)):
        with pytest.raises(ValueError, match="needs an association"):
            setattr(alpha, name, value)


def test_a_closed_agency():
    model = SectorModel(make_scenario(BUSY), seed=3)
    seen = {}
    while model.running and not (gone := {row for row in seen if model.world.agencies[row].closed >= 0}):
        model.step()
        seen |= {agent.row: agent for agent in model.agents_by_type[Agency]}
    with pytest.raises(AttributeError, match="has closed; nothing of it can be set"):
        seen[gone.pop()].mission = 0.5


def test_agents_are_made_and_removed_by_the_rules_alone(town):
    before = len(town.agents)
    early = one(town, Agency, "Early")
    with pytest.raises(AttributeError, match="cannot be removed"):
        early.remove()
    with pytest.raises(AttributeError, match="cannot be removed"):
        town.remove_all_agents()
    with pytest.raises(TypeError, match="is made by its model"):
        Agency(town, 0)
    with pytest.raises(TypeError, match="is made by its model"):
        Agency.create_agents(town, 2, 0)
    assert len(town.agents) == before


def test_collectors_of_misspelt_names(town):
    collector = mesa.DataCollector(
        model_reporters={"unmet": "unmet_need"}, agenttype_reporters={Agency: {"staff": "staff"}}
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        collector.collect(town)
        assert getattr(one(town, Community), "cash", None) is None  # that communities have no cash is nothing wrong
    assert collector.get_model_vars_dataframe()["unmet"].tolist() == [town.outcome("unmet_need")]
    with pytest.warns(UserWarning, match="did you mean 'staff'"), contextlib.suppress(AttributeError):
        mesa.DataCollector(agenttype_reporters={Agency: {"x": "staf"}}).collect(town)
    # Some versions of Mesa refuse the name themselves.
    meant = "did you mean the outcome 'unmet_need'"
    with pytest.warns(UserWarning, match=meant), contextlib.suppress(AttributeError):
        mesa.DataCollector(model_reporters={"x": "unmet_ned"}).collect(town)
    with pytest.raises(ValueError, match="did you mean 'unmet_need'"):
        town.outcome("unmet_ned")


def test_mesa_may_place_agents_and_users_keep_marks(town):
    early = one(town, Agency, "Early")
    early.pos, early._mark = (1, 2), "red"
    assert (early.pos, early._mark) == ((1, 2), "red")
    assert issubclass(Agency, Handle)
