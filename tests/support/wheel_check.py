"""The built package on its own: sdist and wheel, installed without the checkout, run a shipped scenario.

`python -m tests.support.wheel_check` builds both in a folder that is removed afterwards, installs the wheel that comes
from the sdist into an empty environment and uses it there as a user would. The exit status is 1 where a step fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEEDED = [
    "sim/py.typed",
    "sim/pages/templates/base.html",
    "sim/report/evidence.json",
    "sim/report/templates/report.html",
    "sim/_shipped/scenarios/beijing-2010.yaml",
    "sim/_shipped/experiments/association.yaml",
    "sim/_shipped/experiments/validation/patterns.yaml",
    "sim/_shipped/experiments/validation/without.yaml",
]
UNWANTED = ("sim/docs_site/", "tests/", "docs/")
USE = """
import sim
from sim.run import simulate
result = simulate(sim.CompiledScenario.of(sim.load_scenario("beijing-2010").scenario), seed=1)
assert "site-packages" in sim.__file__, sim.__file__
assert result.sector["unmet_need"].size > 0
print("sim", sim.__version__, "from", sim.__file__)
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a step and give what it wrote; Python's own settings, which could lead to the checkout, are left out."""
    print("$", " ".join(str(part) for part in command), flush=True)
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(command, cwd=cwd, env=clean, check=True, text=True, stdout=subprocess.PIPE).stdout


def contents(wheel: Path) -> set[str]:
    """Names of the files in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def licences() -> list[str]:
    """Files of licences that the project declares."""
    declared: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["license-files"]
    return declared


def build(folder: Path) -> Path:
    """Build sdist and wheel from the checkout, a second wheel from the sdist, and give that one."""
    run(sys.executable, "-m", "hatchling", "build", "-d", folder / "dist", cwd=ROOT)
    (sdist,) = (folder / "dist").glob("*.tar.gz")
    (direct,) = (folder / "dist").glob("*.whl")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "source", filter="data")
    (source,) = (folder / "source").iterdir()
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "wheel", cwd=source)
    (wheel,) = (folder / "wheel").glob("*.whl")
    if different := contents(wheel) ^ contents(direct):
        raise SystemExit(f"the wheels of checkout and sdist differ in {sorted(different)}")
    inside = contents(wheel)
    missing = set(NEEDED) - inside
    # The folder of facts on the package is named after its version.
    missing |= {name for name in licences() if not any(each.endswith(f".dist-info/licenses/{name}") for each in inside)}
    if missing:
        raise SystemExit(f"the wheel lacks {sorted(missing)}")
    if unwanted := [name for name in inside if name.startswith(UNWANTED)]:
        raise SystemExit(f"the wheel has {unwanted}, which only a checkout needs")
    return wheel


def use(wheel: Path, folder: Path) -> None:
    """Install a wheel into an empty environment and run what it ships, from a folder that holds nothing else."""
    place = folder / "elsewhere"
    place.mkdir()
    run(sys.executable, "-m", "venv", folder / "venv", cwd=place)
    programs = folder / "venv" / "bin"
    locked = ROOT / "requirements" / "lock.txt"
    install = [programs / "python", "-m", "pip", "install", "--quiet", "--no-compile", "--disable-pip-version-check"]
    run(*install, "--constraint", locked, wheel, cwd=place)
    print(run(programs / "python", "-c", USE, cwd=place), end="")
    print(run(programs / "sim", "--version", cwd=place), end="")
    names = run(programs / "sim", "scenarios", cwd=place)
    if missing := [path.stem for path in (ROOT / "scenarios").glob("*.yaml") if path.stem not in names]:
        raise SystemExit(f"'sim scenarios' of the wheel lacks {sorted(missing)}")
    print(run(programs / "sim", "run", "beijing-2010", "--replications", "2", "--out", "made", cwd=place), end="")
    if not list((place / "made").rglob("*.parquet")):
        raise SystemExit("the run of the wheel left no tables")


def main() -> int:
    """Do all steps; say which one failed."""
    with tempfile.TemporaryDirectory(prefix="sim-wheel-") as name:
        folder = Path(name)
        try:
            use(build(folder), folder)
        except subprocess.CalledProcessError as error:
            print(f"FAILED with status {error.returncode}: {' '.join(map(str, error.cmd))}\n{error.stdout}")
            return 1
    print("The wheel runs without the checkout.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
