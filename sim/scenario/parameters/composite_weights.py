"""Composite weights: what the measures of voice, independence, autonomy and sustainability are made of."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class Independence(Group):
    """Governance: how far an agency's legal standing is its own."""

    attached: float = param(
        0.3,
        "0-1",
        "Governance of an attached agency; a registered one has 1.",
        plausible=(0.1, 0.5),
        ge=0,
        le=1,
    )
    overlap: float = param(0.5, "0-1", "Governance lost by officers in common.", plausible=(0.25, 0.75), ge=0, le=1)
    official: float = param(
        0.3, "0-1", "Governance lost when officials founded the agency.", plausible=(0.1, 0.5), ge=0, le=1
    )
    floor: float = param(
        0.01,
        "0-1",
        "Least value of resource independence and of operational autonomy in the composite `independence`.",
        plausible=(0.001, 0.1),
        gt=0,
        le=0.5,
    )


class Voice(Group):
    """Who is heard when budgets are divided over fields, and how fast budgets move."""

    speed: float = param(
        0.3,
        "1/year",
        "Part of the way to its aim that a split goes in a year: what contracts do not bind.",
        plausible=(0.2, 0.5),
        gt=0,
        le=1,
    )
    access: float = param(
        0.2,
        "0-1",
        "How far an agency without any relation is let speak; relation opens the rest.",
        plausible=(0, 0.4),
        ge=0,
        le=1,
    )
    restraint: float = param(
        0.5,
        "ratio",
        "Part of its speech that a wholly compliant agency holds back.",
        "evidence both ways: Yu, Shen & Li 2019; Chaves, Stephens & Galaskiewicz 2004",
        plausible=(0, 1),
        ge=0,
        le=1,
    )


class Resource(Group):
    """Resource independence: who pays, how many, and what reserves could replace."""

    public: float = param(
        0.5,
        "share",
        "Weight of the government share in dependence; the rest is concentration over payers.",
        plausible=(0.25, 0.75),
        ge=0,
        le=1,
    )
    bridge: float = param(24.0, "months", "Reserves that halve dependence.", plausible=(12, 48), gt=0, le=120)
    legal: float = param(
        0.5,
        "share",
        "Part of resource independence that an agency without governance of its own lacks.",
        plausible=(0.25, 0.75),
        ge=0,
        le=1,
    )


class Autonomy(Group):
    """Weights of the parts of operational autonomy; at least one is above zero."""

    design: float = param(
        1.0, "weight", "Work of one's own design.", "Verschuere & De Corte 2014", plausible=(0.5, 2), ge=0, le=10
    )
    judgement: float = param(
        1.0,
        "weight",
        "Work as the mission at founding had it.",
        "Verschuere & De Corte 2014",
        plausible=(0.5, 2),
        ge=0,
        le=10,
    )
    time: float = param(
        1.0, "weight", "Time not on administrative tasks.", "Jung & Moon 2007", plausible=(0.5, 2), ge=0, le=10
    )
    voice: float = param(1.0, "weight", "Voice in its purchasers' priorities.", plausible=(0.5, 2), ge=0, le=10)


class Sustainability(Group):
    """Sustainability: what keeps an agency from being stopped."""

    bridge: float = param(
        12.0, "months", "Reserves that halve the chance of being stopped.", plausible=(6, 24), gt=0, le=60
    )
    loss: float = param(
        0.7,
        "probability",
        "Factor on the chance of being stopped for each separate line of income.",
        plausible=(0.5, 0.8),
        gt=0,
        lt=1,
    )
    size: float = param(
        0.5,
        "exponent",
        "How fast that chance falls with staff; 0 leaves size out.",
        plausible=(0.25, 1),
        ge=0,
        le=2,
    )
    memory: float = param(
        0.15,
        "1/quarter",
        "Speed of the running means behind stability and retention.",
        plausible=(0.1, 0.3),
        gt=0,
        le=1,
    )


class Plane(Group):
    """Limits that divide agencies into four quadrants by resource independence and operational autonomy."""

    resource: float = param(
        0.4,
        "0-1",
        "Resource independence from which an agency counts as independent: what seven tenths public money of two or "
        "three payers give without reserves.",
        plausible=(0.3, 0.5),
        ge=0,
        le=1,
    )
    autonomy: float = param(
        0.45,
        "0-1",
        "Operational autonomy from which an agency counts as autonomous: between living on district projects alone "
        "and on projects of the fund alone.",
        plausible=(0.4, 0.5),
        ge=0,
        le=1,
    )
