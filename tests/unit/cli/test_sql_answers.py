"""SQL answers on the screen and as CSV."""

import io

import pyarrow as pa
import pytest
from rich.console import Console

from sim.cli.terminal.sql_answers import MOST_ROWS, answer_table


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
