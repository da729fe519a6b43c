"""Table layout: blocks fit the screen, whatever script their words are in."""

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from sim.experiment.printed.table_layout import Cells, blocks


@pytest.mark.parametrize("width", [60, 80, 100, 140])
@pytest.mark.parametrize("title", ["社会工作机构数量", "Quality of for-profits", "جودة"])
def test_wide_characters_take_two_places(width, title):
    labels = [Cells("购买预算水平", "元每年", ("北京市东城区社会工作服务中心第一", "x"))]
    numbers = [Cells(f"{title} {n}", "个", ("1,234 ± 12 (8 of 40)", "–")) for n in range(6)]
    console = Console(file=io.StringIO(), width=width)
    for table in blocks(labels, numbers, width, "标题" * 40):
        console.print(table)
    text = console.file.getvalue()
    assert max(map(cell_len, text.splitlines())) <= width
    assert text.count("1,234 ± 12 (8 of 40)") == 6, "no number is folded or cut"
    assert text.count("北京市东城区社会工作服务中心第一") == text.count("购买预算水平"), "nor a name that has room"
