"""API reference: which names have a page, and the pages, which Sphinx fills from the docstrings."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module


@dataclass(frozen=True)
class ReferencePage:
    """A page of the reference.

    Attributes
    ----------
    name, title, text : str
        Of the page; the text says what it is about.
    names : sequence of str
        Classes, functions and exceptions, as they are imported.
    modules : sequence of str
        Modules of which every public name is shown, and packages of which every module is.
    """

    name: str
    title: str
    text: str
    names: Sequence[str] = ()
    modules: Sequence[str] = field(default=())

    def markdown(self) -> str:
        """The page."""
        parts = [f"# {self.title}\n\n{self.text}\n"]
        parts += [_directive(name) for name in self.names]
        parts += [f"## `{module}`\n\n" + _block("automodule", module, ":members:") for module in self.all_modules()]
        return "\n".join(parts)

    def all_modules(self) -> Iterator[str]:
        """The modules, those of packages too."""
        for name in self.modules:
            found = import_module(name)
            if hasattr(found, "__path__"):
                yield from sorted(
                    f"{name}.{each.name}" for each in pkgutil.iter_modules(found.__path__) if not each.ispkg
                )
            else:
                yield name


REFERENCE = (
    ReferencePage(
        "scenarios",
        "Scenarios in Python",
        "A scenario is read from a file, from text or from a mapping, and checked. Its keys are in "
        "[the model](../model.md#11-parameters-and-levers).",
        ("sim.load_scenario", "sim.read_scenario", "sim.make_scenario", "sim.Scenario", "sim.ScenarioError"),
    ),
    ReferencePage(
        "runs",
        "One run",
        "A run of a scenario in memory, with everything that happened in it.",
        ("sim.simulate", "sim.RunResult", "sim.CompiledScenario", "sim.replication_seed"),
    ),
    ReferencePage(
        "experiments",
        "Experiments and results",
        "Many runs, kept in a folder, and what is read from it.",
        (
            "sim.Experiment",
            "sim.Results",
            "sim.experiment.results.comparison_results.Comparison",
            "sim.experiment.results.folder_comparison.FolderComparison",
            "sim.experiment.results.population_comparison.Populations",
            "sim.experiment.experiment_api.NotKeptWarning",
            "sim.experiment.store.part_reader.QueryError",
            "sim.experiment.store.atomic_files.StoreError",
            "sim.experiment.store.atomic_files.OutputExistsError",
            "sim.experiment.execute.requests.ChangedError",
        ),
        ("sim.experiment.results.table_export", "sim.experiment.execute.executor_protocol"),
    ),
    ReferencePage(
        "mesa",
        "With Mesa",
        "The model as a Mesa model, and its agents.",
        ("sim.SectorModel",),
        ("sim.mesa_agents",),
    ),
    ReferencePage(
        "validation",
        "Validation in Python",
        "What `sim validate` does, with plain values to go on with.",
        (
            "sim.validation.validation_api.validate",
            "sim.validation.without_rules.without_rules",
        ),
        ("sim.validation.statistic_type", "sim.validation.verdicts", "sim.observed"),
    ),
    ReferencePage(
        "statistics",
        "Statistics",
        "Pairs of runs, intervals, bands, groups, and over how many runs each number is.",
        modules=("sim.statistics",),
    ),
    ReferencePage(
        "plots",
        "Figures in Python",
        "Figures from plain data, and the parts that they are put together from.",
        modules=("sim.plots",),
    ),
)
"""The pages, in their order."""


def _directive(name: str) -> str:
    module, _, member = name.rpartition(".")
    found = getattr(import_module(module), member)
    if not isinstance(found, type):
        return f"## `{member}`\n\n" + _block("autofunction", name)
    if issubclass(found, Exception):
        return f"## `{member}`\n\n" + _block("autoexception", name, ":show-inheritance:")
    return f"## `{member}`\n\n" + _block(
        "autoclass", name, ":members:", ":inherited-members: BaseModel, Model, Exception, object"
    )


def _block(directive: str, name: str, *options: str) -> str:
    lines = [f".. {directive}:: {name}", *(f"   {option}" for option in options)]
    return "```{eval-rst}\n" + "\n".join(lines) + "\n```\n"
