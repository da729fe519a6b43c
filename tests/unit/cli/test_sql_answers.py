"""SQL answers on the screen and as CSV."""

import csv
import io

import pyarrow as pa
import pytest
from rich.console import Console

from sim.cli.terminal.sql_answers import MOST_ROWS, answer_csv, answer_table
from sim.experiment.results.result_arrays import ResultArrays
from sim.experiment.results.sql_queries import ask
from tests.unit.experiment.made_up_sweeps import sweep_folder


def printed(answer, width):
    console = Console(file=io.StringIO(), width=width)
    console.print(answer_table(answer, width))
    return console.file.getvalue()


WIDE = pa.table(
    {"point": [0, 1], "scenario": ["beijing-2010"] * 2} | {f"outcome{n}_year": [0.5, n] for n in range(400)}
)


@pytest.mark.parametrize(("width", "shown"), [(80, 5), (120, 8)])
def test_as_many_columns_as_fit_are_shown_whole_and_the_others_counted(width, shown):
    text = printed(WIDE, width)
    assert max(map(len, text.splitlines())) <= width
    header = next(line for line in text.splitlines() if "point" in line).split()
    assert header == ["point", "scenario", *(f"outcome{n}_year" for n in range(shown - 2))]
    assert text.count("beijing-2010") == 2
    assert f"{402 - shown} more columns; send the answer into a pipe" in " ".join(text.split())


def test_what_fits_has_no_caption():
    text = printed(WIDE.select(["point", "scenario"]), 80)
    assert "more" not in text
    rows = printed(pa.table({"n": range(MOST_ROWS + 1)}), 80)
    assert "1 more row;" in " ".join(rows.split())


def test_a_column_that_is_wider_than_the_screen_is_folded_and_loses_nothing():
    words = " ".join(f"word{n}" for n in range(40))
    text = printed(pa.table({"error": [words], "traceback": ["Traceback\n  line 1\n  line 2"]}), 50)
    assert max(map(len, text.splitlines())) <= 50
    assert " ".join(text.split()).count("word") == 40
    assert "1 more column;" in " ".join(text.split())
    assert "line 2" in printed(pa.table({"traceback": ["Traceback\n  line 1\n  line 2"]}), 50)


VALUES = [
    ("[1, null]", "[1, null]"),
    ("{'a': 1, 'b': [1.5]}", '{"a": 1, "b": [1.5]}'),
    ("map(['x'], [2])", '{"x": 2}'),
    ("[1, 2]::int[2]", "[1, 2]"),
    ("union_value(num := 2)", "2"),
    ("'ab\\xAA'::blob", "6162aa"),
    ("'0101'::bit", "0101"),
    ("12345678901234567890123456789012345678901234567890::bignum", "1234567890" * 5),
    ("'10:00:00+01'::timetz", "10:00:00+01"),
    ("interval '14 months 3 days 1.5 seconds'", "P14M3DT1.5S"),
    ("[interval 1 day]", '["P1D"]'),
    ("date '2010-01-01'", "2010-01-01"),
    ("1.50::decimal(9, 2)", "1.50"),
    ("null::int[]", ""),
]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_values_of_every_type_are_written_as_csv_and_shown(tmp_path, value, text):
    sweep_folder(tmp_path)
    answer = ask(ResultArrays.open(tmp_path), f'select {value} as x, 1 as "odd ""name"')
    header, row = csv.reader(io.StringIO(answer_csv(answer)))
    assert header == ["x", 'odd "name']
    assert row == [text, "1"]
    assert text in printed(answer, 200)
