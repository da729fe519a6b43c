"""What random towns and timelines are drawn from, for the oracle."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from sim.declarations.calendar_quarter import Quarter
from tests.support.oracle_town import EAST, TOWN, WEST
from tests.support.policy_strategies import entries
from tests.support.value_strategies import DISTRICT_LEVERS, values_of

LEVELS: dict[str, tuple[list[str], list[Any]]] = {
    "procurement.budget": ([EAST, WEST, TOWN], [0.0, 300_000.0, 4_000_000.0]),
    "procurement.growth": ([EAST, WEST, TOWN], [-0.5, 0.3]),
    "procurement.ceiling": ([EAST, WEST, TOWN], [2.0, 25.0]),
    "adopts": (["cities.Town."], [True]),
    "adoption.pressure": ([TOWN], [1.0]),
    "labour.other_candidates": (["cities.Town."], [70, 4000]),
    "labour.other_growth": (["cities.Town."], [-0.3, 0.5]),
    "procurement.carry_over": ([EAST, WEST, TOWN], [0.0, 0.5, 1.0]),
    "procurement.openness": ([EAST, WEST, TOWN], [0.0, 0.8]),
    "procurement.need_response": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "procurement.renewal": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "procurement.reorganisation": ([EAST, WEST, TOWN], [0.0, 0.5, 1.0]),
    "reorganisation_pause": (["rules.shocks."], [0, 1, 4]),
    "reorganisation_loss": (["rules.shocks."], [0.0, 1.0]),
    "contract.pricing": ([EAST, WEST, TOWN], ["competitive", "fixed"]),
    "procurement.shares.institutions": ([EAST, WEST, TOWN], [0.0, 0.3]),
    "procurement.shares.commissions": ([EAST, WEST, TOWN], [0.0, 0.1]),
    "procurement.shares.grants": ([EAST, WEST, TOWN], [0.0, 0.2]),
    "procurement.shares.direct_hiring": ([EAST, WEST, TOWN], [0.0, 0.3]),
    "grants.core": ([EAST, WEST, TOWN], [0.0, 40_000.0]),
    "grants.incubation": ([EAST, WEST, TOWN], [0.0, 40_000.0]),
    "grants.matching": ([EAST, WEST, TOWN], [0.0, 1.5]),
    "settlement.audit": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "settlement.allowed_surplus": ([EAST, WEST, TOWN], [0.0, 0.5]),
    "settlement.returned": ([EAST, WEST, TOWN], [0.0, 0.4]),
    "settlement.yearly": ([EAST, WEST, TOWN], [False]),
    "target": (["rules.reserves."], [0.0, 1.0, 20.0]),
    "anticipation": (["rules.reserves."], [0.0, 0.5]),
    "planning": (["rules.reserves."], [0.0, 1.0]),
    "dues": (["rules.reserves.", "rules.credit."], [0.0, 1.0]),
    "interest": (["rules.credit."], [0.0, 0.25]),
    "support_gap": (["rules.closing."], [0]),
    "creditors": (["rules.closing."], [1.0, 40.0]),
    "opportunity": (["rules.strategy."], [0.0, 1.0]),
    "special_fund.local_match": ([TOWN], [0.5, 5.0]),
    "own_money": (["institutions.homes.", "institutions.schools."], [60_000.0, 500_000.0]),
    "special_fund.applicants": ([TOWN], ["associations", "registered"]),
    "contract.form": ([EAST, WEST, TOWN], ["project", "centre", "post"]),
    "contract.term": ([EAST, WEST, TOWN], [1, 3, 12]),
    "contract.value": ([EAST, WEST, TOWN], [40_000.0, 600_000.0]),
    "contract.development": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "scoring.minimum_bidders": ([EAST, WEST, TOWN], [1, 2, 3]),
    "scoring.too_few": ([EAST, WEST, TOWN], ["award", "call-again", "single-source"]),
    "payment.delay": ([EAST, WEST, TOWN], [0.0, 3.0]),
    "payment.oversight": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "payment.administrative_pressure": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "registration.regime": ([EAST, WEST], ["dual", "direct"]),
    "registration.licensed": ([EAST, WEST], [0, 2, 4]),
    "registration.attachment": ([EAST, WEST], [True, False]),
    "for_profits.admission": ([EAST, WEST], ["barred", "open", "qualified"]),
    "for_profits.qualification": ([EAST, WEST], [0.0, 0.3, 1.0]),
    "registration.inspection": ([EAST, WEST], [0.0, 1.0]),
    "disguise": (["rules.founding."], [0.0, 1.0]),
    "exposure": (["rules.standing."], [0.0, 1.0]),
    "for_profits.profit_cap": ([EAST, WEST], [0.0, 0.1]),
    "registration.licensed_share": ([EAST, WEST], [0.2, 1.0]),
    "overlap": (["associations.East Association.", "associations.Town Association."], [0.0, 1.0]),
    "promotion.push": ([EAST, WEST], [0.0, 1.0]),
    "special_fund.management_fee": ([TOWN], [0.0, 0.5]),
    "giving.tax_relief": ([TOWN], [0.0, 1.0]),
    "giving.csr_incentive": ([TOWN], [0.0, 1.0]),
    "drive": (["rules.strategy.", "sponsors.Company."], [0.0, 1.0]),
    "imitation": (["rules.strategy."], [0.0, 1.0]),
    "speed": (["rules.strategy."], [0.0, 0.5, 1.0]),
    "entry_cost": (["rules.strategy."], [0.0, 5_000.0]),
    "give_up": (["rules.strategy."], [0.0, 0.1]),
    "search": (["rules.giving."], [0.0, 1.0]),
    "uncertainty": (["rules.bidding."], [0.01, 2.0]),
    "learning": (["rules.bidding."], [0.0, 1.0]),
    "public_learning": (["rules.bidding."], [0.0, 1.0]),
    "service_value": (["rules.bidding."], [0.0, 5.0]),
    "foothold": (["rules.bidding."], [0.0, 2.0]),
    "stake": (["rules.bidding."], [0.0, 5.0]),
    "half_chance": (["rules.bidding."], [0.0, 1.0]),
    "cost_error": (["rules.bidding."], [0.0, 1.0]),
    "least_staffing": (["rules.bidding."], [0.3, 0.99]),
    "entry_loss": (["rules.bidding."], [0.0, 0.9]),
    "least_margin": (["rules.bidding."], [-0.9, 0.0]),
    "overtime": (["rules.delivery."], [0.0, 0.5]),
    "most_promised": (["rules.delivery."], [1.0, 10.0]),
    "bid_share": (["rules.costs."], [0.0, 0.2]),
    "contact": (["rules.standing."], [0.0, 10.0]),
    "scoring.price": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "scoring.quality": ([EAST, WEST, TOWN], [0.0, 1.0]),
    "pool": (["cities.Town.donors."], [0.0, 10_000_000.0]),
    "calls": (["cities.Town.donors."], [0.5, 1.0]),
    "project": (["cities.Town.donors."], [20_000.0, 400_000.0]),
    "patience": (["sponsors.Company.", "sponsors.Works."], [0.1, 20.0]),
    "agencies": (["sponsors.Company.", "sponsors.Works."], [0, 3]),
    "profession.exam_pass": ([TOWN], [0.0, 0.8]),
    "profession.college_quota": ([TOWN], [0.0, 3.3]),
    "profession.wage_guidance": ([TOWN], [0.9, 2.0]),
    "": (
        [
            "rules.founding.college_rate",
            "rules.founding.spin_off_rate",
            "rules.founding.for_profit_rate",
            "rules.founding.conversion_rate",
            "rules.founding.official_rate",
            "rules.founding.corporate_rate",
            "rules.closing.insolvent_rate",
            "rules.closing.give_up_rate",
            "rules.closing.revival_rate",
            "rules.adoption.rate",
        ],
        [0.0, 1.0, 5.0],
    ),
    "severance": (["rules.closing."], [0.0, 3.0]),
    "layoff_speed": (["rules.closing."], [0.0, 0.3, 1.0]),
    "lease": (["rules.closing."], [0.0, 1.0]),
    "closing.patience": (["rules."], [0, 6]),
    "rest_debts": (["rules.closing."], [0.0, 24.0]),
    "director_rate": (["rules.shocks."], [0.0, 0.5, 2.0]),
    "scandal_rate": (["rules.shocks."], [0.0, 0.2, 2.0]),
    "director_strain": (["rules.shocks."], [0.0, 10.0]),
    "honeymoon": (["rules.shocks."], [0.0, 40.0]),
    "backing": (["rules.shocks."], [0.0, 1.0]),
    "director_loss": (["rules.shocks."], [0.0, 1.0]),
    "scandal_loss": (["rules.shocks."], [0.0, 1.0]),
    "scandal_bar": (["rules.shocks."], [0, 80]),
    "scandal_fatal": (["rules.shocks."], [0.0, 1.0]),
    "move_out": (["rules.rooms."], [0.0, 2.0]),
    "move_in": (["rules.rooms."], [0.0, 4.0]),
    "attach": (["rules.founding."], [0.0, 1.0]),
    "retry": (["rules.founding."], [0.0, 5.0]),
    "waiting_fade": (["rules.founding."], [0.0, 1.0]),
    "trust": (["rules.founding."], [0.0, 1.0]),
    "runway": (["rules.founding."], [0.5, 40.0]),
    "registration.openness": ([EAST, WEST], [0.0, 1.0]),
    "commercial_groups": (["cities.Town.districts.East.", "cities.Town.districts.West."], [0, 3]),
    "volatility": (["cities.Town.economy."], [0.0, 0.2]),
    "labour.pool": (["cities.Town."], [0, 15, 500]),
    "noise_scale": (["rules.chance."], [0.2, 1.0]),
    "count": (["cities.Town.districts.East.", "cities.Town.districts.West.", "generated.Firms."], [1, 2]),
}
"""Values worth trying: lever -> places where it stands, and what it can be."""

CHANGES = [
    st.tuples(st.sampled_from([place + key for place in places]), st.sampled_from(values))
    for key, (places, values) in LEVELS.items()
]

TOUCHED = {key: leaf for key, leaf in DISTRICT_LEVERS.items() if key in ("contract.term", "payment.delay")}
READ = ["agencies", "staff", "hired", "unmet_need", "overdue_wages", "delivered_hours"]
TIMELINES = st.lists(
    st.tuples(
        entries(TOUCHED, values_of, (Quarter(2010, 1), 0, 9), outcomes=READ),
        st.sampled_from([{}, {"in": "districts"}, {"in": "East"}, {"in": ["Town", "West"]}]),
    ).map(lambda drawn: drawn[0] | drawn[1]),
    min_size=2,
    max_size=9,
)
"""Policies of all kinds that crowd on two levers."""

BUDGETED = {key: DISTRICT_LEVERS[key] for key in ("procurement.budget", "procurement.growth")}
EARLY = Quarter(2008, 3)
"""First quarter of the dates of `BUDGETS`: six quarters before the town starts."""
BUDGETS = st.lists(
    st.tuples(
        entries(BUDGETED, values_of, (EARLY, 0, 21), outcomes=READ),
        st.sampled_from([{}, {"in": "districts"}, {"in": "East"}, {"in": ["Town", "West"]}]),
    ).map(lambda drawn: drawn[0] | drawn[1]),
    min_size=1,
    max_size=7,
)
"""Policies of all kinds on budgets and their growth, some of which begin before the start."""
