"""Section links: links to sections of the model description by number, with the anchors of today's headings.

A document that links to the model description writes only the number, ``[8.9](model.md#)``; ``make docs`` adds the
anchor, so that a heading may change without every document that links to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_HEADING = re.compile(r"^##+ ((\d+(?:\.\d+)?)\.? .+)$", flags=re.MULTILINE)
_LINK = re.compile(r"\[(\d+(?:\.\d+)?)\]\(model\.md#[^)]*\)")


def anchor(heading: str) -> str:
    """Anchor that viewers of Markdown give to a heading.

    >>> anchor("8.31 Fates (6.17, 6.18)")
    '831-fates-617-618'
    """
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def section_anchors(text: str) -> dict[str, str]:
    r"""Anchors of the numbered sections of a document, by their numbers.

    >>> section_anchors("## 3. Entities\n\n### 3.1 Scales\n")
    {'3': '3-entities', '3.1': '31-scales'}
    """
    return {number: anchor(heading) for heading, number in _HEADING.findall(text)}


def renewed_links(text: str, anchors: Mapping[str, str]) -> str:
    """A text in which links by number to the model description have the anchors of its sections.

    Parameters
    ----------
    text : str
        The document that links.
    anchors : mapping of str to str
        Anchors of the model description by number of section.

    Raises
    ------
    ValueError
        If there is no section of a number.

    Examples
    --------
    >>> renewed_links("See [3.1](model.md#).", {"3.1": "31-scales"})
    'See [3.1](model.md#31-scales).'
    """

    def link(found: re.Match[str]) -> str:
        if found[1] not in anchors:
            raise ValueError(f"docs/model.md has no section {found[1]}; expected one of {', '.join(anchors)}")
        return f"[{found[1]}](model.md#{anchors[found[1]]})"

    return _LINK.sub(link, text)
