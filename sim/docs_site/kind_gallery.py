"""Kind gallery: a page that shows every kind of figure, each drawn of small results, with how it is asked for."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.docs_site.page_text import plain_words, wide_picture
from sim.docs_site.site_folders import SiteError
from sim.experiment.design.experiment_checks import KEPT_TABLES
from sim.experiment.results.figure_data.figure_kinds import KINDS, FigureKind
from sim.experiment.store.part_reader import QueryError

if TYPE_CHECKING:
    from sim.experiment.results.results import Results

_TABLES = list(KEPT_TABLES)
_OUTCOMES = ["agencies", "staff", "resource_independence_p50", "unmet_need"]
SAMPLES: Mapping[str, Mapping[str, Any]] = {
    "run": {
        "title": "Beijing",
        "scenarios": ["beijing-2010"],
        "replications": 20,
        "outcomes": _OUTCOMES,
        "keep": {"tables": _TABLES},
    },
    "comparison": {
        "title": "Beijing, late payment and an open door",
        "scenarios": ["beijing-2010", "late-payment", "open-door"],
        "replications": 20,
        "outcomes": _OUTCOMES,
        "keep": {"tables": _TABLES},
    },
    "sweep": {
        "title": "Budgets and late payment",
        "scenarios": ["beijing-2010"],
        "axes": {
            "budgets": {
                "title": "Budget over today's",
                "lever": "procurement.budget_factor",
                "in": "districts",
                "values": [0.5, 0.75, 1.0, 1.25, 1.5],
            },
            "delay": {
                "title": "Delay of payment",
                "lever": "payment.delay",
                "in": "districts",
                "values": [0, 1, 2, 3, 4],
            },
        },
        "replications": 5,
        "outcomes": ["sustainability_mean", "agencies", "resource_independence_p50"],
        "keep": {"series": ["sustainability_mean", "agencies", "resource_independence_p50"]},
    },
}
"""Small results that figures are drawn of: experiments, as in their files."""

_HEAD = """# Gallery of figures

Every kind of figure that `sim plot` and `results.plot` draw of a results folder. They are drawn here of {samples};
each carries where it comes from, which `sim explain FIGURE` prints.

```sh
sim plot RESULTS --list        # which kinds a folder has what it takes for
```
"""
_SAMPLE_WORDS = {
    "run": "20 runs of a scenario",
    "comparison": "a comparison of three scenarios",
    "sweep": "a sweep over two axes",
}


def kind_page(kept: Path, workers: int, samples: Mapping[str, Mapping[str, Any]] = SAMPLES) -> str:
    """Draw every kind, and write the page.

    Parameters
    ----------
    kept : Path
        Folder for results and pictures.
    workers : int
        Processes.
    samples : mapping of str to mapping
        Experiments that are run, by the names of `SAMPLES`.

    Returns
    -------
    str
        Markdown.

    Raises
    ------
    SiteError
        If a kind can be drawn of none of the samples.
    """
    found = {name: sample_results(values, kept / "samples" / name, workers) for name, values in samples.items()}
    parts = [_HEAD.format(samples=", ".join(_SAMPLE_WORDS.values()))]
    parts += [_section(kind, kept, found) for kind in KINDS]
    return "\n".join(parts)


def sample_results(values: Mapping[str, Any], folder: Path, workers: int) -> Results:
    """Results of a sample, which are run anew where other sources made them."""
    from sim.experiment.experiment_api import Experiment
    from sim.experiment.store.atomic_files import StoreError

    experiment = Experiment.of(values, folder.name)
    try:
        return experiment.run(folder, workers=workers)
    except StoreError:
        shutil.rmtree(folder)
        return experiment.run(folder, workers=workers)


def _section(kind: FigureKind, kept: Path, samples: Mapping[str, Results]) -> str:
    sample, alternative = draw_kind(kind, kept, samples)
    needs = f"- Needs: {_needs(kind)}.\n"
    takes = f"- Options: {', '.join(f'`{name}`' for name in kind.options)}.\n" if kind.options else ""
    words = f"- `by` may be: {', '.join(f'`{word}`' for word in kind.by)}.\n" if kind.by else ""
    call = f'```sh\nsim plot RESULTS --kind {kind.name}\n```\n\n```python\nresults.plot("{kind.name}")\n```\n'
    picture = wide_picture(f"kind-{kind.name}.png", alternative) + f"\n\n*Of {_SAMPLE_WORDS[sample]}.*\n"
    return "\n".join(
        [f"## {plain_words(kind.title)}\n", f"{plain_words(kind.answers)}\n", picture, needs + takes + words, call]
    )


def _needs(kind: FigureKind) -> str:
    points = ["two points or more"] if kind.several else []
    tables = ["the table " + " or ".join(f"`{name}`" for name in choice) for choice in kind.tables]
    return ", ".join([*points, *tables]) or "any results"


def draw_kind(kind: FigureKind, kept: Path, samples: Mapping[str, Results]) -> tuple[str, str]:
    """Draw a kind of the first sample that has what it takes; give the sample's name and what the figure shows."""
    refused = []
    # A threshold is for what is drawn over the axes of a sweep; other kinds are shown of what is simplest.
    names = sorted(samples, key=lambda name: name != "sweep") if "threshold" in kind.options else list(samples)
    for name in names:
        try:
            figure = samples[name].plot(kind.name)
        except QueryError as error:
            refused.append(f"{name}: {error}")
            continue
        (kept / "pictures").mkdir(parents=True, exist_ok=True)
        figure.savefig(kept / "pictures" / f"kind-{kind.name}.png")
        return name, figure.alternative
    raise SiteError(f"the kind {kind.name} can be drawn of no sample of the gallery: " + "; ".join(refused))
