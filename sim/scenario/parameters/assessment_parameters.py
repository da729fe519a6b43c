"""Assessment parameters: levers of purchasers and cities, and how work is graded."""

from __future__ import annotations

from typing import Annotated, Literal

from sim.declarations import choices
from sim.scenario.parameters.parameter_spec import Codes, Group, param


class Assessment(Group):
    """Whether and how contracts are graded, and what a grade leads to."""

    regime: Annotated[Literal["none", "internal", "third-party"], Codes(choices.Assessing)] = param(
        "none", "choice", "Who grades contracts.", "article, 2010: no independent group"
    )
    coverage: float = param(
        0.3, "share", "Contracts drawn for assessment at the end of each contract year.", "Shenzhen 2021", ge=0, le=1
    )
    full: float = param(0.9, "0-1", "Grade from which the whole price is paid.", "Shenzhen 2021", ge=0, le=1)
    renewable: float = param(
        0.8, "0-1", "Grade below which a contract is not renewed without a call.", "Shenzhen 2021", ge=0, le=1
    )
    passing: float = param(0.6, "0-1", "Grade below which the agency is barred.", "Shenzhen 2021", ge=0, le=1)
    withheld: float = param(
        0.2,
        "share",
        "Share of the year's price withheld at the passing grade; less above it, nothing at the full.",
        ge=0,
        le=1,
    )
    bar: int = param(4, "quarters", "Time for which a purchaser's calls stay closed to a barred agency.", ge=0, le=80)
    penalty: float = param(
        1.0, "ratio", "Withheld for hours that an assessment finds missing, relative to their price.", ge=0, le=5
    )
    cost: float = param(
        0.03, "share", "Part of a contract year's price that its assessment by a third party costs.", ge=0, le=0.25
    )


class Assessors(Group):
    """The third-party assessors of a city."""

    capacity: int = param(
        12, "contracts/quarter", "Assessments that professional assessors can make.", ge=0, le=100_000
    )
    precision: float = param(0.03, "sd", "Standard error of their grades.", ge=0, le=0.5)


class Assessing(Group):
    """How work is graded, and how far a grade is believed."""

    base_grade: float = param(
        0.85,
        "share",
        "Grade of hours delivered in full at no quality; the rest is earned by quality.",
        plausible=(0.7, 0.92),
        ge=0,
        le=1,
    )
    bias: float = param(
        0.1, "0-1", "Rise of an internal grade as the relation goes to 1.", plausible=(0, 0.2), ge=0, le=1
    )
    internal_noise: float = param(0.05, "sd", "Standard error of internal grades.", plausible=(0.02, 0.1), ge=0, le=0.5)
    reputation_weight: float = param(
        0.2,
        "share",
        "Part of the gap to a third party's grade that reputation closes.",
        plausible=(0.1, 0.4),
        ge=0,
        le=1,
    )
    internal_weight: float = param(
        0.5,
        "ratio",
        "How much an internal grade moves reputation, teaches and asks for files, against a third party's.",
        plausible=(0.2, 0.8),
        ge=0,
        le=1,
    )
    internal_detection: float = param(
        0.5,
        "ratio",
        "Chance that an internal assessment of a stranger would find hours missing.",
        plausible=(0.2, 0.8),
        ge=0,
        le=1,
    )
    patience: int = param(
        4,
        "quarters",
        "Wait for an assessor after which a contract is paid without a grade.",
        plausible=(2, 8),
        ge=1,
        le=80,
    )
    handover_time: float = param(
        0.25, "share", "Hours of the first quarter that a full handover takes.", plausible=(0.1, 0.5), ge=0, le=1
    )
    handed_knowledge: float = param(
        0.6,
        "share",
        "Knowledge of a contract's clients that a full handover passes on.",
        plausible=(0.3, 0.9),
        ge=0,
        le=1,
    )
    lesson: float = param(
        0.5,
        "share",
        "Part of its diversion of staff that a nonprofit gives up when hours are found missing.",
        plausible=(0.2, 0.8),
        ge=0,
        le=1,
    )
    lapse: float = param(
        0.04, "1/quarter", "Speed at which that lesson is forgotten.", plausible=(0.02, 0.1), ge=0, le=1
    )
    least_found: float = param(
        0.03,
        "share",
        "Share of promised hours missing from which a third party finds it: staff lists are checked.",
        plausible=(0.02, 0.1),
        ge=0,
        le=1,
    )
    learning: float = param(
        0.10,
        "share",
        "Part of the skill that is lacking which a third party's grade and comments add.",
        "Ivers et al. 2012: audit and feedback, 4 points where about 40 lack",
        plausible=(0.02, 0.2),
        ge=0,
        le=1,
    )
    paper: float = param(
        0.05,
        "share",
        "Staff time for files where everything is assessed by third parties.",
        plausible=(0.02, 0.15),
        ge=0,
        le=0.5,
    )
