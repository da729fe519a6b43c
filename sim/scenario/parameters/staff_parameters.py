"""Staff parameters: how people work, quit and are hired."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class People(Group):
    """Work time, quits, hiring."""

    hours: float = param(440.0, "hours/quarter", "Working time of one person.", plausible=(400, 480), ge=100, le=800)
    learning: float = param(
        0.7, "ratio", "Output of a person in the first quarter in post.", plausible=(0.5, 0.85), ge=0, le=1
    )
    quit_rate: float = param(
        0.020,
        "1/quarter",
        "Quit hazard of settled staff paid the outside wage.",
        "Zeng et al. 2020: 18-22 % a year",
        plausible=(0.015, 0.025),
        ge=0,
        le=1,
    )
    first_year_factor: float = param(
        3.0,
        "ratio",
        "Quit hazard in the first year against later.",
        "Dongguan Today 2012: 29 %; hazards fall with tenure (Jovanovic 1979)",
        plausible=(2.0, 3.5),
        ge=0,
        le=10,
    )
    wage_elasticity: float = param(
        3.0,
        "elasticity",
        "How much a wage below the outside wage raises quits, at equal wages: 3 is a log sd of offers of 0.3.",
        "form by Burdett 1978",
        plausible=(1.5, 4.0),
        ge=0,
        le=10,
    )
    recruit_elasticity: float = param(
        3.0,
        "elasticity",
        "How much a higher wage attracts people to an agency's posts.",
        "equal to that of quits (Manning 2003)",
        plausible=(1.5, 6.0),
        ge=0,
        le=10,
    )
    matching: float = param(
        1.0,
        "ratio",
        "Applications of each seeker to each post's share of seekers: how easily seekers and posts meet.",
        "form by Petrongolo & Pissarides 2001",
        plausible=(0.3, 2.0),
        gt=0,
        le=20,
    )
    insecurity_effect: float = param(
        0.3,
        "log",
        "Rise of the quit hazard as next year's cost goes from wholly under contract to not at all.",
        "direction by Sverke, Hellgren & Naswall 2002",
        plausible=(0.0, 1.0),
        ge=0,
        le=5,
    )
    prospects: float = param(
        1.0, "logit", "Rise of entry as all who look for a post find one.", plausible=(0.0, 3.0), ge=0, le=20
    )
    usual_finding: float = param(
        0.3,
        "share/quarter",
        "Seekers who find a post in a quarter where entry is as usual.",
        plausible=(0.2, 0.4),
        ge=0,
        le=1,
    )
    arrears_effect: float = param(
        0.4, "log/month", "Rise of the quit hazard per month of wages owed.", plausible=(0.1, 0.8), ge=0, le=5
    )
    load_effect: float = param(
        1.0, "log", "Rise of the quit hazard as administrative tasks fill all time.", plausible=(0.3, 2), ge=0, le=5
    )
    autonomy_effect: float = param(
        0.4, "log", "Rise of the quit hazard as operational autonomy goes from 1 to 0.", plausible=(0, 0.8), ge=0, le=5
    )
    autonomy_reference: float = param(
        0.7,
        "0-1",
        "Operational autonomy at which the quit rate holds.",
        "set so that turnover in Beijing is as it was before autonomy was measured by itself",
        plausible=(0.4, 0.9),
        ge=0,
        le=1,
    )
    leave_field: float = param(
        0.6,
        "share",
        "Leavers who leave the field rather than look for another agency.",
        plausible=(0.4, 0.8),
        ge=0,
        le=1,
    )
    hiring_limit: float = param(
        0.15,
        "share/quarter",
        "New staff that an organisation can take in, relative to its size.",
        plausible=(0.08, 0.3),
        ge=0,
        le=5,
    )
    hiring_minimum: int = param(
        2, "persons/quarter", "New staff that even the smallest can take in.", plausible=(1, 3), ge=0, le=100
    )
    skill_loss: float = param(
        0.5,
        "share",
        "Skill and roots that go with experienced staff, per share of them leaving.",
        plausible=(0.2, 0.8),
        ge=0,
        le=1,
    )
    knowledge_loss: float = param(
        0.7,
        "share",
        "Knowledge of clients that goes with people who leave; files and colleagues keep the rest.",
        plausible=(0.4, 1.0),
        ge=0,
        le=1,
    )
    skill_carry: float = param(
        0.5,
        "share",
        "Skill that people bring from the agency they left, per share of the staff that they are.",
        plausible=(0.2, 0.8),
        ge=0,
        le=1,
    )
    span: float = param(
        8.0,
        "persons",
        "Staff for each supervisor.",
        "Shenzhen: 1:8 (Guangzhou Daily, 2007)",
        plausible=(5.0, 10.0),
        ge=2,
        le=50,
    )
    placement_hours: float = param(
        120.0, "hours/quarter", "Time that a student in placement gives to service.", plausible=(60, 200), ge=0, le=480
    )
    placement_output: float = param(
        0.4,
        "ratio",
        "Output of a student, less the time of who guides the student, against staff.",
        plausible=(0.1, 0.6),
        ge=0,
        le=1,
    )
