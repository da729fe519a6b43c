"""Page text: Markdown as it is written for GitHub, changed to what the site needs.

Code in fences is left as it is.  Links between files of the checkout become links between pages, pictures are carried
along, and mermaid diagrams are replaced by their drawings.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from sim.docs_site.diagram_files import diagram_picture
from sim.docs_site.site_folders import ROOT, SiteError

_FENCE = re.compile(r"^(`{3,}|~{3,}|:{3,})(.*)$")
_LINK = re.compile(r"(?<=\]\()([^)\s]+)(?=\))")
_CODE_SPAN = re.compile(r"(`+)(?:(?!\1).)+?\1(?!`)", re.DOTALL)
_PICTURES = (".png", ".svg", ".jpg", ".gif", ".webp")
_OUTSIDE = ("http://", "https://", "mailto:", "#")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_SPECIAL = re.compile(r"([\\*_\[\]<>#~|{}!$])")


@dataclass(frozen=True)
class Pages:
    """Where files of the checkout are on the site.

    Attributes
    ----------
    places : mapping of str to str
        From the path of a file in the checkout to that of its page.
    pictures : set of Path
        Pictures that pages show, as they are found.
    """

    places: Mapping[str, str]
    pictures: set[Path] = field(default_factory=set)

    def page(self, origin: str, text: str | None = None) -> str:
        """A page of the site from a Markdown file of the checkout.

        Parameters
        ----------
        origin : str
            Its path in the checkout.
        text : str, optional
            Its text; read from there by default.

        Raises
        ------
        SiteError
            If it links to a file that is not on the site, or holds a diagram that is not drawn.
        """
        text = (ROOT / origin).read_text(encoding="utf-8") if text is None else text
        diagrams = 0
        out = []
        for language, part in fenced_parts(text):
            if language == "mermaid":
                diagrams += 1
                out.append(self._diagram(origin, diagrams, part))
            else:
                known = part if language != "csv" else part.replace("csv", "text", 1)  # Pygments does not colour it
                out.append(
                    known if language is not None else outside_code(part, lambda words: self._links(origin, words))
                )
        return "".join(out)

    def _links(self, origin: str, words: str) -> str:
        return _LINK.sub(lambda found: self._link(origin, found[1]), words)

    def _link(self, origin: str, target: str) -> str:
        if target.startswith(_OUTSIDE):
            return target
        path, mark, anchor = target.partition("#")
        named = Path(os.path.normpath(ROOT / Path(origin).parent / path))
        inside = named.relative_to(ROOT).as_posix() if named.is_relative_to(ROOT) else ""
        here = PurePosixPath(self.places[origin]).parent
        if inside in self.places:
            return os.path.relpath(self.places[inside], here) + mark + anchor
        if named.suffix in _PICTURES and named.is_file():
            self._carry(origin, named)
            return os.path.relpath(f"images/{named.name}", here)
        raise SiteError(f"{origin}: the link to {target} leads to no page of the site and to no picture")

    def _carry(self, origin: str, picture: Path) -> None:
        if any(each.name == picture.name and each != picture for each in self.pictures):
            raise SiteError(f"{origin}: another picture of the site is called {picture.name}, too")
        self.pictures.add(picture)

    def _diagram(self, origin: str, number: int, block: str) -> str:
        picture = diagram_picture(origin, number, "\n".join(block.splitlines()[1:-1]) + "\n")
        self._carry(origin, picture)
        here = PurePosixPath(self.places[origin]).parent
        words = f"Diagram {number} of this page; what it shows is also in the text."
        place = os.path.relpath(f"images/{picture.name}", here)
        return wide_picture(place, words) + "\n"


def wide_picture(place: str, words: str) -> str:
    """A picture that scrolls where the screen is too narrow to read it, with the words for who does not see it."""
    return f"::::{{container}} wide\n:::{{image}} {place}\n:alt: {plain_words(words)}\n:::\n::::"


def fenced_parts(text: str) -> Iterator[tuple[str | None, str]]:
    r"""The parts of a Markdown text: code in fences with its language, and what stands between, with None.

    >>> list(fenced_parts("a\n```sh\nls\n```\nb\n"))
    [(None, 'a\n'), ('sh', '```sh\nls\n```\n'), (None, 'b\n')]
    """
    held: list[str] = []
    fence, language = "", ""
    for line in text.splitlines(keepends=True):
        found = _FENCE.match(line.rstrip())
        if not fence and found and not found[1].startswith(":"):
            if held:
                yield None, "".join(held)
            fence, language, held = found[1], found[2].strip(), [line]
        elif fence and found and found[1].startswith(fence) and not found[2].strip():
            yield language, "".join([*held, line])
            fence, held = "", []
        else:
            held.append(line)
    if held:
        yield (language if fence else None), "".join(held)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """A text in which everything but code in backticks is changed.

    >>> outside_code("a `a` a", str.upper)
    'A `a` A'
    """
    out, last = [], 0
    for found in _CODE_SPAN.finditer(text):
        out += [change(text[last : found.start()]), found[0]]
        last = found.end()
    return "".join([*out, change(text[last:])])


def plain_words(text: str) -> str:
    r"""A user's words as Markdown shows them letter for letter; code in backticks stays code.

    >>> plain_words("a < b, *so* `x_y`")
    'a \\< b, \\*so\\* `x_y`'
    """
    return outside_code(text, lambda words: options_as_code(_SPECIAL.sub(r"\\\1", words)))


def options_as_code(words: str) -> str:
    """Words in which options of commands are code; their hyphens would become a dash.

    >>> options_as_code("with --quiet")
    'with `--quiet`'
    """
    return _OPTION.sub(lambda found: f"`{found[0]}`", words)
