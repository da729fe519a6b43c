"""The model as Mesa users know it: the same run as `simulate`, agents of every kind, selections, collectors."""

from __future__ import annotations

import mesa
import pytest

from sim.declarations.calendar_quarter import Quarter
from sim.declarations.state_codes import Stage
from sim.mesa_agents import (
    Agency,
    Assessor,
    Association,
    College,
    Community,
    Donors,
    ForProfitAgency,
    Government,
    Institution,
    LabourMarket,
    Sponsor,
)
from sim.mesa_model import SectorModel
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.run import simulate
from sim.scenario import make_scenario
from tests.support.busy_town import BUSY
from tests.support.world_reading import differences


@pytest.fixture
def town():
    return SectorModel(make_scenario(BUSY), seed=1)


def active(model):
    """Names of agencies at work, from the records themselves."""
    return at_stage(model, Stage.ACTIVE)


def at_stage(model, stage):
    names = model.names("agency")
    return {names[a] for a in range(int(model.world.clock[0].agencies)) if model.world.agencies[a].stage == stage}


def test_same_run_as_simulate(town):
    for quarter in range(40):
        assert town.running
        assert (town.quarter, town.date) == (quarter, Quarter(2010, 1) + quarter)
        # Looking at agents on the way changes nothing.
        assert len(town.agents) > 0
        town.step()
    assert not town.running
    alone = simulate(CompiledScenario.of(make_scenario(BUSY)), 1)
    assert not differences(town.world, alone.world)
    with pytest.warns(UserWarning, match="40 quarters are done: nothing more happens"):
        town.step()
    assert (town.quarter, town.steps) == (40, 40)
    assert not differences(town.world, alone.world)


def test_outcomes(town):
    with pytest.raises(ValueError, match="no quarter has been run yet"):
        town.outcome("agencies")
    town.step()
    assert town.outcome("agencies") == len(active(town))
    with pytest.raises(ValueError, match="agncies"):
        town.outcome("agncies")


def test_agents_are_mesa_agents_of_every_kind(town):
    assert all(isinstance(agent, mesa.Agent) and agent.model is town for agent in town.agents)
    counts = {kind: len(agents) for kind, agents in town.agents_by_type.items()}
    assert counts == {
        LabourMarket: 1,
        Government: 3,
        Association: 2,
        College: 1,
        Sponsor: 5,
        Donors: 1,
        Assessor: 1,
        Institution: 6,
        Community: 4,
        Agency: 6,
        ForProfitAgency: 1,
    }
    assert set(town.agent_types) == set(counts)
    ids = [agent.unique_id for agent in town.agents]
    assert len(set(ids)) == len(ids)
    assert {agent.label for agent in town.agents_by_type[Government]} == {"Anping", "East", "West"}


def test_attributes_are_the_fields(town):
    (early,) = town.agents.select(lambda agent: isinstance(agent, Agency) and agent.label == "Early")
    assert (early.form, early.kind, early.origin) == ("registered", "nonprofit", "college")
    assert (early.district, early.college, early.sponsor) == ("East", "Normal College", None)
    assert (early.staff, early.cash, early.age) == (14, 8_000_000, 0)
    assert isinstance(early.cash, int)
    (gift,) = town.agents.select(lambda agent: isinstance(agent, Agency) and agent.label == "Gift")
    assert (gift.sister, gift.host) == ("Early", "sponsor")
    assert repr(gift) == "<Agency Gift>"


def test_select_and_agg(town):
    town.step()
    agencies = town.agents_by_type[Agency]
    nonprofits = agencies.select(lambda agency: agency.district == "East")
    assert 0 < len(nonprofits) < len(agencies)
    firms = town.agents_by_type[ForProfitAgency]
    assert agencies.agg("staff", sum) + firms.agg("staff", sum) == town.outcome("staff")
    assert sorted(agencies.get("staff"), reverse=True)[0] == agencies.agg("staff", max)


def test_agencies_come_and_go():
    town = SectorModel(make_scenario(BUSY), seed=3)
    seen, gone = set(), set()
    for _ in range(40):
        town.step()
        kinds = town.agents_by_type
        labels = {agent.label for kind in (Agency, ForProfitAgency) for agent in kinds.get(kind, ())}
        assert labels == active(town)
        # The dormant go too, and may come back.
        gone |= {label for label in seen - labels if label in at_stage(town, Stage.CLOSED)}
        assert not gone & labels
        seen |= labels
    assert len(seen) > 7
    assert gone
    assert any(label.endswith(" firm") or " firm " in label for label in seen)


def test_an_agent_stays_the_same_object(town):
    first = {agent.label: agent for agent in town.agents_by_type[Agency]}
    town.step()
    later = {agent.label: agent for agent in town.agents_by_type[Agency]}
    assert all(later[label] is agent for label, agent in first.items() if label in later)


def test_writing_an_attribute_changes_the_world(town):
    (east,) = town.agents_by_type[Government].select(lambda government: government.label == "East")
    east.procurement_budget_factor = 0.0
    (early,) = town.agents_by_type[Agency].select(lambda agency: agency.label == "Early")
    early.form = "attached"
    early.mission = 0.9
    assert town.world.lever_values[1, 2] == town.world.governments[1].procurement_budget_factor == 0
    assert (town.world.agencies[early.row].form, town.world.agencies[early.row].mission) == (1, 0.9)
    other = SectorModel(make_scenario(BUSY), seed=1)
    for _ in range(4):
        town.step()
        other.step()
    assert east.budget == 0
    assert differences(town.world, other.world)
    untouched = SectorModel(make_scenario(BUSY), seed=1)
    for _ in range(4):
        untouched.step()
    assert not differences(untouched.world, other.world)


def test_effort_by_the_names_of_sources(town):
    (early,) = town.agents_by_type[Agency].select(lambda agency: agency.label == "Early")
    assert list(early.effort) == [
        "district-contracts",
        "special-fund",
        "institutions",
        "grants",
        "commissions",
        "donations",
        "sponsorship",
        "fees",
    ]
    assert sum(early.effort.values()) == pytest.approx(1)
    assert early.capability["district-contracts"] == 0.5
    early.effort = early.effort | {"special-fund": 0.0, "district-contracts": 0.85}
    assert town.world.agencies[early.row].effort.tolist() == pytest.approx([0.85, 0, 0, 0, 0, 0, 0, 0.15])
    with pytest.raises(ValueError, match="effort has the parts district-contracts, special-fund, institutions"):
        early.effort = {"donations": 1.0}


def test_donors_of_a_city(town):
    (donors,) = town.agents_by_type[Donors]
    assert (donors.label, donors.city, donors.pool, donors.given) == ("Donors of Anping", "Anping", 80_000_000, 0)
    for _ in range(20):
        town.step()
        assert donors.cash == 0
        assert donors.given == pytest.approx(100 * town.outcome("donations"))
    assert donors.given > 0


def test_an_unknown_word_is_an_error(town):
    early = next(iter(town.agents_by_type[Agency]))
    with pytest.raises((KeyError, ValueError)):
        early.form = "unheard of"


def test_data_collector(town):
    collector = mesa.DataCollector(
        model_reporters={
            "agencies": lambda model: (
                len(model.agents_by_type[Agency]) + len(model.agents_by_type.get(ForProfitAgency, ()))
            ),
            "date": lambda model: str(model.date),
            "quarter": "quarter",
        },
        agenttype_reporters={Agency: {"cash": "cash", "form": "form"}, Community: {"unmet": "unmet"}},
    )
    for _ in range(6):
        town.step()
        collector.collect(town)
    frame = collector.get_model_vars_dataframe()
    assert list(frame["agencies"]) == list(town.record.sector.agencies)
    assert list(frame["date"])[:2] == ["2010-Q2", "2010-Q3"]
    agencies = collector.get_agenttype_vars_dataframe(Agency)
    assert set(agencies["form"]) <= {"registered", "attached", "commercial"}
    communities = collector.get_agenttype_vars_dataframe(Community)
    assert len(communities) == 6 * 4
    assert communities["unmet"].between(0, 1).all()


def test_agent_reporters_of_all_kinds(town):
    collector = mesa.DataCollector(agent_reporters={"label": "label"})
    town.step()
    collector.collect(town)
    assert len(collector.get_agent_vars_dataframe()) == len(town.agents)


def test_two_models_do_not_share_state(town):
    other = SectorModel(make_scenario(BUSY), seed=2)
    before = town.world.clock[0].quarter
    other.step()
    assert town.world.clock[0].quarter == before


@pytest.mark.parametrize("seed", [0, 2**63 - 1])
def test_any_seed(seed):
    model = SectorModel(make_scenario(BUSY), seed=seed)
    model.step()
    assert int(model.world.clock[0].seed) == seed
