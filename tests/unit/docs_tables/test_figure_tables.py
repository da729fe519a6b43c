"""The pages on figures: their tables are what the declarations say today, and every option has its meaning."""

import dataclasses

from sim.docs_tables.document_blocks import FIGURES, renewed
from sim.docs_tables.figure_tables import flag, kinds_table, option_meanings
from sim.experiment.results.figure_data.figure_kinds import KINDS
from sim.experiment.results.figure_data.figure_options import FigureOptions


def test_the_pages_on_figures_are_up_to_date():
    assert FIGURES.read_text(encoding="utf-8") == renewed(FIGURES), "run 'make docs'"


def test_every_kind_and_option_is_described():
    table = kinds_table()
    for kind in KINDS:
        row = next(line for line in table.splitlines() if line.startswith(f"| `{kind.name}` |"))
        assert kind.title in row
        assert all(f"`{flag(name)}`" in row for name in kind.options)
    assert {*option_meanings()} == {field.name for field in dataclasses.fields(FigureOptions)}
    assert all(meaning.endswith(".") for meaning in option_meanings().values())
