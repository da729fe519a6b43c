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
    ("['0101'::bit]", '["0101"]'),
    ("{'bit': '01'::bit, 'a \"b': [3::bignum]}", '{"bit": "01", "a \\"b": ["3"]}'),
    ("map(['1'::bit], ['10:00:00+02'::timetz])", '{"1": "10:00:00+02"}'),
    ("['1'::bit]::bit[1]", '["1"]'),
    ("union_value(x := '101'::bit)", "101"),
    ("340282366920938463463374607431768211455::uhugeint", "340282366920938463463374607431768211455"),
    ("[340282366920938463463374607431768211455::uhugeint]", '["340282366920938463463374607431768211455"]'),
    ("map([[1]], [{'x': 1}])", '{"[1]": {"x": 1}}'),
    ("[map([1], [2])]", '[{"1": 2}]'),
    ("{'x': map(['a'], [map(['b'], [1])])}", '{"x": {"a": {"b": 1}}}'),
    ("[1.5::double, 'nan'::double, 'inf'::double]", '[1.5, null, "inf"]'),
    ("[123456789012345678901234567890::hugeint]", "[123456789012345678901234567890]"),
    ("date 'infinity'", "infinity"),
    ("date '-infinity'", "-infinity"),
    ("timestamp 'infinity'", "infinity"),
    ("timestamp '20000-01-02 03:04:05'", "20000-01-02 03:04:05"),
    ("[date 'infinity']", "[infinity]"),
    ("true", "true"),
]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_values_of_every_type_are_written_as_csv_and_shown(tmp_path, value, text):
    sweep_folder(tmp_path)
    answer = ask(ResultArrays.open(tmp_path), f'select {value} as x, 1 as "odd ""name"')
    header, row = csv.reader(io.StringIO(answer_csv(answer)))
    assert header == ["x", 'odd "name']
    assert row == [text, "1"]
    assert text in printed(answer, 200)


@pytest.mark.parametrize("value", ["'nan'::double", "0.0 / 0.0", "'nan'::float", "corr(1.0, 1.0)"])
def test_what_a_question_makes_undefined_is_null(tmp_path, value):
    sweep_folder(tmp_path)
    answer = ask(ResultArrays.open(tmp_path), f"select {value} as x, 1 as y")
    assert answer.to_pylist() == [{"x": None, "y": 1}]
    assert answer_csv(answer) == '"x","y"\n,1\n'
    assert "–" in printed(answer, 80)


def test_infinite_numbers_are_not_shown_as_missing(tmp_path):
    sweep_folder(tmp_path)
    answer = ask(ResultArrays.open(tmp_path), "select 'inf'::double as a, '-inf'::float as b, 1e300 as c, ln(0) as d")
    assert answer_csv(answer).splitlines()[1] == "inf,-inf,1e+300,-inf"
    assert printed(answer, 80).split()[-4:] == ["∞", "−∞", "1.00e+300", "−∞"]


def test_an_order_stays_where_types_are_changed(tmp_path):
    sweep_folder(tmp_path)
    query = "select n::double as x, '1'::bit as b from range(5000) t(n) order by (n * 7919) % 5000 desc"
    answer = ask(ResultArrays.open(tmp_path), query)
    assert answer["x"].to_pylist() == sorted(range(5000), key=lambda n: -(n * 7919 % 5000))


def test_columns_are_as_wide_as_their_characters_and_hold_no_codes():
    text = printed(pa.table({"列名": ["漢字"], "b": ["\x1b[31mred\x00 \u202e"]}), 80)
    assert "列名" in text
    assert "漢字" in text
    assert r"\x1b[31mred\x00 \u202e" in text
