"""Wholes that are not what their parts come to, in sentences and in tables; what is no sum is left alone."""

from __future__ import annotations

import pytest

from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from plans_repo.text.finding.sums import WrongSum, wrong_sums
from plans_repo.text.quantities import quantities


def of(text: str) -> list[tuple[str, str]]:
    return [(one.whole, one.added) for one in wrong_sums([Clause(id="a", kind=ClauseKind.BODY, text=text)])]


def in_table(*rows: tuple[str, ...]) -> list[WrongSum]:
    return list(wrong_sums([a_table(*rows)]))


def a_table(*rows: tuple[str, ...]) -> Clause:
    cells = tuple(tuple(Cell(content=(words,) if words else ()) for words in row) for row in rows)
    return Clause(id="t", kind=ClauseKind.TABLE, table=Table(rows=cells))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("抢险队伍共3支180人，其中县消防救援大队60人、县民兵应急分队80人、水利专业抢险队50人。", ("180人", "190")),
        ("储备编织袋5,000条，分别为县仓库3,000条、双堤镇1,500条。", ("5,000条", "4500")),
        ("队伍３支１８０人（其中消防大队60人、民兵分队80人、抢险队50人）。", ("180人", "190")),
    ],
)
def test_a_whole_that_is_not_its_parts_is_told(text: str, told: tuple[str, str]) -> None:
    assert of(text) == [told]


@pytest.mark.parametrize(
    "text",
    [
        "抢险队伍共3支190人，其中县消防救援大队60人、县民兵应急分队80人、水利专业抢险队50人。",
        "全县现有队员180人，其中党员60人、专业队员150人。",  # they overlap
        "全县现有队员180人，其中县消防救援大队60人、县民兵应急分队80人。",  # not all are listed
        "全县现有4支180人，其中县消防救援大队60人、县民兵应急分队80人等。",
        "全县现有3支180人，其中县消防救援大队60人、冲锋舟12艘、县民兵应急分队80人。",
        "死亡3人，其中男性2人。",
    ],
)
def test_parts_that_come_out_overlap_or_are_not_all_are_left_alone(text: str) -> None:
    assert of(text) == []


def test_a_column_is_added_up_to_its_total() -> None:
    (found,) = in_table(
        ("乡镇", "村", "人口（人）", "联系电话"),
        ("城关镇", "东门村", "1210", "5512345"),
        ("城关镇", "河口村", "986", "5512346"),
        ("合计", "", "2296", "5512347"),
    )
    assert (found.column, found.whole, found.added, found.parts) == ("人口（人）", "2296", "2196", ("1210", "986"))


def test_a_total_of_subtotals_and_a_column_with_words_are_read_as_they_are() -> None:
    rows = [
        ("地点", "人数", "责任人"),
        ("一组", "10", "甲"),
        ("二组", "20", "乙"),
        ("小计", "30", ""),
        ("三组", "5", "丙"),
        ("四组", "6", "丁"),
        ("小计", "11", ""),
        ("合计", "41", ""),
    ]
    assert in_table(*rows) == []
    assert [one.whole for one in in_table(*rows[:-1], ("合计", "43", ""))] == ["43"]
    assert in_table(("地点", "人数"), ("一组", "10"), ("二组", "约20"), ("合计", "40")) == []
    assert in_table(("项目", "占比"), ("甲", "10"), ("乙", "20"), ("合计", "100")) == []


def test_a_cell_over_several_rows_counts_once() -> None:
    def cell(words: str, rows: int = 1) -> Cell:
        return Cell(content=(words,), rows=rows)

    table = Table(
        rows=(
            (cell("点"), cell("人数")),
            (cell("一组"), cell("10", 2)),
            (cell("二组"),),
            (cell("三组"), cell("5")),
            (cell("合计"), cell("15")),
        )
    )
    assert list(wrong_sums([Clause(id="t", kind=ClauseKind.TABLE, table=table)])) == []


def test_the_ledger_takes_bare_numbers_under_the_head_of_their_column() -> None:
    found = quantities(
        [
            a_table(
                ("乡镇", "村", "人口（人）", "序号"),
                ("城关镇", "东门村", "1,210", "1"),
                ("合计", "", "1210", ""),
            ),
            a_table(("名称", "数量", "单位"), ("冲锋舟", "12", "艘"), ("发电机", "3台", "")),
        ]
    )
    assert [(one.quotation, one.unit, one.low, one.about) for one in found] == [
        ("1,210", "人", 1210.0, "城关镇东门村 人口"),
        ("1210", "人", 1210.0, "合计 人口"),
        ("12", "艘", 12.0, "冲锋舟"),
        ("3台", "台", 3.0, "发电机"),
    ]


def test_what_each_has_is_in_no_sum_with_a_total() -> None:
    assert of("全县储备帐篷2000顶，包括县级800顶、各乡镇100顶。共180人，分别为县消防大队100人、每个乡镇20人。") == []
    assert of("共储备2000顶，包括县级800顶、市级100顶。") == [("2000顶", "900")]
    rows = (
        ("储备点", "帐篷（顶）", "每村配备（台）"),
        ("县库", "800", "3"),
        ("各乡镇", "100", "3"),
        ("合计", "2000", "3"),
    )
    assert in_table(*rows) == []
    assert [one.added for one in in_table(*rows[:2], ("双堤镇", "100", "3"), rows[3])] == ["900"]
