"""Key entry: an entry of the key below a figure; apart from what draws it, so that naming policies needs no drawing."""

from __future__ import annotations

from typing import NamedTuple


class KeyEntry(NamedTuple):
    """An entry of the key below a figure: a number or sign, and what it stands for."""

    sign: str
    words: str
