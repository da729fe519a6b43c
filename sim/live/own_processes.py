"""Own processes: how a module of this package is started as a process of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]


def module_command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package; a folder `sim` where the user happens to be is not ours."""
    return [sys.executable, "-P", "-m", module, *arguments]


def module_environment() -> dict[str, str]:
    """The environment in which it finds the package that is running now."""
    path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))
    return os.environ | {"PYTHONPATH": path}
