"""Tile data: numbers of communities are those of the table; too many are districts, and that is said."""

import pytest

from sim.experiment.results.figure_data import tile_data
from sim.experiment.store.part_reader import QueryError

COLUMNS = ["point", "replication", "date", "community", "district", "unmet", "hours"]


def communities(results, year, point=0):
    table = results.table("communities", COLUMNS)
    return table[(table.point == point) & (table.date.dt.year == year)]


def test_numbers_are_means_over_runs_and_quarters(kept):
    figure = kept.plot("tiles", outcomes=["unmet", "hours"], year=2012)
    table = communities(kept, 2012)
    numbers = figure.numbers
    rows = zip(numbers["number"], numbers["group"], numbers["community"], numbers["mean"], strict=True)
    wanted = table.groupby(["district", "community"], observed=True)[["unmet", "hours"]].mean()
    for number, group, community, mean in rows:
        assert mean == pytest.approx(wanted.at[(group, community), number], rel=1e-5)
    assert len(numbers["mean"]) == 2 * len(wanted)
    assert len(figure.axes[0].patches) == len(wanted)


def test_districts_are_named_with_their_mean(kept):
    figure = kept.plot("tiles")
    words = [each.get_text() for each in figure.axes[0].texts]
    means = communities(kept, 2012).groupby("district", observed=True).unmet.mean()
    for district, mean in means.items():
        said = words[words.index(district) + 1]
        assert said.startswith("mean ")
        assert float(said.split()[1]) == pytest.approx(mean, abs=0.006)


def test_too_many_communities_are_districts_and_that_is_said(kept, monkeypatch):
    monkeypatch.setattr(tile_data, "MOST_TILES", 10)
    figure = kept.plot("tiles")
    means = communities(kept, 2012).groupby("district", observed=True).unmet.mean()
    drawn = dict(zip(figure.numbers["district"], figure.numbers["mean"], strict=True))
    assert drawn == pytest.approx(means.to_dict(), rel=1e-5)
    assert any("too many" in each.get_text() for each in figure.texts)
    monkeypatch.setattr(tile_data, "MOST_TILES", 1)
    with pytest.raises(QueryError, match="at most 1"):
        kept.plot("tiles")


def test_what_communities_do_not_have_is_refused(kept):
    with pytest.raises(QueryError, match="did you mean 'unmet'"):
        kept.plot("tiles", outcomes="unmett")
    with pytest.raises(QueryError, match="no number of communities 'district'"):
        kept.plot("tiles", outcomes="district")
    with pytest.raises(QueryError, match="at most 4"):
        kept.plot("tiles", outcomes=["unmet", "hours", "strength", "agencies", "pressure"])


def test_fields_and_one_run(single):
    figure = single.plot("tiles", outcomes=["unmet_elderly", "hours"])
    figure.savefig(single.path / "tiles.png")
    assert {"unmet_elderly", "hours"} == set(figure.numbers["number"])
