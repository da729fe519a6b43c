"""Choices: words that a scenario may use where a number would say too little."""

from __future__ import annotations

from sim.engine.fields import LabelledEnum


class Pricing(LabelledEnum):
    """What bidders compete with."""

    COMPETITIVE = 0, "Bidders name a price below the ceiling for the hours asked."
    FIXED = 1, "The price is fixed; bidders promise hours at or above the minimum."


class TooFew(LabelledEnum):
    """What a purchaser does when fewer valid bids come than it asks for."""

    AWARD = 0, "The best of the bids at hand wins."
    CALL_AGAIN = 1, "No award; the money stays free and is called again."
    SINGLE_SOURCE = 2, "The bidder with the closest relation is asked directly."


class Regime(LabelledEnum):
    """How an agency becomes a registered nonprofit."""

    DUAL = 0, "A government unit must first agree to supervise it."
    DIRECT = 1, "Capital and licensed staff suffice."


class Admission(LabelledEnum):
    """Whether for-profit firms may enter and bid."""

    BARRED = 0, "Only nonprofits may bid."
    OPEN = 1, "For-profit firms may register and bid as others do."
    QUALIFIED = 2, "For-profit firms may where enough of their staff hold a licence."


class Assessing(LabelledEnum):
    """Who grades contracts."""

    NONE = 0, "Nobody."
    INTERNAL = 1, "The purchaser itself, at once; who stands close to it is judged mildly."
    THIRD_PARTY = 2, "The city's assessors: unbiased and more precise, for a fee, as far as their capacity goes."


class Origin(LabelledEnum):
    """Who an agency was founded by."""

    COLLEGE = 0, "A college, its professors or its graduates."
    SPIN_OFF = 1, "Staff of a sister agency."
    CONVERTED = 2, "A group that worked for years registered as a company."
    CORPORATE = 3, "A company, for its social responsibility."
    GOVERNMENT = 4, "An official who wished for a first example."
    COMMERCIAL = 5, "Investors who saw a market."


class Form(LabelledEnum):
    """Legal form."""

    REGISTERED = 0, "Private non-enterprise unit; signs contracts in its own name."
    ATTACHED = 1, "Works under an association's name; signs nothing itself."
    COMMERCIAL = 2, "Registered as a company; not admitted to calls for nonprofits."


class Kind(LabelledEnum):
    """What an agency is for."""

    NONPROFIT = 0, "Surpluses stay in the work."
    FOR_PROFIT = 1, "Surpluses go to owners."


class ContractForm(LabelledEnum):
    """What a purchaser buys in one lot."""

    PROJECT = 0, "A small, specified project in one field and community."
    CENTRE = 1, "A community service centre, in all fields as need is."
    POST = 2, "Posts: a price for each social worker placed."


class Applicants(LabelledEnum):
    """Who may apply to a city's special fund."""

    ASSOCIATIONS = 0, "Associations, on behalf of their members."
    REGISTERED = 1, "Registered nonprofits themselves; attached ones through their association."
