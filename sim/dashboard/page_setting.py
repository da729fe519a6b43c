"""Page setting: everything that a page is set to, as a wish and as the fragment of a link.

>>> setting = PageSetting("beijing-2010", {"payment.delay": 3}, [PolicyStep("2013-Q1", "contract.term", 12)])
>>> read_fragment(setting.fragment()) == setting
True
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sim.live.wish import Wish

TABS = ("sector", "compare", "agencies", "money", "communities", "events", "results", "reproduce")
_LONGEST = 100_000
"""Characters of a link that is read, and bytes that it may become."""
_MOST_STEPS, _MOST_CHANGES = 100, 1000


class LinkError(ValueError):
    """A link that holds no setting."""


@dataclass
class PolicyStep:
    """A lever that is set at a quarter.

    Attributes
    ----------
    at : str
        Quarter, as a file writes it.
    lever : str
        Which.
    value : value
        To what.
    place : str
        City or district; empty for everywhere.
    """

    at: str
    lever: str
    value: Any
    place: str = ""

    def as_policy(self) -> dict[str, Any]:
        """The entry of a file."""
        where = {"in": self.place} if self.place else {}
        return {"at": self.at, **where, "set": {self.lever: self.value}}


@dataclass
class PageSetting:
    """What a page is set to; `sim.live.wish.Wish` says what most of it means.

    Attributes
    ----------
    steps : list of PolicyStep
        Policies that were added on the page.
    tab : str
        What is looked at.
    """

    scenario: str = "beijing-2010"
    changes: dict[str, Any] = field(default_factory=dict)
    steps: list[PolicyStep] = field(default_factory=list)
    seed: int = 1
    replications: int = 20
    quarters: int | None = None
    tab: str = TABS[0]

    @classmethod
    def of(cls, wish: Wish, tab: str) -> PageSetting:
        """The setting of a wish that was made on a page."""
        steps = [
            PolicyStep(policy["at"], lever, value, policy.get("in", ""))
            for policy in wish.policies
            for lever, value in policy["set"].items()
        ]
        return cls(wish.scenario, dict(wish.changes), steps, wish.seed, wish.replications, wish.quarters, tab)

    def wish(self) -> Wish:
        """What is to be run."""
        steps = tuple(step.as_policy() for step in self.steps)
        return Wish(self.scenario, dict(self.changes), steps, self.seed, self.replications, self.quarters)

    def fragment(self) -> str:
        """The setting as a text of letters, digits, hyphens and underscores."""
        usual = asdict(PageSetting())
        values = {key: value for key, value in asdict(self).items() if value != usual[key]}
        packed = zlib.compress(json.dumps(values, ensure_ascii=False).encode(), 9)
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_fragment(text: str) -> PageSetting:
    """The setting of a link.

    Raises
    ------
    LinkError
        If there is none; whether its levers and values can be run is checked with the wish.
    """
    try:
        packed = base64.b64decode(text[:_LONGEST] + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj()
        values = json.loads(unpacker.decompress(packed, _LONGEST))
        if not unpacker.eof:
            raise ValueError("the end is missing")
        steps = [PolicyStep(**step) for step in values.pop("steps", [])]
        setting = PageSetting(**values, steps=steps)
    except (ValueError, TypeError, AttributeError, zlib.error, binascii.Error, RecursionError):
        raise LinkError("the link holds no setting of this page; it may have been cut") from None
    if not _is_well_formed(setting):
        raise LinkError("the link holds values of another kind than this page has")
    return setting


def _is_well_formed(setting: Any) -> bool:
    """Whether everything is of the right type."""
    plain = (str, int, float, bool)
    texts = [setting.scenario, *(text for step in setting.steps for text in (step.at, step.lever, step.place))]
    values = [*setting.changes.values()] if isinstance(setting.changes, Mapping) else [None]
    values += [step.value for step in setting.steps]
    numbers = (setting.seed, setting.replications, *([] if setting.quarters is None else [setting.quarters]))
    return (
        all(isinstance(text, str) for text in texts)
        and all(isinstance(value, plain) for value in values)
        and all(isinstance(number, int) and not isinstance(number, bool) for number in numbers)
        and setting.tab in TABS
        and len(setting.steps) <= _MOST_STEPS
        and len(values) <= _MOST_CHANGES
    )
