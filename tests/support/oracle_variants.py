"""Changes to the oracle's town: purchasing, registration, people, foundings and closures, policies."""

from __future__ import annotations

from typing import Any

from tests.support.oracle_country_variants import OF_COUNTRIES
from tests.support.oracle_firm_variants import OF_FIRMS
from tests.support.oracle_source_variants import OF_SOURCES
from tests.support.oracle_town import TOWN, WEST, districts, everywhere

OF_CITIES: dict[str, dict[str, Any]] = OF_SOURCES | OF_COUNTRIES | OF_FIRMS
VARIANTS: dict[str, dict[str, Any]] = OF_CITIES | {
    "as it is": {},
    "no noise": {"rules.chance.noise_scale": 0.0},
    "half the noise": {"rules.chance.noise_scale": 0.5},
    "price competition": everywhere("contract.pricing", "competitive"),
    "price alone counts": everywhere("contract.pricing", "competitive")
    | everywhere("scoring.price", 1.0)
    | everywhere("scoring.quality", 0.0)
    | everywhere("scoring.relation", 0.0)
    | everywhere("scoring.experience", 0.0),
    # Purchasers that pay less than ceilings call for more than they have; then nobody has to be cheap any more.
    "prices rise": everywhere("contract.pricing", "competitive")
    | everywhere("scoring.price", 5.0)
    | {"policies": [{"at": "2011-Q3", "set": {"scoring.price": 0.0}}]},
    "hours alone count": everywhere("scoring.price", 1.0)
    | everywhere("scoring.relation", 0.0)
    | {"rules.delivery.most_promised": 10.0, "rules.bidding.service_value": 5.0},
    "staff counts": everywhere("scoring.quality", 1.0) | everywhere("contract.hourly_price", 70.0),
    "nothing counts": everywhere("scoring.price", 0.0)
    | everywhere("scoring.quality", 0.0)
    | everywhere("scoring.relation", 0.0)
    | everywhere("scoring.experience", 0.0),
    "sure of what wins": {
        "rules.bidding.uncertainty": 0.01,
        "rules.bidding.public_learning": 1.0,
        "rules.bidding.learning": 1.0,
        "rules.bidding.half_chance": 0.0,
        "rules.bidding.cost_error": 0.5,
    },
    "bids that cost": {"rules.costs.bid_share": 0.2, "rules.bidding.half_chance": 0.6, "quarters": 8},
    "lean and worked hard": {
        "rules.bidding.least_staffing": 0.4,
        "rules.delivery.overtime": 0.5,
        "rules.bidding.service_value": 0.0,
        **everywhere("payment.oversight", 0.6),
        **everywhere("assessment.penalty", 2.0),
    },
    "bidders wanted, awarded anyway": everywhere("scoring.minimum_bidders", 4),
    "bidders wanted, called again": everywhere("scoring.minimum_bidders", 4)
    | everywhere("scoring.too_few", "call-again"),
    "bidders wanted, single source": everywhere("scoring.minimum_bidders", 4)
    | everywhere("scoring.too_few", "single-source"),
    "three-year terms": everywhere("contract.term", 12) | {"quarters": 20},
    "one-quarter terms": everywhere("contract.term", 1),
    "always renewed": everywhere("procurement.renewal", 1.0),
    "direct registration": districts("registration.regime", "direct"),
    "refused founders wait": {
        **districts("registration.openness", 0.0),
        "rules.founding.attach": 0.2,
        "rules.founding.retry": 5.0,
        "rules.founding.spin_off_rate": 2.0,
        "rules.founding.spin_off_size": 1,
        "rules.founding.viable_income": 60_000.0,
        "sponsors.Company.drive": 1.0,
        "sponsors.Company.budget": 900_000.0,
        "rules.founding.corporate_rate": 1.5,
        "policies": [{"at": "2011-Q1", "in": "West", "set": {"registration.openness": 0.6}}],
    },
    "named agencies begin later": {
        "agencies.Gamma.begins": "2010-Q4",
        "agencies.Gamma.association": "Town Association",
        "agencies.Gamma.rooms": "association",
        "agencies.Delta.begins": "2010-Q3",
        "associations.Town Association.members": 1,
        "associations.Town Association.rooms": 1,
        "cities.Town.donors.pool": 6_000_000.0,
    },
    "advised from afar": {"agencies.Alpha.advisers": 3, "rules.delivery.adviser_supervision": 0.2, "quarters": 6},
    "large agencies look further": {"rules.bidding.branch_size": 2.0, "rules.bidding.search": 0.9},
    "rooms change": {
        "rules.rooms.move_out": 1.0,
        "rules.rooms.move_in": 3.0,
        "rules.rooms.apart": 0.1,
        "rules.rooms.casework_loss": 0.3,
        "associations.East Association.rooms": 2,
    },
    "groups of company form": {
        "agencies.Alpha.form": "commercial",
        "agencies.Gamma.form": "commercial",
        "rules.founding.conversion_rate": 5.0,
        "rules.founding.viable_income": 60_000.0,
        **districts("registration.openness", 0.1),
        "rules.founding.record": 1.0,
    },
    "hard registration": districts("registration.licensed", 3) | districts("registration.capital", 100_000.0),
    "no attachment": districts("registration.attachment", False) | districts("registration.openness", 0.1),
    "carry-over": everywhere("procurement.carry_over", 0.7) | everywhere("procurement.growth", -0.2),
    "late payers": everywhere("payment.delay", 4.0) | {"rules.closing.insolvent_rate": 2.0},
    "settled accounts": {
        **everywhere("settlement.audit", 1.0),
        **everywhere("settlement.allowed_surplus", 0.0),
        **everywhere("contract.hourly_price", 80.0),
        "rules.reserves.anticipation": 0.3,
    },
    "settled at the end only": {
        **everywhere("settlement.audit", 0.8),
        **everywhere("settlement.yearly", False),
        **everywhere("contract.term", 6),
        **everywhere("contract.hourly_price", 80.0),
    },
    "lent and repaid": {
        **everywhere("payment.delay", 1.5),
        "rules.closing.support_gap": 0,
        "rules.closing.support_kept": 0.0,
        "rules.credit.months": 0.3,
        "rules.founding.founder_cash": 20_000.0,
    },
    "opportunities": {"rules.strategy.opportunity": 1.0, "rules.strategy.entry_cost": 2_000.0},
    "institutions' own money, and money that the fund draws in": {
        "institutions.homes.own_money": 150_000.0,
        "institutions.schools.own_money": 90_000.0,
        TOWN + "special_fund.local_match": 0.7,
        **everywhere("procurement.carry_over", 0.5),
    }
    | everywhere("procurement.shares.institutions", 0.1),
    "foundations call": {
        "cities.Town.donors.pool": 6_000_000.0,
        "cities.Town.donors.calls": 0.6,
        "cities.Town.donors.project": 40_000.0,
        "rules.strategy.drive": 1.0,
        "rules.strategy.opportunity": 1.0,
        "quarters": 20,
    },
    "closures": {
        "rules.closing.patience": 0,
        "rules.closing.give_up_rate": 2.0,
        "rules.closing.insolvent_rate": 3.0,
        "rules.founding.founder_cash": 5_000.0,
        **everywhere("procurement.growth", -0.5),
        **everywhere("payment.delay", 6.0),
    },
    "commitments": {
        "rules.closing.severance": 3.0,
        "rules.closing.layoff_speed": 0.2,
        "rules.closing.lease": 0.0,
        "rules.closing.layoff_reserve": 60.0,
        "rules.closing.rest_debts": 3.0,
        "rules.people.quit_rate": 0.0,
        "rules.people.hiring_minimum": 8,
        **everywhere("procurement.renewal", 0.0),
        **everywhere("scoring.noise", 3.0),
        **everywhere("contract.form", "centre"),
        **everywhere("contract.value", 500_000.0),
        "quarters": 20,
    },
    "directors leave": {
        "rules.shocks.director_rate": 2.0,
        "rules.shocks.honeymoon": 0.0,
        "rules.shocks.director_strain": 3.0,
        "rules.closing.insolvent_rate": 0.0,
        "rules.founding.founder_cash": 20_000.0,
        **everywhere("payment.delay", 2.0),
        "quarters": 20,
    },
    "reorganised": {
        **everywhere("procurement.reorganisation", 0.6),
        **everywhere("procurement.renewal", 1.0),
        **everywhere("contract.term", 2),
        "rules.shocks.reorganisation_pause": 1,
    },
    "reorganised every year": {
        **everywhere("procurement.reorganisation", 1.0),
        "rules.shocks.reorganisation_pause": 4,
        "quarters": 8,
    },
    "scandals": {
        "rules.shocks.scandal_rate": 0.6,
        "rules.shocks.scandal_bar": 2,
        "rules.shocks.scandal_fatal": 0.3,
        **everywhere("procurement.renewal", 1.0),
    },
    "for-profits barred": districts("for_profits.admission", "barred"),
    "for-profits pour in": {
        "rules.founding.for_profit_rate": 4.0,
        "rules.founding.hurdle": -0.5,
        "rules.bidding.least_staffing": 0.5,
        "rules.bidding.stake": 0.0,
        **everywhere("payment.oversight", 0.5),
        **everywhere("contract.hourly_price", 70.0),
    },
    "no purchasing": everywhere("procurement.budget", 0.0),
    "no fund": {TOWN + "procurement.budget": 0.0},
    "one district": {"cities.Town.districts.West.communities.count": 1, WEST + "procurement.budget": 0.0},
    "tight labour market": {"cities.Town.labour.pool": 6, "cities.Town.labour.graduates": 2},
    "shared attention": {"rules.bidding.attention": 2, "rules.bidding.search": 1.0},
    "voice": everywhere("procurement.openness", 0.9) | everywhere("procurement.pressure_response", 4.0),
    "priorities follow at once": everywhere("procurement.openness", 1.0)
    | everywhere("procurement.need_response", 1.0)
    | {"rules.voice.speed": 1.0, "rules.voice.access": 1.0, "rules.voice.restraint": 0.0, "quarters": 20},
    "measures weighed otherwise": {
        "rules.resource.public": 0.9,
        "rules.resource.bridge": 6.0,
        "rules.resource.legal": 0.9,
        "rules.autonomy.design": 2.0,
        "rules.autonomy.judgement": 0.0,
        "rules.autonomy.time": 0.5,
        "rules.autonomy.voice": 3.0,
        "rules.sustainability.bridge": 3.0,
        "rules.sustainability.loss": 0.4,
        "rules.sustainability.size": 1.5,
        "rules.plane.resource": 0.6,
        "rules.plane.autonomy": 0.3,
        "rules.people.autonomy_reference": 1.0,
        **everywhere("procurement.openness", 0.5),
    },
    "voice alone is autonomy": {
        "rules.autonomy.design": 0.0,
        "rules.autonomy.judgement": 0.0,
        "rules.autonomy.time": 0.0,
        **everywhere("payment.administrative_pressure", 1.0),
    },
    "spin-offs": {"rules.founding.spin_off_rate": 3.0, "rules.founding.spin_off_size": 1},
    "a wild economy": {"cities.Town.economy.volatility": 0.3, **everywhere("procurement.cycle", 2.0)},
    "austerity": {
        "policies": [
            {"at": "2011-Q2", "in": "districts", "set": {"procurement.budget_factor": 0.2}},
            {"at": "2012-Q1", "set": {"procurement.budget_factor": 0.5, "payment.delay": 3.0}},
            {"at": "2012-Q1", "in": "East", "set": {"procurement.budget_factor": 1.5}},
        ]
    },
    "reforms": {
        "policies": [
            {"at": "2010-Q3", "set": {"contract.pricing": "competitive", "scoring.too_few": "single-source"}},
            {"at": "2011-Q1", "in": "West", "set": {"registration.regime": "direct", "contract.term": 8}},
            {"at": "2012-Q3", "set": {"for_profits.admission": "barred", "special_fund.management_fee": 0.3}},
        ]
    },
    "a profession in demand": {
        TOWN + "profession.exam_pass": 0.9,
        TOWN + "profession.college_quota": 2.37,
        TOWN + "profession.wage_guidance": 1.4,
    },
    "students": {"colleges.College.placements": 30.0, "rules.people.placement_output": 0.8},
    "few students": {"colleges.College.placements": 2.0, "rules.founding.college_rate": 3.0},
    "companies found": {
        "sponsors.Company.drive": 1.0,
        "sponsors.Company.budget": 900_000.0,
        "rules.founding.corporate_rate": 1.5,
        **districts("registration.openness", 1.0),
    },
    "officials found": {
        "cities.Town.districts.North": {"government": {"promotion": {"push": 1.0}}},
        "cities.Town.districts.South": {"government": {"registration": {"openness": 0.0}}},
        "generated.Others.count": 0,
        "generated.Firms.count": 0,
        "rules.founding.official_rate": 3.0,
        "rules.founding.official_relation": 0.8,
        "quarters": 8,
    },
    "dormant and revived": {
        "rules.closing.patience": 0,
        "rules.closing.give_up_rate": 5.0,
        "rules.closing.revival_rate": 5.0,
        "rules.closing.dormancy": 6,
        "rules.founding.viable_income": 60_000.0,
        "associations.East Association.members": 3,
        **everywhere("payment.delay", 2.0),
        "rules.founding.founder_cash": 10_000.0,
        "generated.Others.cash": 10_000.0,
        WEST + "procurement.budget": 300_000.0,
        "cities.Town.labour.pool_licensed": 0.5,
        "quarters": 24,
    },
    "struck off": {
        **everywhere("payment.delay", 3.0),
        **everywhere("payment.upfront", 0.5),
        "rules.people.quit_rate": 0.5,
        "rules.closing.revival_rate": 0.1,
        "rules.closing.dormancy": 2,
        "rules.people.hiring_minimum": 0,
        "rules.people.hiring_limit": 0.0,
        "cities.Town.labour.exit_rate": 0.9,
    },
    "officers in common": {
        "associations.East Association.overlap": 1.0,
        "associations.Town Association.overlap": 0.5,
        "rules.founding.join_probability": 1.0,
        "rules.standing.peer_learning": 0.5,
    },
    "firms with licences only": {
        **districts("for_profits.admission", "qualified"),
        **districts("for_profits.qualification", 0.4),
        "rules.founding.for_profit_rate": 4.0,
        "rules.founding.hurdle": -0.5,
        "cities.Town.labour.pool_licensed": 0.6,
        **everywhere("contract.hourly_price", 70.0),
    },
    "profits capped": {
        **districts("for_profits.profit_cap", 0.08),
        "rules.founding.for_profit_rate": 5.0,
        "rules.closing.dividend_reserve": 1.0,
        "rules.bidding.uncertainty": 0.05,
        **everywhere("contract.hourly_price", 70.0),
    },
    "a cap below the hurdle": {
        **districts("for_profits.profit_cap", 0.02),
        "rules.founding.hurdle": 0.05,
        "quarters": 8,
    },
    "many licences asked": {**districts("registration.licensed_share", 0.6), "quarters": 10},
    "many moves": {
        "rules.people.quit_rate": 0.25,
        "rules.people.leave_field": 0.0,
        "rules.people.hiring_minimum": 6,
        "rules.people.skill_carry": 1.0,
        "cities.Town.labour.pool": 4,
        "cities.Town.labour.graduates": 0,
    },
    "graded, barred and handed over": {
        **everywhere("assessment.regime", "third-party"),
        **everywhere("assessment.coverage", 1.0),
        **everywhere("assessment.full", 0.97),
        **everywhere("assessment.renewable", 0.9),
        **everywhere("assessment.passing", 0.85),
        **everywhere("contract.handover", 0.8),
        **everywhere("procurement.renewal", 0.0),
        "rules.founding.for_profit_rate": 4.0,
        "rules.founding.hurdle": -0.5,
        "rules.bidding.least_staffing": 0.5,
    },
    "by degrees and for a time": {
        "policies": [
            {"from": "2010-Q2", "to": "2012-Q1", "ramp": {"contract.term": 9, "payment.delay": 3.0}},
            {"from": "2012-Q1", "to": "2012-Q4", "ramp": {"contract.term": 2}},
            {"at": "2011-Q1", "in": "West", "set": {"payment.delay": 0.0}},
            {"from": "2010-Q3", "to": "2011-Q2", "in": "districts", "set": {"procurement.budget_factor": 0.3}},
            {"from": "2011-Q1", "to": "2011-Q4", "in": ["East"], "set": {"procurement.budget_factor": 2.0}},
            {"at": "2011-Q3", "set": {"procurement.budget_factor": 0.8}},
        ]
    },
    "when it comes to that": {
        "policies": [
            {
                "when": {"outcome": "unmet_need", "below": 0.85},
                "until": {"outcome": "agencies", "above": 14},
                "set": {"procurement.budget_factor": 0.6, "payment.oversight": 0.9},
            },
            {
                "when": {"outcome": "staff", "above": 40},
                "after": "2 quarters",
                "in": "districts",
                "until": {"outcome": "staff", "below": 60},
                "set": {"contract.term": 8},
            },
            {"when": {"outcome": "hired", "below": 1}, "after": 1, "in": "East", "set": {"contract.term": 2}},
            {"from": "2010-Q3", "to": "2012-Q1", "ramp": {"contract.term": 6}, "in": "Town"},
            {"at": "2011-Q3", "in": "West", "set": {"payment.oversight": 0.1}},
        ]
    },
    "at every limit": {
        "rules.people.hiring_minimum": 0,
        "rules.people.hiring_limit": 0.4,
        "rules.bidding.attention": 3,
        "rules.bidding.search": 1.0,
        "rules.bidding.distance_cost": 0.05,
        "rules.bidding.margin_weight": 5.0,
        "rules.bidding.public_learning": 1.0,
        "rules.bidding.learning": 1.0,
        "rules.delivery.most_tasks": 0.15,
        WEST + "contract.hourly_price": 55.0,
        **districts("contract.pricing", "competitive"),
    },
}
"""What is changed against the small town, as dotted keys."""
