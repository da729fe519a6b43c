r"""Number guesses: the number behind a text as people write numbers, for suggestions.

>>> [meant_number(text) for text in ("600,000", "600 000", "600_000", "1.200.000,5", "0,5", "40%", "\u2212600000")]
[600000, 600000, 600000, 1200000.5, 0.5, 0.4, -600000]
>>> [meant_number(text) for text in ("60\u4e07", "1.5 million", "CNY 3k", "\uff11\uff12", "lots", "3 of 4")]
[600000, 1500000, 3000, 12, None, None]
"""

from __future__ import annotations

import re
from decimal import Decimal

from sim.scenario.reading.plain_punctuation import plain

_LONGEST = 40
_SCALES = {
    "%": "0.01",
    "\u2030": "0.001",
    "\u767e": "1e2",
    "\u5343": "1e3",
    "\u4e07": "1e4",
    "\u842c": "1e4",
    "\u4ebf": "1e8",
    "\u5104": "1e8",
    "k": "1e3",
    "thousand": "1e3",
    "million": "1e6",
    "m": "1e6",
}
_MONEY = re.compile(r"[\u00a5\uffe5$\u20ac\u00a3]|CNY|RMB|\u5143", re.IGNORECASE)
_NUMBER = re.compile(r"([+-]?)([0-9][0-9.,'_ ]*|\.[0-9]+)(e[+-]?[0-9]{1,3})?\s*([^\s0-9]*)", re.IGNORECASE)
_GROUPED = re.compile(r"[0-9]{1,3}(?:([,.'_ ])[0-9]{3})(?:\1[0-9]{3})*")
_WHOLE = re.compile(r"[0-9]+")


def meant_number(text: str) -> int | float | None:
    """The number that a text stands for, or None."""
    if len(text) > _LONGEST:
        return None
    found = _NUMBER.fullmatch(_MONEY.sub("", plain(text)).strip())
    if found is None or (found[4] and found[4].lower() not in _SCALES):
        return None
    digits = _digits(found[2].strip())
    if digits is None:
        return None
    number = Decimal(digits + (found[3] or "")) * Decimal(_SCALES.get(found[4].lower(), "1"))
    number = -number if found[1] == "-" else number
    if abs(number) >= Decimal("1e308"):
        return None
    written_whole = number == number.to_integral_value() and (found[4] or _WHOLE.fullmatch(digits))
    return int(number) if written_whole and not found[3] else float(number)


def _digits(text: str) -> str | None:
    """Digits with a point at most, of a number with signs between thousands and one before its fraction."""
    text = text.rstrip("_ ")
    last = max(text.rfind(","), text.rfind("."))
    head, tail = (text[:last], text[last + 1 :]) if last >= 0 else (text, "")
    if last >= 0 and text.count(text[last]) == 1 and not _is_thousands(text):
        plain_head = _without_groups(head)
        return f"{plain_head or 0}.{tail}" if plain_head is not None and (tail.isdigit() or not tail) else None
    return _without_groups(text)


def _is_thousands(text: str) -> bool:
    """Whether the only sign of a number divides thousands: 600,000, and not 0,500 or 1.200."""
    found = _GROUPED.fullmatch(text)
    return found is not None and found[1] != "." and not text.startswith("0")


def _without_groups(text: str) -> str | None:
    if not text or _WHOLE.fullmatch(text):
        return text
    if _GROUPED.fullmatch(text):
        return re.sub("[^0-9]", "", text)
    # 1_0 and 60 0000: blanks and underscores mean nothing else, wherever they stand.
    bare = re.sub("[_ ]", "", text)
    return bare if _WHOLE.fullmatch(bare) else None
