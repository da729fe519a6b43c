"""Absent entities: a missing agency, college or city changes nothing before it would first have acted.

An agency that works from the start acts in the first quarter: it serves a community, takes people from the
labour market, speaks to its government.  So it is taken away in a world where it has nothing to do yet, or
watched from another city, which it never reaches.  Founders act when they first try to found.
"""

from __future__ import annotations

import copy

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.declarations.accounts import Party
from sim.declarations.events_and_causes import Event
from sim.engine.fields import Field
from sim.model.setup.compiled_scenario import CompiledScenario
from sim.model.state.agency_fields import AGENCY
from sim.model.state.community_fields import COMMUNITY
from sim.model.state.government_fields import GOVERNMENT
from sim.model.state.other_organisation_fields import CITY
from sim.run import RunResult, initialise, simulate
from sim.scenario import load_scenario, make_scenario
from tests.support.busy_town import BUSY
from tests.support.scenario_strategies import scenarios, seeds
from tests.support.value_strategies import Values
from tests.support.world_reading import used

NUMBERS = {"account", "index", "name", "founder", "lender", "members"}
"""Fields that say which record it is, and so shift when another one is missing."""


def run(values: Values, seed: int) -> RunResult:
    return simulate(CompiledScenario.of(make_scenario(values)), seed)


Facts = dict[tuple[str, int, str], bytes]
"""What can be seen: kind, id or place, field -> value."""


def facts_of(what: str, key: int, kind: tuple[Field, ...], record: np.void) -> Facts:
    """All that a record says, but for numbers of records."""
    shifting = ("first_", "next_")
    names = [f.name for f in kind if not (f.refers or f.name in NUMBERS or f.name.startswith(shifting))]
    return {(what, key, name): record[name].tobytes() for name in names}


WHERE = ("first_college", "colleges", "first_sponsor", "sponsors")
"""Where a city's organisations stand in their lists: no fact of its life."""


def seen(record: RunResult, city: int, quarter: int, without: int = 0) -> Facts:
    """All that can be seen of a city in a quarter, but of one agency; agencies by their ids."""
    world = record.world
    rows = used(world, "panel_rows")
    panel, skills = used(world, "panel"), used(world, "panel_skills")
    facts = facts_of("city", 0, [field for field in CITY if field.name not in WHERE], world.city_panel[quarter, city])
    for n in np.flatnonzero((rows[:, 0] == quarter) & (panel["city"] == city) & (panel["id"] != without)):
        key = int(panel["id"][n])
        facts |= facts_of("agency", key, AGENCY, panel[n]) | {("agency", key, "skills"): skills[n].tobytes()}
    for n, g in enumerate(g for g in range(len(world.governments)) if world.governments[g].city == city):
        facts |= facts_of("government", n, GOVERNMENT, world.government_panel[quarter, g])
        here = np.flatnonzero(np.asarray(world.communities["district"]) == g)
        for place, c in enumerate(here, 100 * n):
            unmet = {("community", place, "unmet by field"): world.unmet_panel[quarter, c].tobytes()}
            facts |= facts_of("community", place, COMMUNITY, world.community_panel[quarter, c]) | unmet
    return facts


def unlike(one: Facts, other: Facts, *kinds: str) -> list[tuple[str, int, str]]:
    """Facts that are missing in one or differ between both; of some kinds or of all."""
    keys = one.keys() | other.keys()
    return sorted(key for key in keys if one.get(key) != other.get(key) and (not kinds or key[0] in kinds))


TRIED = (Event.FOUNDED, Event.NOT_FOUNDED)


def attempts(record: RunResult, party: Party, other: int | None = None, what: tuple[Event, ...] = TRIED) -> int:
    """Quarter in which founders of a kind (or one of them) first tried; the end where they never did."""
    events = used(record.world, "events")
    tried = np.isin(events["event"], what) & (events["party"] == party)
    tried &= events["quarter"] >= 0 if other is None else events["other"] == other
    return int(events["quarter"][tried].min(initial=record.compiled.quarters))


# --- Agencies ------------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(st.data(), scenarios(quarters=(1, 1)), seeds)
def test_the_initial_state_of_others_is_unchanged(data, values, seed):
    assume(values["agencies"])
    gone = data.draw(st.sampled_from(sorted(values["agencies"])))
    less = copy.deepcopy(values)
    del less["agencies"][gone]
    for agency in less["agencies"].values():
        if agency.get("sister") == gone:
            del agency["sister"]
    opened = []
    for scenario in (values, less):
        world = initialise(CompiledScenario.of(make_scenario(scenario)), seed)
        facts: Facts = {}
        for agency in used(world, "agencies"):
            facts |= facts_of("agency", int(agency["id"]), AGENCY, agency)
        for c in range(len(world.communities)):
            facts |= facts_of("community", c, COMMUNITY, world.communities[c])
        opened.append((facts, world.needs.tobytes()))
    assert len({key for _, key, _ in unlike(opened[0][0], opened[1][0])}) == 1
    assert opened[0][1] == opened[1][1]


@settings(max_examples=20)
@given(scenarios(quarters=(2, 12), least_cities=2, triggers=False), seeds)
def test_agencies_of_another_city_have_no_effect(values, seed):
    for group in values["generated"].values():
        group["cities"] = ["Anping"]
    # An agency that founds a sister in the first city has an effect there.
    values["rules"].setdefault("founding", {})["chain_rate"] = 0
    less = copy.deepcopy(values)
    for name, agency in values["agencies"].items():
        if agency["district"].startswith("Beihe/"):
            del less["agencies"][name]
    one, other = run(values, seed), run(less, seed)
    for quarter in range(values["quarters"]):
        assert not unlike(seen(one, 0, quarter), seen(other, 0, quarter))


NO_PURCHASING = {"budget_factor": 0, "openness": 0}
QUIET_BEIJING: Values = {
    "extends": "beijing-2010",
    "quarters": 24,
    "cities": {
        "Beijing": {
            "government": {"procurement": {"budget": 2_500_000} | NO_PURCHASING},
            "each_district": {"government": {"procurement": NO_PURCHASING}, "commercial_groups": 0},
            "districts": {"Chaoyang": {"commercial_groups": 0}},
            "labour": {"graduates": 0, "exit_rate": 0, "reentry_rate": 0},
            "donors": {"pool": 0},
        }
    },
    "colleges": {name: {"drive": 0, "graduates": 0} for name in load_scenario("beijing-2010").scenario.colleges},
    "policies": [{"at": "2011-Q1", "set": {"procurement.budget_factor": 1}}],
    "rules": {
        "delivery": {"own_work": 0},
        "reserves": {"planning": 0},
        "standing": {"peer_learning": 0},
        "people": {"quit_rate": 0},
        "need": {"grace": 8},
        "closing": {"layoff_reserve": 0, "insolvent_rate": 0, "give_up_rate": 0},
        "founding": {"spin_off_rate": 0, "for_profit_rate": 0},
        "giving": {"search": 0},
        "strategy": {"imitation": 0},
    },
}
"""Beijing in which no agency has anything to do until purchasing begins.

No own projects, quits, foundings or layoffs; no presence that is lost, no donors or companies to ask, no peer to
imitate or to learn from.
"""


@pytest.mark.parametrize("gone", ["Hope", "Jinlin", "Wen Xin"])
def test_an_agency_of_beijing_has_no_effect_before_it_acts(gone):
    # None of these three has a sister, or a fund that could pay another agency.  They are the last to begin: the pay of
    # an agency counts in the sector's mean wage, at which those start that begin after it.
    opens = 6
    with_all, without = run(QUIET_BEIJING, 1), run(QUIET_BEIJING | {"agencies": {gone: None}}, 1)
    number = with_all.compiled.names["agency"].index(gone)
    mine = used(with_all.world, "panel_rows")[:, 1] == number
    acted = used(with_all.world, "panel")["bids"][mine] > 0
    first = int(used(with_all.world, "panel_rows")[mine, 0][acted].min())
    assert first >= opens
    key = int(with_all.world.agencies[number].id)
    for quarter in range(first):
        assert not unlike(seen(with_all, 0, quarter, key), seen(without, 0, quarter), "agency", "community")
    assert unlike(seen(with_all, 0, 15, key), seen(without, 0, 15), "agency", "community")


# --- Founders ------------------------------------------------------------------------------------------------


def same_until(one: RunResult, other: RunResult, quarter: int) -> None:
    """Assert that two runs are the same before a quarter."""
    for earlier in range(quarter):
        assert not unlike(seen(one, 0, earlier), seen(other, 0, earlier))
    assert one.sector[:quarter].tobytes() == other.sector[:quarter].tobytes()


@pytest.mark.parametrize("seed", range(3))
def test_barring_firms_has_an_effect_from_the_first_that_would_enter(seed):
    values = copy.deepcopy(BUSY)
    del values["agencies"]["Firm"]
    del values["policies"][2]
    # Firms in guise are not barred.
    values["rules"]["founding"] = values["rules"].get("founding", {}) | {"disguise": 0}
    barred = values | {"policies": [*values["policies"], {"at": "2010-Q1", "set": {"for_profits.admission": "barred"}}]}
    one, other = run(values, seed), run(barred, seed)
    first = attempts(one, Party.OWNERS)
    assert first < one.compiled.quarters
    names = [name for name in one.world.government_panel.dtype.names if name != "for_profits_admission"]
    for name in names:
        panels = one.world.government_panel[name][:first], other.world.government_panel[name][:first]
        assert panels[0].tobytes() == panels[1].tobytes(), name
    assert one.sector[:first].tobytes() == other.sector[:first].tobytes()
    assert attempts(other, Party.OWNERS) == other.compiled.quarters
    assert not other.sector.agencies_for_profit.any()
    assert one.sector.agencies_for_profit.any()


def test_a_college_has_an_effect_from_the_first_agency_that_it_would_found():
    values = copy.deepcopy(BUSY)
    values["colleges"]["Further College"] = {"city": "Anping", "graduates": 0, "drive": 0.3}
    tried = 0
    for seed in range(10):
        one, other = run(values, seed), run(BUSY, seed)
        college = one.compiled.names["college"].index("Further College")
        same_until(one, other, attempts(one, Party.COLLEGE, college))
        # Founders who see no chance, or are refused, may give up without a trace.
        first = attempts(one, Party.COLLEGE, college, (Event.FOUNDED,))
        if 0 < first < one.compiled.quarters:
            tried += 1
            assert unlike(seen(one, 0, first), seen(other, 0, first))
    assert tried >= 2


def test_groups_have_an_effect_from_the_first_that_would_convert():
    less = copy.deepcopy(BUSY)
    less["cities"]["Anping"]["each_district"]["commercial_groups"] = 0
    one, other = run(BUSY, 2), run(less, 2)
    first = attempts(one, Party.GOVERNMENT)
    assert first < one.compiled.quarters
    assert one.sector[:first].tobytes() == other.sector[:first].tobytes()


def test_spin_offs_have_an_effect_from_the_first_that_would_be_founded():
    less = copy.deepcopy(BUSY)
    less["rules"]["founding"]["spin_off_rate"] = 0
    one, other = run(BUSY, 1), run(less, 1)
    first = attempts(one, Party.AGENCY)
    assert first < one.compiled.quarters
    same_until(one, other, first)


# --- Places --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(2))
def test_another_city_has_no_effect(seed):
    # It comes first in every list, so that all that is counted by place is another number.
    further = copy.deepcopy(BUSY)
    further["cities"] = {"Aihe": copy.deepcopy(BUSY["cities"]["Anping"])} | further["cities"]
    for name, agency in further["agencies"].items():
        assert "/" not in agency["district"], name
        agency["district"] = f"Anping/{agency['district']}"
    further["associations"]["East Association"]["district"] = "Anping/East"
    further["generated"]["Group"]["cities"] = ["Anping"]
    further["policies"][2]["in"] = ["Anping/East", "Anping/West"]
    further["rules"]["founding"]["chain_rate"] = 0
    one, other = run(BUSY, seed), run(further, seed)
    assert other.sector.agencies[-1] > one.sector.agencies[-1]
    for quarter in range(one.compiled.quarters):
        assert not unlike(seen(one, 0, quarter), seen(other, 1, quarter)), quarter


def test_an_association_has_an_effect_from_its_founding():
    less = copy.deepcopy(BUSY)
    del less["associations"]["Anping Association"]
    one, other = run(BUSY, 1), run(less, 1)
    same_until(one, other, 4)
    joined = used(one.world, "events")
    joined = joined[(joined["event"] == Event.JOINED) & (joined["other"] == 0)]
    assert joined["quarter"].min() >= 4
