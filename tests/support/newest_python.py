"""Tests on the newest Python here: finds it, installs the locked dependencies there, runs pytest.

`python -m tests.support.newest_python ARGUMENTS` passes the arguments on to pytest; `--ready` alone stops before the
tests, when all is installed and the rules are compiled. Interpreters are looked for on the
`PATH` and among those of pyenv; one that cannot start, or that a dependency does not support yet, is passed over with a
line. Where none is newer than the one that runs this, a line says so and the exit status is 0.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".venv-newest"
LOCK = ROOT / "requirements" / "lock.txt"
OLDEST, NEWEST = 11, 16
"""Minor versions of Python 3 to look for on the `PATH`."""
ASK = "import ensurepip, sys, venv; print(*sys.version_info[:3], sys.version_info.releaselevel)"


def candidates() -> Iterator[Path]:
    """Programs that may be a Python: by name on the `PATH`, and all that pyenv has."""
    for minor in range(OLDEST, NEWEST + 1):
        if found := shutil.which(f"python3.{minor}"):
            yield Path(found)
    if shutil.which("pyenv"):
        asked = subprocess.run(["pyenv", "root"], capture_output=True, text=True, check=False)
        yield from sorted(Path(asked.stdout.strip(), "versions").glob("3.*/bin/python3"))


def version_of(program: Path) -> tuple[int, ...] | None:
    """Version of an interpreter; None for one that does not start, cannot make environments or is no release."""
    try:
        asked = subprocess.run([program, "-c", ASK], capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    *numbers, level = asked.stdout.split() or [""]
    return tuple(map(int, numbers)) if asked.returncode == 0 and level == "final" else None


def newer_interpreters() -> list[tuple[tuple[int, ...], Path]]:
    """Interpreters of a later minor version than this one's, the newest first."""
    versions = {program: version_of(program) for program in candidates()}
    working = [(version, program) for program, version in versions.items() if version]
    return sorted((pair for pair in working if pair[0][:2] > sys.version_info[:2]), reverse=True)


def environment(version: tuple[int, ...], program: Path) -> Path | None:
    """Python of an environment with all dependencies, made when it is missing or out of date; None where it cannot."""
    python, stamp = FOLDER / "bin" / "python", FOLDER / "installed"
    made_of = f"{version}\n{LOCK.read_text()}\n{(ROOT / 'pyproject.toml').read_text()}"
    if stamp.exists() and stamp.read_text() == made_of:
        return python
    shutil.rmtree(FOLDER, ignore_errors=True)
    packages = ["--constraint", LOCK, "--editable", f"{ROOT}[dev]"]
    if uv := shutil.which("uv"):
        make = [program, "-m", "venv", "--without-pip", FOLDER]
        install = [uv, "pip", "install", "--quiet", "--python", python, *packages]
    else:
        make = [program, "-m", "venv", FOLDER]
        quiet = ["--quiet", "--no-compile", "--disable-pip-version-check", "--only-binary", "numba,llvmlite,pyarrow"]
        install = [python, "-m", "pip", "install", *quiet, *packages]
    for command in (make, install):
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            return None
    stamp.write_text(made_of)
    return python


def main(arguments: list[str]) -> int:
    """Run pytest with arguments on the newest Python that takes the dependencies; with `--ready`, only prepare it."""
    tests = [] if arguments == ["--ready"] else [["pytest", *arguments]]
    for version, program in newer_interpreters():
        name = ".".join(map(str, version))
        print(f"Newest Python: {name} ({program})", flush=True)
        python = environment(version, program)
        if python:
            clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "VIRTUAL_ENV")}
            for command in (["tests.support.compile_rules"], *tests):
                if failed := subprocess.run([python, "-m", *command], cwd=ROOT, env=clean, check=False).returncode:
                    return failed
            return 0
        print(f"The dependencies cannot be installed for Python {name}; trying the next.", flush=True)
    print(f"No newer Python than {sys.version.split()[0]} that works was found here: nothing more to test.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
