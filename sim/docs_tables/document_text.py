"""Document text of the model description: where it is, which parts are tables, in which section a name stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
DOCUMENT = DOCS / "model.md"
END = "<!-- end of table -->"
BLOCK = re.compile(rf"^(<!-- table: ([\w ]+) -->\n).*?^({re.escape(END)})$", flags=re.DOTALL | re.MULTILINE)
"""A generated table with its marks."""

_SECTION = re.compile(r"^##+ (\d+(?:\.\d+)?)\.? ", flags=re.MULTILINE)
_CODE = re.compile(r"^```text\n(.*?)^```|`([^`\n]+)`", flags=re.DOTALL | re.MULTILINE)


def by_hand(text: str) -> str:
    """What is written by hand: the document without its tables."""
    return BLOCK.sub("", text)


def code_by_section(text: str) -> Iterator[tuple[str, str]]:
    r"""Number of every section, and all that stands there between backticks or in formulas.

    >>> list(code_by_section("### 8.5 Need\n\n`update_needs` runs.\n"))
    [('8.5', 'update_needs')]
    """
    parts = _SECTION.split(by_hand(text))
    for number, said in zip(parts[1::2], parts[2::2], strict=True):
        yield number, "\n".join(formula or span for formula, span in _CODE.findall(said))
