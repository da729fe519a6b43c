"""SVG thinning: shorter coordinates, fewer points and no ids that nothing refers to, without a visible change.

Coordinates keep a tenth of a point.  A point of a line is left out where the line without it passes within a tenth of a
point of it (Ramer, Douglas and Peucker).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter

import numpy as np
import numpy.typing as npt

_TOLERANCE = 0.1
_DIGITS = 1
_POINT = re.compile(r"([ML])\s+(-?[\d.]+(?:e-?\d+)?)\s+(-?[\d.]+(?:e-?\d+)?)")
_PLAIN = re.compile(r"[MLz\s\d.e+-]*")
"""A path of straight lines alone."""
_NO_TURN = re.compile(r"rotate\(-?0(?:\s[^)]*)?\)")
Points = npt.NDArray[np.float64]


def thin_path(path: str) -> str:
    """A path with short coordinates and without points that are not seen.

    >>> thin_path("M 0.04 0 L 5 0.01 L 10 0 L 12.5 -3 z")
    'M0 0l10 0l2.5-3z'
    """
    if not _PLAIN.fullmatch(path):
        return re.sub(r"-?\d+\.\d+(?:e-?\d+)?", lambda found: short(float(found[0])), path)
    parts = []
    for stroke in re.findall(r"M[^M]*", path):
        points = np.array([(float(x), float(y)) for _, x, y in _POINT.findall(stroke)])
        kept = points[keep(points)]
        parts.append(_stroke(kept) + ("z" if "z" in stroke else ""))
    return "".join(parts) or path


def _stroke(points: Points) -> str:
    """A line by steps, which are shorter than places: differences of rounded places, so that errors do not add up."""
    tenths = np.rint(points * 10**_DIGITS)
    steps = np.diff(tenths, axis=0) / 10**_DIGITS
    first = "M" + _pair(*(tenths[0] / 10**_DIGITS))
    return first + "".join(f"l{_pair(x, y)}" for x, y in steps if x or y)


def _pair(x: float, y: float) -> str:
    """Two coordinates; a minus sign parts them as well as a blank does."""
    second = short(y)
    return f"{short(x)}{'' if second.startswith('-') else ' '}{second}"


def short(value: float) -> str:
    """A coordinate with a tenth of a point.

    >>> short(12.04), short(-0.04), short(3.25)
    ('12', '0', '3.2')
    """
    text = f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def keep(points: Points) -> npt.NDArray[np.bool_]:
    """Which points of a line are needed.

    Parameters
    ----------
    points : float array, shape (n, 2)

    Returns
    -------
    bool array, shape (n,)
        The first and the last always are.
    """
    kept = np.zeros(len(points), np.bool_)
    kept[[0, -1]] = True
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        distances = _distances(points[first + 1 : last], points[first], points[last])
        n = int(np.argmax(distances))
        if distances[n] > _TOLERANCE:
            middle = first + 1 + n
            kept[middle] = True
            stack += [(first, middle), (middle, last)]
    return kept


def _distances(points: Points, one: Points, two: Points) -> Points:
    """Distances of points from the stretch between two points."""
    way = two - one
    length = float(way @ way)
    share = np.clip((points - one) @ way / length, 0, 1) if length else np.zeros(len(points))
    found: Points = np.hypot(*(points - one - share[:, None] * way).T)
    return found


def thin_tree(root: ET.Element) -> None:
    """Leave out what changes nothing: blanks between elements, bare groups, turns by no angle, repeated fonts."""
    fonts = Counter(font for element in root.iter() if (font := _font(element.get("style", ""))))
    usual = fonts.most_common(1)[0][0] if fonts else ""
    for element in root.iter():
        if len(element) and not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None
        if _NO_TURN.fullmatch(element.get("transform", "")):
            del element.attrib["transform"]
        if style := element.get("style"):
            element.set("style", _short_style(style, usual))
    if usual:
        root.set("style", f"{usual};{root.get('style', '')}".rstrip(";"))
    _unwrap(root)


def _font(style: str) -> str:
    return next((part.strip() for part in style.split(";") if part.strip().startswith("font-family:")), "")


def _short_style(style: str, usual: str) -> str:
    """A style without blanks, and without the font that the whole image has."""
    parts = [part.strip() for part in style.split(";")]
    return ";".join(part.replace(": ", ":", 1) for part in parts if part and part != usual)


def _unwrap(element: ET.Element) -> None:
    """Put what is in groups without any attribute in their place."""
    children: list[ET.Element] = []
    for child in list(element):
        _unwrap(child)
        bare = child.tag.endswith("}g") and not child.attrib
        children += list(child) if bare else [child]
    element[:] = children
