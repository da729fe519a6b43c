"""YAML scalars: what an unquoted word means in YAML 1.2.

>>> [scalar(text) for text in ("no", "12:30", "1.2e9", "0o17", "+.5", "~", "True")]
['no', '12:30', 1200000000.0, 15, 0.5, None, True]
"""

from __future__ import annotations

import math
import re

from sim.declarations.input_issues import Scalar
from sim.scenario.reading.located_values import MOST_BITS

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMBER_START = frozenset("+-.0123456789")
_LONGEST_INT = 400


def scalar(text: str) -> Scalar:
    """Return the value of a plain (unquoted) scalar under the core schema of YAML 1.2.

    Raises
    ------
    OverflowError
        For a number too large for a float.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    if _INT.fullmatch(text):
        if len(text) > _LONGEST_INT:
            raise OverflowError
        number = int(text, {"o": 8, "x": 16}.get(text[1:2], 10))
        if number.bit_length() > MOST_BITS:
            raise OverflowError
        return number
    if _FLOAT.fullmatch(text):
        if math.isinf(value := float(text)):
            raise OverflowError
        return value
    if special := _SPECIAL.fullmatch(text):
        return math.nan if special[1] is None else float(f"{special[1]}inf")
    return text
