"""Site folders: where the site is made from, and where it is made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The checkout."""
DOCS = ROOT / "docs"


class SiteError(Exception):
    """A page cannot be made as it is written; the message names the file and what is wrong in it."""


@dataclass(frozen=True)
class SiteFolders:
    """Folders of one build.

    Attributes
    ----------
    build : Path
        The folder that holds all of them, git-ignored.
    """

    build: Path = ROOT / "build"

    @property
    def source(self) -> Path:
        """Pages as Sphinx reads them; written anew by each build."""
        return self.build / "site-source"

    @property
    def html(self) -> Path:
        """The site."""
        return self.build / "site"

    @property
    def parsed(self) -> Path:
        """What Sphinx has read."""
        return self.build / "site-parsed"

    @property
    def kept(self) -> Path:
        """Results and pictures of the gallery, kept from one build to the next."""
        return self.build / "site-gallery"
