"""Staff of firms: paid less, fewer with a licence where none is asked for, and growth within their own limit."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.declarations.choices import Kind
from sim.run import simulate
from tests.support.oracle_town import districts, everywhere, town
from tests.support.world_reading import used

MANY = {
    "rules.founding.for_profit_rate": 3.0,
    "rules.founding.hurdle": 0.0,
    "rules.people.quit_rate": 0.25,
    "generated.Firms.count": 8,
    "cities.Town.labour.pool_licensed": 0.5,
    "cities.Town.government.profession.exam_pass": 0.0,
    "quarters": 16,
    **everywhere("contract.hourly_price", 70.0),
}


def firms_of(changes: dict[str, Any], kind: Kind = Kind.FOR_PROFIT) -> np.ndarray:
    """Rows of the agency panel of one kind, over some seeds."""
    found = []
    for seed in range(4):
        panel = used(simulate(town(MANY | changes), seed).world, "panel")
        found.append(panel[panel["kind"] == kind])
    return np.concatenate(found)


def licensed_share(panel: np.ndarray) -> float:
    return float(panel["licensed"].sum() / panel["staff"].sum())


def wage(panel: np.ndarray) -> float:
    return float(np.average(panel["wage"], weights=panel["staff"]))


def test_firms_pay_less_than_nonprofits_as_far_as_the_parameter_says():
    nonprofits = wage(firms_of({}, Kind.NONPROFIT))
    paid = [wage(firms_of({"rules.founding.firm_wage": ratio})) for ratio in (1.0, 0.9, 0.7)]
    assert paid[0] > paid[1] > paid[2]
    assert paid[1] < nonprofits


def test_who_pays_less_fills_fewer_posts_and_loses_more_people():
    few = {"cities.Town.labour.pool": 20, "cities.Town.labour.graduates": 10}
    well, badly = (firms_of(few | {"rules.founding.firm_wage": ratio}) for ratio in (1.0, 0.7))
    filled = [1 - panel["unfilled"].sum() / panel["vacancies"].sum() for panel in (well, badly)]
    quits = [panel["quits"].sum() / panel["staff"].sum() for panel in (well, badly)]
    assert filled[0] > filled[1]
    assert quits[0] < quits[1]


def test_firms_hire_fewer_licence_holders_unless_their_district_asks_for_them():
    few, usual = (licensed_share(firms_of({"rules.founding.firm_licensed": ratio})) for ratio in (0.1, 1.0))
    assert few < 0.95 * usual
    asked = districts("for_profits.admission", "qualified") | districts("for_profits.qualification", 0.3)
    assert licensed_share(firms_of(asked | {"rules.founding.firm_licensed": 0.1})) > few


def test_growth_is_the_limit_of_what_a_firm_hires_in_a_quarter():
    most = []
    for growth in (0.0, 1.0, 3.0):
        panel = firms_of({"rules.founding.firm_growth": growth, "rules.people.hiring_minimum": 1})
        posts = panel["vacancies"]
        assert (posts <= growth * np.maximum(1, 0.15 * (panel["staff"] + panel["laid_off"]))).all()
        most.append(int(posts.max()))
    assert most[0] == 0
    assert most[1] < most[2]
