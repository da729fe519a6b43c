"""Composite weights: of the parts of independence and of sustainability."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class Independence(Group):
    """Weights of the parts of independence."""

    financial: float = param(1.0, "weight", "Many payers, and payers other than government.", ge=0, le=10)
    operational: float = param(
        1.0, "weight", "Time not on administrative tasks; work of one's own design.", ge=0, le=10
    )
    governance: float = param(1.0, "weight", "Legal form; no officers in common.", ge=0, le=10)
    voice: float = param(1.0, "weight", "How far priorities moved its way.", ge=0, le=10)
    attached: float = param(0.3, "0-1", "Standing of an attached agency; a registered one has 1.", ge=0, le=1)
    overlap: float = param(0.5, "0-1", "Governance lost by officers in common.", ge=0, le=1)
    official: float = param(0.3, "0-1", "Governance lost when officials founded the agency.", ge=0, le=1)
    floor: float = param(0.01, "0-1", "Least value of a part in a composite.", gt=0, le=0.5)


class Sustainability(Group):
    """Weights of the parts of sustainability."""

    reserves: float = param(1.0, "weight", "Months of operating reserve.", ge=0, le=10)
    stability: float = param(1.0, "weight", "Steadiness of income.", ge=0, le=10)
    retention: float = param(1.0, "weight", "Staff who stay.", ge=0, le=10)
    contract_cover: float = param(1.0, "weight", "Next year's cost under contract.", ge=0, le=10)
    continuity: float = param(1.0, "weight", "Unbroken service in its communities.", ge=0, le=10)
    full_reserves: float = param(
        6.0, "months", "Reserves that count as full.", "NFF 2014: half hold under 2.2 months", gt=0, le=60
    )
    memory: float = param(0.15, "1/quarter", "Speed of the running means behind stability and retention.", gt=0, le=1)
    floor: float = param(0.01, "0-1", "Least value of a part in a composite.", gt=0, le=0.5)
