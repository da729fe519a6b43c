"""Observed series: files are read, and every kind of mistake is named with its place and what was meant."""

import math

import pytest

from sim.declarations.input_issues import ScenarioError
from sim.observed.observed_folders import load_observed, observed_directory
from sim.observed.observed_series import read_observed

HEADER = "date,outcome,value,low,high,source"
GOOD = "2012-Q4,agencies,50,,,press"


def read(tmp_path, *lines, header=HEADER, name="beijing-2010.csv"):
    path = tmp_path / name
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return read_observed(path)


def test_a_point_has_date_value_range_and_source(tmp_path):
    points, problems = read(tmp_path, '# a remark, with "quotes', "", '2013,paid,3e8,2.5e8,,"A, B 2014"', GOOD)
    assert not problems
    year, quarter = points
    assert (str(year.date), year.outcome.name, year.value, year.source) == ("2013", "paid", 3e8, "A, B 2014")
    assert (year.low, year.high) == (2.5e8, math.inf)
    assert (str(quarter.date), quarter.low, quarter.high, quarter.line) == ("2012-Q4", 50, 50, 5)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_marks_and_line_ends_of_editors_are_read(tmp_path, data, end):
    path = tmp_path / "x.csv"
    path.write_bytes(data + end.join([HEADER, GOOD, ""]).encode())
    points, problems = read_observed(path)
    assert len(points) == 1
    assert not problems


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2012-Q5,agencies,50,,,press", ["2:1", "'2012-Q5'", "2013-Q4 or a year"]),
        ("2012/4,agencies,50,,,press", ["2:1 date", "did you mean '2012-Q4'"]),
        (",agencies,50,,,press", ["2:1 date", "no date"]),
        ("2012,agencees,50,,,press", ["2:6 outcome", "no outcome 'agencees'", "did you mean 'agencies'"]),
        ("2012,,50,,,press", ["2:6 outcome", "no outcome"]),
        ("2012,agencies,many,,,press", ["2:15 value", "'many' is not a plain number", "expected a number"]),
        ("2012,agencies,,,,press", ["2:15 value", "no value"]),
        ('2012,agencies,"1,500",,,press', ["2:15 value", "did you mean 1500"]),
        ("2012,turnover,nan,,,press", ["2:15 value", "'nan'"]),
        ("2012,turnover,1e999,,,press", ["2:15 value", "'1e999'"]),
        ("2012,government_share,70,,,press", ["2:23 value", "expected 0 to 1", "did you mean 0.7"]),
        ("2012,government_share,70 %,,,press", ["2:23 value", "did you mean 0.7"]),
        ("2012,agencies,-3,,,press", ["2:15 value", "-3 is below 0"]),
        ("2012,agencies,50,60,40,press", ["2:18 low", "the low end 60 is above the high end 40"]),
        ("2012,agencies,50,60,70,press", ["2:15 value", "outside its own range, 60 to 70"]),
        ("2012,agencies,50,60,,press", ["2:15 value", "60 to no end"]),
        ("2012,agencies,50,x,,press", ["2:18 low", "'x' is not a plain number"]),
        ("2012,agencies,50,,,", ["2:20 source", "no source"]),
        ("2012,agencies,50,,,press, 2012", [":2", "7 cells in a line of 6 columns", "quotes"]),
        ("2012,agencies", [":2", "2 cells in a line of 6 columns"]),
        ("２０１２,agencies,50,,,press", ["2:1 date", "did you mean 2012"]),  # noqa: RUF001
        ("2012年,agencies,50,,,press", ["2:1 date", "did you mean 2012"]),
        ("2012,agencies,５０,,,press", ["2:15 value", "did you mean 50"]),  # noqa: RUF001
        ("2012,paid,5万,,,press", ["2:11 value", "did you mean 50000"]),
        ("2012,agencies,约50,,,press", ["2:15 value", "did you mean 50"]),
        ("2012,agencies,40-60,,,press", ["2:15 value", "40 and 60 belong into low and high"]),
        ("2012,agencies,1e300,,,press", ["2:15 value", "expected at most 1e+15"]),
        ("2012,turnover,20,,,press", ["2:15 value", "expected 0 to 4", "did you mean 0.2"]),
        ("2012,financial_mean,0.5,,,press", ["2:6 outcome", "it is gone since 0.2", "'resource_independence_p50'"]),
        ("2012,agencies,50,,,pr\0ess", ["2:20 source", "here stands U+0000"]),
        (",,,,,", [":2", "a line of empty cells", "leave it out"]),
        ('2012,agencies,50,,,"press', [":2", "cannot be told apart", "closing quote"]),
    ],
)
def test_a_wrong_line_is_named(tmp_path, line, words):
    points, problems = read(tmp_path, line)
    assert not points
    assert len(problems) == 1
    for word in ("beijing-2010.csv", *words):
        assert word in str(problems[0])


def test_every_mistake_is_told_at_once(tmp_path):
    _, problems = read(tmp_path, "2012,agencees,many,,,", "20,agencies,1,,,press", GOOD)
    assert [problem.line for problem in problems] == [2, 2, 2, 3]


def test_a_date_and_outcome_stand_once(tmp_path):
    _, problems = read(tmp_path, GOOD, "2012,agencies,50,,,press", GOOD)
    assert [problem.line for problem in problems] == [4]
    assert "a second value of 'agencies' in 2012-Q4" in str(problems[0])
    assert problems[0].column == 1
    assert ":2" in problems[0].what


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("date,outcome,value,low,high", ["'source' is missing"]),
        ("date,outcome,value,low,high,sorce", ["unknown column 'sorce'", "did you mean 'source'"]),
        (f"{HEADER},value", ["two columns 'value'"]),
        (HEADER.replace(",", ";"), ["separated by semicolons", "expected commas"]),
        (f"{HEADER},", ["a column without a name"]),
        (HEADER.replace(",", "，"), [":1:1", "separated by full-width commas", "expected commas"]),  # noqa: RUF001
        (HEADER.replace("value", "值"), [":1:14: unknown column '值'", "'value' is missing"]),
        (HEADER.title(), [":1:6: unknown column 'Outcome'", "did you mean 'outcome'"]),
    ],
)
def test_a_wrong_header_is_named(tmp_path, header, words):
    points, problems = read(tmp_path, GOOD, header=header)
    assert not points
    for word in words:
        assert word in " ".join(map(str, problems))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"# nothing but a remark\n", "is empty"),
        (f"{HEADER}\n".encode(), "holds no point"),
        (f"{HEADER}\n2012,agencies,50,,,新闻\n".encode("gbk"), "may be GBK"),
        (f"{HEADER}\n{GOOD}".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04rest", "expected CSV in UTF-8"),
    ],
)
def test_a_file_that_is_no_csv_is_named(tmp_path, data, words):
    path = tmp_path / "beijing-2010.csv"
    path.write_bytes(data)
    points, problems = read_observed(path)
    assert not points
    assert words in " ".join(map(str, problems))


def test_the_shipped_series_are_read():
    series = {each.name: each for each in load_observed()}
    assert set(series) == {"beijing-2010", "guangzhou-centres", "national", "shenzhen-posts"}
    assert {"agencies", "turnover", "tenure"} <= set(series["shenzhen-posts"].outcomes)


def test_users_add_points_and_sectors_of_their_own(tmp_path):
    read(tmp_path, "2013-Q4,agencies,60,,,mine")
    (tmp_path / "town.yaml").write_text("extends: beijing-2010\ntitle: Town\n", encoding="utf-8")
    read(tmp_path, GOOD, name="town.csv")
    series = {each.name: each for each in load_observed(tmp_path)}
    assert series["beijing-2010"].points[-1].source == "mine"
    assert series["town"].title == "Town"


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("beijing-2010.csv", "2012-Q4,agencies,51,,,mine", ["a second value of 'agencies' in 2012-Q4"]),
        ("beijing-2010.csv", "2009,agencies,5,,,mine", ["2009 is not as a whole within", "2009-Q3 to 2024-Q2"]),
        ("beijing-2010.csv", "1999-Q1,agencies,5,,,mine", ["1999-Q1 is not within", "2009-Q3 to 2024-Q2"]),
        ("bejing-2010.csv", GOOD, ["no scenario 'bejing-2010'", "did you mean 'beijing-2010'"]),
    ],
)
def test_what_does_not_fit_a_scenario_is_named(tmp_path, name, line, words):
    read(tmp_path, line, name=name)
    with pytest.raises(ScenarioError) as caught:
        load_observed(tmp_path)
    for word in words:
        assert word in str(caught.value)


def test_a_folder_without_series_is_an_error(tmp_path):
    for folder, words in ((tmp_path / "none", "no such folder"), (tmp_path, "holds no CSV file")):
        with pytest.raises(ScenarioError, match=words):
            load_observed(folder)
    with pytest.raises(ScenarioError, match="is not a folder"):
        load_observed(observed_directory() / "national.csv")
