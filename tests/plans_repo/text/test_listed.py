"""Lists in prose: read and written unchanged they say the same, a change of a row changes its own words alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans_repo.errors import PlansRepoError
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.list_reading import listed_in, rewritten
from plans_repo.text.listed import Listed, ListKind, Row

UNITS = ("县应急局", "县水利局", "县公安局", "国网清川县供电公司", "县教育局、县民政局", "双堤镇人民政府")
WORDS = st.text("负责组织监测预警转移安置物资道路管制会商，、《》（）2024年", min_size=2, max_size=30).map(
    lambda words: f"做{words}好"
)


def a_clause(title: str, text: str) -> Clause:
    return Clause(id="a", kind=ClauseKind.HEADING, title=title, text=text)


def read(title: str, text: str) -> Listed:
    found = listed_in(a_clause(title, text))
    assert found is not None, text
    return found


@st.composite
def duties(draw: st.DrawFn) -> str:
    is_counted, mark, end = draw(st.booleans()), draw(st.sampled_from("：:")), draw(st.sampled_from(["。", "；", ""]))
    units = draw(st.lists(st.sampled_from(UNITS), min_size=2, max_size=6))
    lines = [f"{f'（{at}）' if is_counted else ''}{unit}{mark}{draw(WORDS)}{end}" for at, unit in enumerate(units, 1)]
    return "\n".join(lines) + draw(st.sampled_from(["", "\n"]))


@st.composite
def supplies(draw: st.DrawFn) -> str:
    names = draw(
        st.lists(st.sampled_from(["融雪剂", "编织袋", "应急发电机（50千瓦）", "救生衣"]), min_size=2, max_size=5)
    )
    said = "、".join(f"{name}{draw(st.integers(1, 99_999)):,}{draw(st.sampled_from('吨条台件'))}" for name in names)
    return (
        draw(st.sampled_from(["", "储备", "县级仓库储备点存"]))
        + said
        + draw(st.sampled_from(["。", "，存放在县城。", ""]))
    )


@st.composite
def conditions(draw: st.DrawFn) -> str:
    def level(at: int, label: str) -> str:
        counted = [f"（{place}）{draw(WORDS)}" for place in range(1, draw(st.integers(1, 4)) + 1)]
        return f"{at}.{label}级响应条件：{'；'.join(counted)}。"

    labels = draw(st.lists(st.sampled_from("ⅠⅡⅢⅣ"), min_size=1, max_size=4, unique=True))
    return "\n".join(level(at, label) for at, label in enumerate(labels, 1))


LISTS = st.one_of(
    duties().map(lambda text: ("成员单位职责", text)),
    supplies().map(lambda text: ("物资保障", text)),
    conditions().map(lambda text: ("启动条件", text)),
)


@given(LISTS)
def test_a_list_written_back_unchanged_is_the_same_text(said: tuple[str, str]) -> None:
    title, text = said
    found = read(title, text)
    assert found.text == text
    assert rewritten(a_clause(title, text), found, list(found.rows)) == text


@given(
    st.sampled_from(["成员单位职责", "物资", "队伍", "值班电话", "启动条件"]),
    st.text("县局：:，。；、\n（1）2人台ⅡI级响应储备电话0-", max_size=60),
)
def test_nothing_is_dropped_whatever_stands_there(title: str, text: str) -> None:
    found = listed_in(a_clause(title, text))
    if found is not None:
        assert found.text == text
        assert found.written(found.rows).text == text


@given(LISTS, st.data())
def test_a_changed_field_changes_its_own_words_alone(said: tuple[str, str], data: st.DataObject) -> None:
    title, text = said
    found = read(title, text)
    rows = list(found.rows)
    at = data.draw(st.integers(0, len(rows) - 1))
    cells = list(rows[at].cells)
    column = data.draw(st.sampled_from([place for place, word in enumerate(cells) if word]))
    old, new = (
        cells[column],
        f"{cells[column]}7" if cells[column].replace(",", "").isdigit() else "改" + cells[column],
    )
    cells[column] = new
    made = found.written([*rows[:at], replace(rows[at], cells=tuple(cells)), *rows[at + 1 :]])
    changed = [one for one, other in zip(made.rows, rows, strict=True) if one != other]
    assert len(changed) == 1
    assert len(made.text) == len(text) - len(old) + len(new)
    kept = [part for group in made.groups for entry in group.entries for part in entry.parts if part.column is None]
    assert kept == [
        part for group in found.groups for entry in group.entries for part in entry.parts if part.column is None
    ]


@given(LISTS, st.data())
def test_rows_come_and_go_and_the_others_stay_as_they_were(said: tuple[str, str], data: st.DataObject) -> None:
    title, text = said
    found = read(title, text)
    gone = data.draw(st.integers(0, len(found.rows) - 1))
    label = found.rows[gone].label
    new = replace(found.rows[gone], origin=None, cells=("新增", *found.rows[gone].cells[1:]))
    made = found.written([*(row for row in found.rows if row.origin != gone), new])
    again = read(title, made.text)
    assert [(row.label, row.cells) for row in again.rows] == [(row.label, row.cells) for row in made.rows]
    before = [row.cells for row in found.rows if row.label == label and row.origin != gone]
    assert [row.cells for row in again.rows if row.label == label] == [*before, new.cells]


FLOOD = (
    "1.Ⅱ级响应条件：（1）水位达到34.00米以上；（2）转移500人以上；（3）其他情况。\n"
    "2.Ⅰ级响应条件：（1）水位达到35.00米以上。"
)


def test_conditions_are_counted_anew_where_one_goes_and_stay_under_their_level() -> None:
    found = read("启动条件", FLOOD)
    assert found.labels == ("Ⅱ级响应条件", "Ⅰ级响应条件")
    rows = [found.rows[0], found.rows[2], found.rows[3], Row(cells=("两个乡镇受灾",), label="Ⅰ级响应条件")]
    assert rewritten(a_clause("启动条件", FLOOD), found, rows) == (
        "1.Ⅱ级响应条件：（1）水位达到34.00米以上；（2）其他情况。\n2.Ⅰ级响应条件：（1）水位达到35.00米以上；（2）两个乡镇受灾。"
    )


def test_telephones_and_teams_are_rows_and_what_is_said_of_them_stays() -> None:
    called = read("值班电话", "县防办24小时值班电话0000-6200011，县水利局值班电话0000-6200107。")
    assert called.kind is ListKind.CONTACTS
    assert [row.cells for row in called.rows] == [
        ("县防办", "24小时值班电话", "0000-6200011"), ("县水利局", "值班电话", "0000-6200107"),
    ]  # fmt: skip
    teams = read("队伍保障", "骨干力量为县消防救援大队、县综合应急救援队45人；白鹭镇综合应急救援队24人，驻镇政府。")
    assert [row.cells for row in teams.rows] == [
        ("县综合应急救援队", "45", "人", ""), ("白鹭镇综合应急救援队", "24", "人", "，驻镇政府"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("队伍保障", "每个乡镇综合应急救援队16至30人；各村防汛应急突击队不少于10人。"),
        ("乡镇和村职责", "乡镇人民政府负责预警传递。村民委员会负责入户叫应。"),
        ("成员单位职责", "县气象局：负责监测预报。\n各单位应当密切配合。"),
        ("信息报告", "乡镇在接报后20分钟内电话报告县政府总值班室。"),
        ("响应级别", "应急响应由低到高分为Ⅳ级、Ⅲ级、Ⅱ级、Ⅰ级四级。"),
        ("分级响应行动", "1.Ⅳ级响应：县防办每旬会商1次。\n2.Ⅲ级响应：副指挥长主持会商。"),
    ],
)
def test_prose_stays_prose(title: str, text: str) -> None:
    assert listed_in(a_clause(title, text)) is None


def test_what_could_not_be_read_again_is_refused() -> None:
    text = "县防办值班电话0000-6200011，县水利局值班电话0000-6200107。"
    found = read("值班电话", text)
    for row, code in (
        (replace(found.rows[0], cells=("县防办", "值班电话", "待定")), "list-not-readable"),
        (replace(found.rows[0], cells=("", "值班电话", "0000-6200011")), "list-field-empty"),
    ):
        with pytest.raises(PlansRepoError, match=code):
            rewritten(a_clause("值班电话", text), found, [row, found.rows[1]])
    with pytest.raises(PlansRepoError, match="list-emptied"):
        found.written([])
    levels = read("启动条件", FLOOD)
    with pytest.raises(PlansRepoError, match="list-label-unknown"):
        levels.written([*levels.rows, Row(cells=("水位",), label="Ⅴ级")])
