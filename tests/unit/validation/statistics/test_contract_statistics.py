"""Ratios of sums, competition, winning bids and presence: known answers on small tables."""

import numpy as np
import pandas as pd
import pytest

from sim.validation.statistics.winning_bids import logit
from tests.support.frame_tables import FrameTables, quarters, value_of, world

WINDOW = {"since": "2010-Q1", "until": "2010-Q4"}


def lots(*given: tuple[str, str | None, str | None, int]) -> FrameTables:
    """Lots by route, incumbent, winner and bids."""
    rows = [
        {"quarter": "2010-Q2", "route": route, "incumbent": incumbent, "agency": agency, "bidders": bidders}
        for route, incumbent, agency, bidders in given
    ]
    frame = pd.DataFrame(rows)
    for column in ("incumbent", "agency"):  # as tables have them: shared words, each with categories of its own
        frame[column] = frame[column].astype("category")
    return world(contracts=frame)


def test_competition_leaves_renewals_out_and_counts_lots_without_bids() -> None:
    tables = lots(
        ("call", "a", "a", 3),
        ("call", "a", "b", 2),
        ("call", "b", None, 0),
        ("call", None, "b", 1),
        ("renewal", "b", "b", 0),
    )
    assert value_of("bidders-per-lot", tables, **WINDOW) == 6 / 4
    assert value_of("incumbent-wins", tables, **WINDOW) == 1 / 2


def test_no_contracts() -> None:
    tables = lots(("renewal", "b", "b", 0))
    assert np.isnan(value_of("bidders-per-lot", tables, **WINDOW))
    assert np.isnan(value_of("incumbent-wins", tables, **WINDOW))


def test_kinds_are_compared_by_ratios_of_sums() -> None:
    tables = world(
        agencies={
            "quarter": ["2010-Q1"] * 4,
            "kind": ["for-profit", "for-profit", "nonprofit", "nonprofit"],
            "delivered": [80.0, 10.0, 200.0, 1.0],
            "promised": [90.0, 10.0, 200.0, np.nan],
        }
    )
    given = {"above": "delivered", "below": "promised", **WINDOW}
    assert value_of("kind-ratio", tables, **given) == pytest.approx(0.9)


def test_no_for_profits() -> None:
    tables = world(agencies={"quarter": ["2010-Q1"], "kind": ["nonprofit"], "delivered": [1.0], "promised": [1.0]})
    assert np.isnan(value_of("kind-ratio", tables, above="delivered", below="promised", **WINDOW))


def contracts(promised: list[float], asked: list[float], agency: list[str | None]) -> FrameTables:
    return world(
        contracts={
            "quarter": ["2010-Q1"] * len(asked),
            "agency": agency,
            "promised_hours": promised,
            "minimum_hours": asked,
        }
    )


def test_change_of_a_ratio_between_worlds_counts_awarded_lots() -> None:
    now = contracts([120, 0], [100, 500], ["a", None])
    before = contracts([110, 100], [100, 100], ["a", "b"])
    given = {"above": "promised_hours", "below": "minimum_hours", **WINDOW}
    assert value_of("contract-ratio-change", now, before, **given) == pytest.approx(1.2 / 1.05 - 1)


def bids(price: list[float], route: str = "call") -> FrameTables:
    return world(
        bids={
            "quarter": ["2010-Q1"] * len(price),
            "contract": list(range(len(price))),
            "price": price,
            "cost_estimate": [100.0] * len(price),
        },
        contracts={"contract": list(range(len(price))), "route": [*["call"] * (len(price) - 1), route]},
    )


def test_change_of_bids_counts_calls_only() -> None:
    given = {"above": "price", "below": "cost_estimate", **WINDOW}
    assert value_of("bid-ratio-change", bids([90, 110]), bids([130, 120]), **given) == pytest.approx(1 / 1.25 - 1)
    asked = bids([90, 500], "single-source")
    assert value_of("bid-ratio-change", asked, bids([100, 100]), **given) == pytest.approx(-0.1)


def test_logit_finds_the_coefficients_that_made_the_data() -> None:
    rng = np.random.default_rng(3)
    variables = rng.normal(size=(40_000, 2))
    won = rng.uniform(size=40_000) < 1 / (1 + np.exp(-(variables @ [1.2, -0.4] - 0.5)))
    assert logit(variables, won) == pytest.approx([1.2, -0.4], abs=0.06)


def test_logit_of_winners_that_a_variable_parts_from_losers_is_undefined() -> None:
    variables = np.arange(40.0).reshape(-1, 1)
    assert np.isnan(logit(variables, variables[:, 0] > 20)).all()
    assert np.isnan(logit(variables, np.ones(40, dtype=bool))).all()


def contest(decides: str, government: str = "north") -> FrameTables:
    """Two hundred lots with two bidders each; what decides is drawn for everybody in the quarter before."""
    rng = np.random.default_rng(5)
    agencies, made, called = [], [], []
    for lot in range(200):
        pair = []
        for side in "ab":
            traits = dict(zip(("relation", "reputation", "quality"), rng.uniform(size=3), strict=True))
            name = f"{lot}{side}"
            agencies.append(
                {"quarter": "2010-Q1", "agency": name, "district": "north", "licensed": 1, "staff": 2, **traits}
            )
            pair.append((traits[decides] + rng.normal(scale=0.2), name))
        called.append({"contract": lot, "route": "call", "channel": "district", "government": government})
        made += [{"quarter": "2010-Q2", "contract": lot, "agency": n, "won": n == max(pair)[1]} for _, n in pair]
    return world(agencies=pd.DataFrame(agencies), bids=pd.DataFrame(made), contracts=pd.DataFrame(called))


def test_what_decides_has_the_larger_coefficient() -> None:
    assert value_of("relation-over-quality", contest("relation"), **WINDOW) > 0.5
    assert value_of("relation-over-quality", contest("quality"), **WINDOW) < -0.2


def test_bids_elsewhere_are_left_out_because_their_relation_is_not_known() -> None:
    assert np.isnan(value_of("relation-over-quality", contest("relation", "south"), **WINDOW))


def test_gain_by_presence_begins_before_the_first_service_and_needs_it_unbroken() -> None:
    served = [0, 0.25, 0.5, 0.75, 1.0, 1.25]
    broken = [0, 0.25, 0.5, 0, 0.25, 0.5]
    tables = world(
        communities={
            "quarter": quarters("2010-Q1", 6) * 2,
            "community": ["served"] * 6 + ["broken"] * 6,
            "unbroken_years": served + broken,
            "strength": [0.2, 0.3, 0.4, 0.45, 0.6, 0.7, 0.2, 0.9, 0.9, 0.9, 0.9, 0.9],
        }
    )
    given = {"column": "strength", "years": 0.5, "plateau": 1}
    assert value_of("gain-by-presence", tables, **given) == pytest.approx(0.2 / 0.4)
    assert np.isnan(value_of("gain-by-presence", tables, column="strength", years=0.5, plateau=3))
