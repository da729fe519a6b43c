"""Diagram drawing: ``python -m sim.docs_site.diagram_drawing`` draws the mermaid diagrams that have changed.

Needs Node's ``npx`` and Chromium (or the browser that ``PUPPETEER_EXECUTABLE_PATH`` names); building the site needs
neither.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sim.docs_site.diagram_files import DIAGRAMS, diagram_file, diagram_mark, diagram_picture, written_diagrams
from sim.docs_site.site_folders import SiteError

_DRAWER = "@mermaid-js/mermaid-cli@11"
# Families of one metric: words keep within their boxes whichever of them a reader has.
_FONTS = "Arial, Helvetica, 'Liberation Sans', sans-serif"
_LOOK = {
    "theme": "base",
    "deterministicIds": True,
    "htmlLabels": False,  # words as SVG text, which pictures in a page may hold
    "fontFamily": _FONTS,
    "themeVariables": {
        "primaryColor": "#f4f6f8",
        "primaryBorderColor": "#5b6770",
        "primaryTextColor": "#1b1f23",
        "lineColor": "#5b6770",
        "edgeLabelBackground": "#ffffff",
        "clusterBkg": "#ffffff",
        "clusterBorder": "#a9b3bb",
        "fontFamily": _FONTS,
    },
}


def draw_diagram(code: str, name: str) -> str:
    """Draw a diagram.

    Parameters
    ----------
    code : str
        In mermaid's language.
    name : str
        Begins the names of styles in the drawing.

    Returns
    -------
    str
        SVG, with the digest of the code at its end.

    Raises
    ------
    CalledProcessError
        If it cannot be drawn.
    """
    browser = os.environ.get("PUPPETEER_EXECUTABLE_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory(prefix="sim-tmp-") as place:
        folder = Path(place)
        (folder / "code.mmd").write_text(code, encoding="utf-8")
        (folder / "look.json").write_text(json.dumps(_LOOK), encoding="utf-8")
        (folder / "browser.json").write_text(json.dumps({"executablePath": browser, "args": ["--no-sandbox"]}))
        files = ["-i", "code.mmd", "-o", "out.svg", "-c", "look.json", "-p", "browser.json", "-I", name]
        without = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
        subprocess.run(["npx", "--yes", _DRAWER, *files], cwd=folder, env=without, check=True, stdout=sys.stderr)
        return _shortened((folder / "out.svg").read_text(encoding="utf-8")) + diagram_mark(code) + "\n"


def _shortened(drawing: str) -> str:
    """Coordinates to a hundredth: what is finer nobody sees, and it makes up most of the file."""
    return re.sub(r"(?<=\.\d\d)\d+", "", drawing).rstrip() + "\n"


def main() -> None:
    """Draw what has changed, and remove drawings of which there is no diagram."""
    DIAGRAMS.mkdir(parents=True, exist_ok=True)
    kept = set()
    for origin, number, code in written_diagrams():
        path = diagram_file(origin, number)
        kept.add(path)
        try:
            diagram_picture(origin, number, code)
        except SiteError:
            path.write_text(draw_diagram(code, path.stem), encoding="utf-8")
            sys.stdout.write(f"drew {path}\n")
    for path in set(DIAGRAMS.glob("*.svg")) - kept:
        path.unlink()


if __name__ == "__main__":
    main()
