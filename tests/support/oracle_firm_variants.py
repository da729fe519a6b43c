"""Variants of the oracle's town in which firms hide, and are held up by their owners."""

from __future__ import annotations

from typing import Any

from tests.support.oracle_town import districts, everywhere

OF_FIRMS: dict[str, dict[str, Any]] = {
    "firms in guise": {
        "rules.founding.for_profit_rate": 5.0,
        "rules.founding.hurdle": -0.5,
        "rules.founding.disguise": 0.7,
        "rules.standing.exposure": 0.5,
        "rules.standing.grade_penalty": 0.8,
        "rules.founding.firm_growth": 2.5,
        "rules.founding.firm_licensed": 0.0,
        "rules.founding.join_probability": 1.0,
        **districts("for_profits.admission", "barred"),
        **districts("for_profits.profit_cap", 0.2),
        **districts("registration.inspection", 0.3),
        **districts("registration.openness", 1.0),
        **everywhere("payment.oversight", 0.7),
        **everywhere("contract.hourly_price", 70.0),
        **everywhere("assessment.regime", "third-party"),
        **everywhere("assessment.passing", 0.9),
        **everywhere("assessment.renewable", 0.92),
        **everywhere("assessment.full", 0.95),
        **everywhere("assessment.coverage", 0.5),
        "quarters": 20,
    },
    "owners stand by late firms": {
        "rules.founding.for_profit_rate": 4.0,
        "rules.founding.hurdle": -0.5,
        "rules.founding.firm_limit": 400_000.0,
        "rules.credit.months": 0.2,
        **everywhere("contract.hourly_price", 70.0),
        **everywhere("payment.delay", 5.0),
        "quarters": 20,
    },
}
