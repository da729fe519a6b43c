"""Scenario pictures: a small run of each shipped scenario, drawn as `sim run` draws it, and kept for the next build."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from sim.docs_site.scenario_facts import scenario_facts

if TYPE_CHECKING:
    from PIL.Image import Image

    from sim.experiment.design.checked_design import Design

PACKAGE = Path(__file__).parents[1]
USUAL_RUNS = 20
RUNS = {"national": 2}
"""Replications of a scenario that is large; all others have `USUAL_RUNS`."""
SMALL_WIDTH = 480
_COLOURS = 128
_DRAWING = ("plots", "cli/curve_drawing.py", "docs_site/scenario_pictures.py")


def draw_scenarios(kept: Path, workers: int) -> None:
    """Run and draw what is not drawn yet, or was drawn by other sources: ``pictures/NAME.png`` and ``NAME-small.png``.

    Parameters
    ----------
    kept : Path
        Folder for runs and pictures.
    workers : int
        Processes.
    """
    (kept / "pictures").mkdir(parents=True, exist_ok=True)
    # What takes longest comes first.
    names = sorted((each.name for each in scenario_facts()), key=lambda name: name not in RUNS)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(draw_scenario, names, [kept] * len(names)))


def draw_scenario(name: str, kept: Path) -> None:
    """Run and draw one scenario, unless that is done."""
    from sim.experiment.design.experiment_file import Keep
    from sim.experiment.design.run_design import run_design
    from sim.experiment.store.identity import identity
    from sim.scenario import load_scenario_file

    keep = Keep(series=[], tables=["sector", "triggers"])
    runs = RUNS.get(name, USUAL_RUNS)
    design = run_design(load_scenario_file(name), name, replications=runs, keep=keep)
    made_from = json.dumps([identity(design), runs, sources_digest(_DRAWING)], sort_keys=True)
    files = [kept / "pictures" / f"{name}{ending}.png" for ending in ("", "-small")]
    note = kept / "made-from" / f"{name}.json"
    if all(file.is_file() for file in files) and note.is_file() and note.read_text(encoding="utf-8") == made_from:
        return
    overview = _overview(_run(design, kept / "runs" / name))
    for file, content in zip(files, pictures(overview), strict=True):
        file.write_bytes(content)
    note.parent.mkdir(exist_ok=True)
    note.write_text(made_from, encoding="utf-8")


def sources_digest(places: Sequence[str]) -> str:
    """Digest of files and packages of `sim/`."""
    found = hashlib.sha256()
    for place in places:
        path = PACKAGE / place
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            found.update(file.read_bytes())
    return found.hexdigest()


def _run(design: Design, folder: Path) -> Path:
    from sim.experiment.execute.progress_reporter import NullProgress
    from sim.experiment.execute.requests import run
    from sim.experiment.store.atomic_files import StoreError

    try:
        run(design, folder, 1, NullProgress())
    except StoreError:
        # Made by other sources, or left by a build that was stopped.
        shutil.rmtree(folder)
        run(design, folder, 1, NullProgress())
    return folder


def _overview(folder: Path) -> bytes:
    from sim.cli.curve_drawing import read_plot_data
    from sim.experiment.results.result_arrays import ResultArrays
    from sim.plots.curve_figures import overview_figure, texts
    from sim.plots.figure_style import house_style, png
    from sim.plots.font_choice import choose_fonts

    data = read_plot_data(ResultArrays.open(folder))
    with house_style(choose_fonts(texts(data)).families):
        return png(overview_figure(data))


def pictures(drawn: bytes) -> tuple[bytes, bytes]:
    """A drawing with few colours, which halves its size, and a small one that leads to it."""
    from PIL import Image

    large = Image.open(io.BytesIO(drawn)).convert("RGB")
    small = large.resize((SMALL_WIDTH, round(SMALL_WIDTH * large.height / large.width)), Image.Resampling.LANCZOS)
    return _png(large), _png(small)


def _png(picture: Image) -> bytes:
    sink = io.BytesIO()
    picture.quantize(_COLOURS).save(sink, "PNG", optimize=True)
    return sink.getvalue()
