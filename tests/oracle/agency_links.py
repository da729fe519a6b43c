"""What an agency has of purchasers, communities and sources of funding."""

from __future__ import annotations

from dataclasses import dataclass


class Tie:
    """An agency's tie with a purchaser."""

    def __init__(self) -> None:
        self.relation = 0.0
        self.lesson = 0.0
        self.income = [0, 0, 0, 0]
        self.barred_until = -1

    @property
    def income_year(self) -> int:
        return sum(self.income)


class Presence:
    """An agency's work in a community."""

    def __init__(self, quarter: int) -> None:
        self.quarters = 0.0
        self.since = self.last = quarter
        self.hours = self.known = 0.0
        self.past = [0.0, 0.0, 0.0, 0.0]


@dataclass
class SourceWork:
    """An agency's effort on a source of funding, and its capability there."""

    effort: float
    capability: float
