"""State codes: stages of agencies, statuses of contracts, levels of government, courses of policies."""

from __future__ import annotations

from sim.engine.fields import LabelledEnum


class Stage(LabelledEnum):
    """Where an agency is in its life."""

    NONE = 0, "Not yet founded."
    ACTIVE = 1, "Founded and at work."
    CLOSED = 2, "Closed for good."
    DORMANT = 3, "On the register, without staff or work."
    PLANNED = 4, "Named by the scenario, which lets it begin later."


class Host(LabelledEnum):
    """Who gives an agency its rooms."""

    OWN = 0, "Pays rent."
    COLLEGE = 1, "Its college."
    ASSOCIATION = 2, "Its association."
    SPONSOR = 3, "Its sponsor."


class Level(LabelledEnum):
    """Level of a government."""

    CITY = 0, "City government; buys through its special fund."
    DISTRICT = 1, "District government; signs contracts with registered agencies."


class Channel(LabelledEnum):
    """The way money takes from a purchaser to an agency."""

    DISTRICT = 0, "Signed by a district with a registered agency."
    SPECIAL_FUND = 1, "From the city's fund, through an association that keeps a fee."
    INSTITUTION = 2, "Signed by an institution with an agency that has a track record."


class Status(LabelledEnum):
    """Where a contract is."""

    CALLED = 0, "Called this quarter, not yet awarded."
    RUNNING = 1, "Awarded and at work."
    COMPLETED = 2, "Reached its end."
    BROKEN = 3, "Ended early because the agency stopped work."
    UNBID = 4, "Nobody bid."
    TOO_FEW = 5, "Too few bids; called again later."
    NO_CAPACITY = 6, "No bidder had capacity left."
    NO_MONEY = 7, "No bid was within the money left."


class Route(LabelledEnum):
    """How an agency came by a contract."""

    CALL = 0, "Won in a call."
    RENEWAL = 1, "Renewed without a call."
    SINGLE_SOURCE = 2, "Asked directly for want of bidders."


class Quadrant(LabelledEnum):
    """Where an agency stands in the plane of resource independence and operational autonomy."""

    UNDEFINED = 0, "Without income in four quarters, or without service in this one."
    INDEPENDENT_AUTONOMOUS = 1, "Independent in resources and autonomous in its work."
    DEPENDENT_AUTONOMOUS = 2, "Dependent in resources, and autonomous in its work all the same."
    INDEPENDENT_TIED = 3, "Independent in resources, but not autonomous in its work."
    DEPENDENT_TIED = 4, "Neither independent in resources nor autonomous in its work."


class Course(LabelledEnum):
    """How a measure runs over time."""

    STEP = 0, "In force from its quarter on."
    RAMP = 1, "Moves the value in equal steps, quarter by quarter, and leaves it there."
    PULSE = 2, "In force from one quarter to another, both included; then what would be without it."
    TRIGGERED = 3, "In force while its trigger is."


class Stand(LabelledEnum):
    """Where a trigger stands."""

    OFF = 0, "Its condition has not been met, or it was switched off."
    WAITING = 1, "Its condition was met; its measures come into force later."
    IN_FORCE = 2, "Its measures are in force."
