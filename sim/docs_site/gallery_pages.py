"""Gallery pages: kinds of figures and shipped scenarios."""

from __future__ import annotations

from pathlib import Path

from sim.docs_site.kind_gallery import kind_page
from sim.docs_site.scenario_gallery import scenario_pages
from sim.docs_site.scenario_pictures import draw_scenarios


def gallery_pages(kept: Path, workers: int) -> tuple[dict[str, str], list[str]]:
    """Draw what the gallery shows, and make its pages.

    Parameters
    ----------
    kept : Path
        Folder where results and pictures are kept.
    workers : int
        Processes.

    Returns
    -------
    pages : dict of str to str
        Places and Markdown.
    listed : list of str
        Those that the navigation lists.
    """
    draw_scenarios(kept, workers)
    figures = kind_page(kept, workers)
    return {"gallery/figures.md": figures, **scenario_pages()}, ["gallery/figures", "gallery/scenarios"]
