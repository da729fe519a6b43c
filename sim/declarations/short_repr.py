"""Short representations: what interpreters and notebooks show of a public object, a line or a small table.

>>> class Town(ShortRepr):
...     def _facts(self):
...         return "Anping", {"districts": 2}
>>> Town()
<Town 'Anping': districts 2>
>>> Town()._repr_html_()
'<table><caption>Town: Anping</caption><tr><th>districts</th><td>2</td></tr></table>'
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape


class ShortRepr:
    """An object that is shown in a line, and in notebooks as a small table."""

    def _facts(self) -> tuple[str, Mapping[str, object]]:
        """Title, and what else is worth a word, by name."""
        raise NotImplementedError

    def __repr__(self) -> str:
        title, facts = self._facts()
        return f"<{type(self).__name__} {title!r}: {', '.join(f'{name} {value}' for name, value in facts.items())}>"

    def __str__(self) -> str:
        return repr(self)

    def _repr_html_(self) -> str:
        """What notebooks show."""
        title, facts = self._facts()
        rows = (f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>" for name, value in facts.items())
        return f"<table><caption>{type(self).__name__}: {escape(title)}</caption>{''.join(rows)}</table>"
