"""Optional packages: how one that is missing is installed, from a checkout or from a package index."""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(__file__).parents[3]


def install_command(extra: str, root: Path = _ROOT) -> str:
    """The command that installs what an extra needs into the environment that runs this.

    Parameters
    ----------
    extra : str
        Name of the extra in ``pyproject.toml``.
    root : Path
        Folder above the package; a checkout has a ``pyproject.toml`` there.
    """
    what = f"-e '{root}[{extra}]'" if (root / "pyproject.toml").is_file() else f"'social-work-sim[{extra}]'"
    return f"{sys.executable or 'python'} -m pip install {what}"
