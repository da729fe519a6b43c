"""Bidding parameters: which lots an agency studies, what it offers, and what it believes of its chance to win."""

from __future__ import annotations

from sim.scenario.parameters.parameter_spec import Group, param


class Bidding(Group):
    """Which lots an agency bids for, and with what offer."""

    attention: int = param(
        12, "lots", "Lots that an agency can study in a quarter, per purchaser.", plausible=(6, 24), ge=1, le=10_000
    )
    search: float = param(
        0.15,
        "probability",
        "Chance that an agency looks at another district of its city in a quarter.",
        plausible=(0.05, 0.3),
        ge=0,
        le=1,
    )
    branch_size: float = param(
        20.0,
        "persons",
        "Staff for each further district whose calls an agency follows.",
        plausible=(10, 40),
        ge=1,
        le=10_000,
    )
    overbid: float = param(1.3, "ratio", "Hours bid for relative to hours free.", plausible=(1, 1.8), ge=0.1, le=20)
    effort: float = param(
        0.4,
        "bids/person",
        "Bids per person and quarter, with all effort on bids and middling capability.",
        plausible=(0.2, 0.8),
        ge=0,
        le=10,
    )
    margin_weight: float = param(
        1.0,
        "weight",
        "Weight of expected margin in choosing between purchasers; all lots of one purchaser have the same.",
        plausible=(0.5, 2),
        ge=0,
        le=10,
    )
    fit_weight: float = param(0.8, "weight", "Weight of fit with skill.", plausible=(0.3, 1.6), ge=0, le=10)
    chance_weight: float = param(
        0.8, "weight", "Weight of the believed chance to win.", plausible=(0.3, 1.6), ge=0, le=10
    )
    focus_weight: float = param(
        0.1, "weight", "Weight of the effort given to a source of funding.", plausible=(0, 0.3), ge=0, le=10
    )
    root_weight: float = param(0.8, "weight", "Weight of standing in the community.", plausible=(0.3, 1.6), ge=0, le=10)
    distance_cost: float = param(
        0.5, "utility", "Cost of working in another district.", plausible=(0.2, 1), ge=0, le=10
    )
    taste: float = param(
        0.4, "utility", "Half-width of what else makes a lot attractive.", plausible=(0.2, 0.8), ge=0, le=10
    )
    half_chance: float = param(
        0.15,
        "probability",
        "Believed chance to win at which an agency takes up half of the lots that it reads.",
        plausible=(0.1, 0.3),
        ge=0,
        le=1,
    )
    uncertainty: float = param(
        0.18,
        "share of points",
        "How unsure bidders are of the points that win: scale of the logistic belief.",
        "free; set by F18",
        plausible=(0.1, 0.25),
        ge=0.01,
        le=2,
    )
    learning: float = param(
        0.03,
        "share of points",
        "How far one won or lost bid moves what an agency itself believes.",
        plausible=(0.01, 0.1),
        ge=0,
        le=1,
    )
    public_learning: float = param(
        0.05,
        "share of points",
        "How far one published result moves what all believe of a purchaser, while results are few.",
        plausible=(0.01, 0.1),
        ge=0,
        le=1,
    )
    service_value: float = param(
        0.45,
        "share of price",
        "What a rise of service by one natural logarithm is worth to a nonprofit.",
        "free; direction by Brooks 2005: nonprofits maximise service",
        plausible=(0.3, 0.6),
        ge=0,
        le=5,
    )
    foothold: float = param(
        0.05,
        "share of price",
        "Worth of a contract with a purchaser that does not know the bidder yet.",
        plausible=(0, 0.15),
        ge=0,
        le=2,
    )
    stake: float = param(
        0.3,
        "share of price",
        "What a bidder fears to lose in standing where it would be noticed for missing hours.",
        plausible=(0.1, 0.5),
        ge=0,
        le=5,
    )
    cost_error: float = param(
        0.06, "log sd", "Error of a bidder's estimate of its cost.", plausible=(0.03, 0.12), ge=0, le=1
    )
    least_staffing: float = param(
        0.8,
        "ratio",
        "Fewest hours of staff that a bidder plans for each hour promised.",
        "Comondore 2009: about 0.9 delivered",
        plausible=(0.75, 0.9),
        ge=0.3,
        lt=1,
    )
    least_margin: float = param(
        -0.15,
        "share of cost",
        "Lowest margin that a nonprofit with comfortable reserves accepts; without reserves it is zero.",
        "Zhejiang Daily 2007: price covers about 80 % of cost in Hong Kong",
        plausible=(-0.2, 0),
        ge=-0.9,
        le=0,
    )
    entry_loss: float = param(
        0.15,
        "share of cost",
        "Loss that a firm in funds accepts at a purchaser that does not know it.",
        plausible=(0, 0.25),
        ge=0,
        le=0.9,
    )
