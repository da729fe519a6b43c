"""Page figure: a figure as inline SVG, with alternative text and the numbers behind it as JSON.

Text stays text, so it can be searched, read aloud and copied.  Ids are made unique in the page, and styles that
matplotlib gives to everything are confined to the figure.
"""

from __future__ import annotations

import json
import math
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from sim.pages.hover_values import hover_values
from sim.pages.svg_thinning import thin_path, thin_tree
from sim.plots.figure_style import svg
from sim.plots.house_figure import HouseFigure

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_ROUNDED = frozenset(("x", "y", "cx", "cy", "r", "width", "height", "points", "transform"))
"""Attributes that hold coordinates."""
_PIXELS = 96 / 72
"""Of a screen in a point."""
_REFERENCE = re.compile(r"(url\(|^)#")


@dataclass(frozen=True)
class PageFigure:
    """A figure as a page shows it.

    Attributes
    ----------
    name : str
        Its id in the page.
    title, alternative : str
        Heading, and what it shows.
    image : Markup
        The SVG element.
    numbers : Markup
        The table behind it, as JSON that may stand in a page: column -> values.
    hover : Markup
        Where its lines lie, and their values (`hover_values`), as JSON; an empty list where it has none.
    """

    name: str
    title: str
    alternative: str
    image: Markup
    numbers: Markup
    hover: Markup


def page_figure(figure: HouseFigure, name: str) -> PageFigure:
    """Prepare a figure for a page.

    Parameters
    ----------
    figure : HouseFigure
        With its alternative text and numbers.
    name : str
        Its id: letters, digits and hyphens, unique in the page.

    Raises
    ------
    ValueError
        If the figure has no alternative text, or the name is no id.
    """
    if not figure.alternative:
        raise ValueError(f"the figure '{figure.title}' has no alternative text")
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise ValueError(f"'{name}' is no id of a figure; expected small letters, digits and hyphens")
    image = Markup(_inline(svg(figure), name, figure.alternative))
    numbers = json_in_page(packed(_plain(figure.numbers)))
    return PageFigure(name, figure.title, figure.alternative, image, numbers, json_in_page(hover_values(figure)))


def packed(columns: dict[str, list[Any]]) -> dict[str, Any]:
    """Columns in which the same comes again and again, as values and how often each follows itself.

    >>> packed({"a": ["x"] * 9 + ["y"] * 9, "b": list(range(18))})["a"]
    {'values': ['x', 'y'], 'times': [9, 9]}
    """
    found: dict[str, Any] = {}
    for name, values in columns.items():
        stretches = [(value, sum(1 for _ in same)) for value, same in groupby(values)]
        if len(stretches) * 4 < len(values):
            found[name] = {"values": [value for value, _ in stretches], "times": [times for _, times in stretches]}
            continue
        words = list(dict.fromkeys(values)) if all(isinstance(each, str) for each in values) else values
        if len(words) * 4 < len(values):
            places = {word: n for n, word in enumerate(words)}
            found[name] = {"words": words, "at": [places[each] for each in values]}
        else:
            found[name] = values
    return found


def json_in_page(values: Any) -> Markup:
    """JSON that may stand in a script element: nothing in it ends the element or begins a comment."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _plain(values: Any) -> Any:
    """Values as JSON knows them; numbers with five digits, and None where there is none."""
    if isinstance(values, dict):
        return {str(key): _plain(each) for key, each in values.items()}
    if isinstance(values, str | bool | int) or values is None:
        return values
    if isinstance(values, float):
        return _short(values) if math.isfinite(values) else None
    if hasattr(values, "tolist"):
        return _plain(values.tolist())
    if isinstance(values, list | tuple):
        return [_plain(each) for each in values]
    return str(values)


def _short(value: float) -> float:
    found = float(f"{value:.5g}")
    return int(found) if found == int(found) else found


def _inline(content: bytes, name: str, alternative: str) -> str:
    """An SVG file as an element of a page."""
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    root = ET.fromstring(content)
    for style in root.findall(f".//{{{_SVG}}}style"):
        style.text = ""  # it would hold for the whole page
    _drop_ids(root)
    thin_tree(root)
    for element in root.iter():
        for key, value in list(element.attrib.items()):
            element.attrib[key] = _own(key, value, name)
    widest = float(root.attrib["viewBox"].split()[2]) * _PIXELS
    for key in ("width", "height"):
        root.attrib.pop(key, None)
    root.attrib |= {
        "id": name,
        "role": "img",
        "aria-label": alternative,
        # No figure is shown larger than it was made: type would be of another size in each.
        "style": f"max-width:{widest:.0f}px;stroke-linejoin:round;stroke-linecap:butt;{root.get('style', '')}".rstrip(
            ";"
        ),
    }
    return ET.tostring(root, encoding="unicode")


def _drop_ids(root: ET.Element) -> None:
    """Take away ids that nothing refers to, and comments, which name parts of matplotlib."""
    values = [value for element in root.iter() for value in element.attrib.values() if "#" in value]
    referred = {found for value in values for found in re.findall(r"#([^)\s\"']+)", value)}
    for element in root.iter():
        if element.get("id") not in referred:
            element.attrib.pop("id", None)


def _own(key: str, value: str, name: str) -> str:
    """A value of an attribute, with ids of its own and short coordinates."""
    if key == "id":
        return f"{name}-{value}"
    if "#" in value and _REFERENCE.search(value):
        return _REFERENCE.sub(rf"\g<1>#{name}-", value)
    if key == "d":
        return thin_path(value)
    if key in _ROUNDED:
        return _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)
    return value
