"""Flow data: amounts by payer, payee and purpose are those of the table of money."""

import pytest

from sim.experiment.store.part_reader import QueryError


def flows(figure):
    columns = figure.numbers
    keys = zip(columns["payer"], columns["payee"], columns["purpose"], strict=True)
    return dict(zip(keys, columns["mean"], strict=True))


def test_amounts_are_those_of_the_year(kept):
    figure = kept.plot("flows", year=2011, points="1")
    table = kept.table("money").query("point == 1")
    table = table[(table.date.dt.year == 2011) & (table.purpose != "opening")]
    wanted = table.groupby(["payer_kind", "payee_kind", "purpose"], observed=True).amount.sum() / 4
    assert flows(figure) == pytest.approx(wanted.to_dict())
    assert list(flows(figure).values()) == pytest.approx(sorted(wanted, reverse=True))


def test_bars_and_what_is_not_shown(kept):
    figure = kept.plot("flows", count=3)
    bars = [patch.get_width() for patch in figure.axes[0].patches]
    amounts = list(flows(figure).values())
    assert bars == pytest.approx(amounts[:3])
    text = " ".join(each.get_text() for each in figure.texts)
    assert f"Not shown: {len(amounts) - 3} smaller flows" in text
    rest = 100 * sum(amounts[3:]) / sum(amounts)
    assert f"({rest:.1f} % of the total)" in text
    assert "in 2012" in figure.title or "in 2012" in text


def test_what_agencies_pay_is_hatched(kept):
    figure = kept.plot("flows", count=200)
    pays = [key[0] == "agency" and key[1] != "agency" for key in flows(figure)]
    assert [bool(patch.get_hatch()) for patch in figure.axes[0].patches] == pays
    assert True in pays


def test_a_year_in_part_is_said_and_one_outside_is_refused(kept):
    assert "2 of its quarters" in kept.plot("flows", year=2009).title
    with pytest.raises(QueryError, match="2009-Q3 to 2012-Q4"):
        kept.plot("flows", year=2008)


def test_one_run_has_no_band(single):
    figure = single.plot("flows")
    assert not figure.axes[0].lines
    figure.savefig(single.path / "flows.svg")
