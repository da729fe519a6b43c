"""Service parameters: need and strength of communities, and time, tasks and quality of who serves them."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class Need(Group):
    """How need arises, fades and is met by a community itself."""

    half_life: float = param(
        8.0,
        "quarters",
        "Time by which half of the relief by activities is gone.",
        "article, 2010",
        plausible=(4, 16),
        gt=0,
        le=80,
    )
    self_help: float = param(
        0.04,
        "1/quarter",
        "Share of unmet need that a community of full strength meets itself.",
        plausible=(0.01, 0.08),
        ge=0,
        le=1,
    )
    pressure_speed: float = param(
        0.1,
        "1/quarter",
        "Speed at which unmet need turns into pressure on government.",
        plausible=(0.05, 0.25),
        ge=0,
        le=1,
    )
    tolerated_pressure: float = param(
        0.5, "0-1", "Pressure that governments tolerate.", plausible=(0.3, 0.7), ge=0, le=1
    )
    strength_gain: float = param(
        5.0,
        "odds",
        "Odds of strength over weakness that rooted development holds when it equals the need for hours.",
        plausible=(4.0, 8.0),
        ge=0,
        le=500,
    )
    strength_speed: float = param(
        0.2,
        "1/quarter",
        "Speed at which strength grows towards the level that development holds.",
        "article, 2010: three to five years",
        plausible=(0.14, 0.25),
        ge=0,
        le=1,
    )
    strength_half_life: float = param(
        20.0,
        "quarters",
        "Time by which half of the strength beyond that level wears off.",
        plausible=(12.0, 24.0),
        gt=0,
        le=400,
    )
    rooting_time: float = param(
        2.5,
        "years",
        "Time constant of rooting: a third after one year, 70 % after three, nearly all after five.",
        "article, 2010: three to five years",
        plausible=(1.5, 4),
        gt=0,
        le=20,
    )
    grace: int = param(1, "quarters", "Gap in service after which roots are lost.", plausible=(0, 2), ge=0, le=8)


class Delivery(Group):
    """Time, tasks and quality."""

    base_tasks: float = param(0.12, "share", "Staff time that any office takes.", plausible=(0.08, 0.2), ge=0, le=0.5)
    pressure_tasks: float = param(
        0.30,
        "share",
        "Further time taken when wholly dependent on a purchaser of full pressure.",
        plausible=(0.15, 0.45),
        ge=0,
        le=0.9,
    )
    skill_quality: float = param(0.4, "weight", "Weight of skill in quality.", plausible=(0.2, 0.6), ge=0, le=10)
    licence_quality: float = param(
        0.2, "weight", "Weight of licensed staff in quality.", plausible=(0.1, 0.4), ge=0, le=10
    )
    supervision_quality: float = param(
        0.3,
        "weight",
        "Weight of supervision in quality.",
        "Mor Barak et al. 2009, meta-analysis, for its effect on performance; weight calibrated with F25",
        plausible=(0.1, 0.4),
        ge=0,
        le=10,
    )
    workload_slack_quality: float = param(
        0.2, "weight", "Weight of a workload that can be borne.", plausible=(0.1, 0.4), ge=0, le=10
    )
    strain_range: float = param(
        0.4,
        "share",
        "Hours asked beyond those that there are, relative to these, at which a workload cannot be borne at all.",
        plausible=(0.2, 0.6),
        gt=0,
        le=2,
    )
    own_supervision: float = param(
        0.4, "0-1", "Supervision that own supervisors alone can give.", plausible=(0.2, 0.6), ge=0, le=1
    )
    peer_supervision: float = param(
        0.25,
        "0-1",
        "Supervision by fellow members of an association.",
        "article, 2010",
        plausible=(0.1, 0.4),
        ge=0,
        le=1,
    )
    adviser_supervision: float = param(
        0.04,
        "0-1",
        "Supervision by mail and telephone from the teachers of one further college.",
        "article, 2010, for the practice; free",
        plausible=(0.01, 0.1),
        ge=0,
        le=1,
    )
    college_supervision: float = param(
        0.5,
        "0-1",
        "Supervision by a college with capacity to spare.",
        "article, 2010",
        plausible=(0.3, 0.7),
        ge=0,
        le=1,
    )
    own_work: float = param(
        0.5,
        "share",
        "Hours free of contracts that go into work of one's own design.",
        plausible=(0.25, 0.75),
        ge=0,
        le=1,
    )
    most_tasks: float = param(
        0.6, "share", "Most staff time that administrative tasks can take.", plausible=(0.5, 0.75), ge=0, le=0.9
    )
    most_promised: float = param(
        1.75, "ratio", "Most hours that a bidder promises over those asked.", plausible=(1.1, 2), ge=1, le=10
    )
    overtime: float = param(
        0.1,
        "share",
        "Hours that a team gives to contracts beyond those paid where it is too lean or short of people.",
        plausible=(0.05, 0.15),
        ge=0,
        le=0.5,
    )
    diversion: float = param(
        0.05,
        "share",
        "Promised hours in which a nonprofit lets named staff do other work, when never caught and sure not to be.",
        plausible=(0.03, 0.25),
        ge=0,
        le=1,
    )
    knowledge_weight: float = param(
        0.4,
        "share",
        "Effect of an hour of service that is lost where clients are not known yet.",
        "direction by Flower, McDonald & Sumski 2005: fewer children reach a permanent home with each new worker",
        plausible=(0.2, 0.6),
        ge=0,
        le=1,
    )
    knowledge_time: float = param(
        1.0, "years", "Time constant of getting to know clients.", plausible=(0.5, 2.0), gt=0, le=10
    )
