"""What became of clauses and words between two texts."""

import random
import re
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.texts import a_text, revised
from plans_repo.text.alignment import aligned
from plans_repo.text.clause import Cell, Clause, ClauseKind, SemanticType, Table
from plans_repo.text.difference import Change, RequiredProcess, changes, required_process
from plans_repo.text.figures import PATTERNS
from plans_repo.text.tokens import Op, token_difference, tokens, whole_tokens
from tests.plans_repo.text.builders import a_clause

FIGURE_SIGNS = (
    "03５半三十两百万分钟小时人米级年月日ⅡⅠIV红橙、及以上下不超过少于至到~≤Z＜≥"
    "副指挥长县委书记主任负责人一般事件重大（）〔〕号第常务约每 ，。内在"
)
WORDS = st.lists(
    st.sampled_from(("30分钟", "120分钟", "三十分钟", "Ⅲ级", "Ⅱ级", "副指挥长", "指挥长", "县应急局", "报告",
                     "内", "，", "。", "\n", "GPS", "1.5小时", "3人")),
    max_size=14
).map("".join)  # fmt: skip


def shown(old: str, new: str) -> str:
    marks = {Op.EQUAL: "{}", Op.DELETE: "[-{}-]", Op.INSERT: "{{+{}+}}"}
    return "".join(marks[token.op].format(token.text) for token in token_difference(old, new))


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("应在120分钟内到位", "应在20分钟内到位", "应在[-120分钟-]{+20分钟+}内到位"),
    ("三十分钟", "十分钟", "[-三十分钟-]{+十分钟+}"),
    ("副指挥长批准", "指挥长批准", "[-副指挥长-]{+指挥长+}批准"),
    ("启动Ⅲ级响应", "启动Ⅱ级响应", "启动[-Ⅲ级-]{+Ⅱ级+}响应"),
    ("橙色预警", "红色预警", "[-橙色预警-]{+红色预警+}"),
    ("用GPS定位", "用BDS定位", "用[-GPS-]{+BDS+}定位"),
    ("1.5小时内", "2.5小时内", "[-1.5小时-]{+2.5小时+}内"),
])  # fmt: skip
def test_quantities_grades_and_posts_are_never_cut(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_the_systems_own_terms_can_be_given() -> None:
    assert tokens("河湾闸管所巡查", ("河湾闸管所",))[0] == "河湾闸管所"


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_without_insertions_it_reads_old_and_without_deletions_new(old: str, new: str) -> None:
    found = token_difference(old, new)
    assert "".join(token.text for token in found if token.op is not Op.INSERT) == old
    assert "".join(token.text for token in found if token.op is not Op.DELETE) == new
    assert "".join(tokens(old)) == old


def a_plan() -> list[Clause]:
    return [
        a_clause("a", title="总则", number="1", semantic=SemanticType.OTHER),
        a_clause("b", level=2, title="目的", number="1.1", text="为了防汛，制定本预案。", semantic=SemanticType.OTHER),
        a_clause("c", title="响应", number="2", semantic=SemanticType.RESPONSE_PROCEDURE),
        a_clause(
            "d", level=2, title="分级", number="2.1", text="死亡3人以上，启动Ⅱ级响应。", semantic=SemanticType.GRADING
        ),
        a_clause(
            "e", level=2, title="保障", number="2.2", text="值班电话：0999-1234567。", semantic=SemanticType.SUPPORT
        ),
    ]


def told(old: list[Clause], new: list[Clause]) -> list[tuple[str, str]]:
    return [(each.clause, each.change.value) for each in changes(old, new) if each.change is not Change.UNCHANGED]


def test_equal_texts_have_no_change() -> None:
    assert told(a_plan(), a_plan()) == []
    assert required_process(changes(a_plan(), a_plan())).process is RequiredProcess.NONE


def test_an_edit_shows_its_words_and_its_clause() -> None:
    old = a_plan()
    new = [*old[:3], replace(old[3], text="死亡5人以上，启动Ⅱ级响应。"), old[4]]
    (edited,) = [each for each in changes(old, new) if each.change is Change.EDITED]
    assert edited.clause == "d"
    assert [(token.op.value, token.text) for token in edited.tokens if token.op is not Op.EQUAL] == [
        ("delete", "3人"),
        ("insert", "5人"),
    ]


def test_a_picture_exchanged_and_cells_joined_are_edits() -> None:
    """Neither shows in the words: the flow chart is another one, two columns have become one."""
    cells = (Cell(content=("甲组",)), Cell(content=("30人",)))
    grid = Table(rows=(cells, cells))
    wide = Table(rows=(cells, (replace(cells[0], columns=2), cells[1])))
    assert wide.text == grid.text
    old = [
        Clause(id="p", kind=ClauseKind.PICTURE, media=("a" * 64,)),
        Clause(id="t", kind=ClauseKind.TABLE, table=grid),
    ]
    assert told(old, [replace(old[0], media=("b" * 64,)), old[1]]) == [("p", "edited")]
    assert told(old, [old[0], replace(old[1], table=wide)]) == [("t", "edited")]


def test_what_stands_under_a_heading_that_moved_has_not_moved_itself() -> None:
    one, two, three = (
        [a_clause(name, title=title), *(a_clause(f"{name}.{at}", level=2, text=f"{title}{at}。") for at in (1, 2))]
        for name, title in (("1", "总则"), ("2", "响应"), ("3", "保障"))
    )
    assert told([*one, *two, *three], [*three, *one, *two]) == [("3", "moved")]


@pytest.mark.parametrize("about", SemanticType)
def test_what_a_clause_is_about_decides_which_procedure_its_change_needs(about: SemanticType) -> None:
    old = [a_clause("a", text="甲负责。", semantic=about)]
    asked = required_process(changes(old, [replace(old[0], text="乙负责。")]))
    is_light = about in (SemanticType.SUPPORT, SemanticType.OTHER)
    assert asked.process is (RequiredProcess.SIMPLIFIED if is_light else RequiredProcess.FULL)
    assert asked.because == (() if is_light else ("a",))


def test_added_and_removed_clauses_stand_where_they_stand() -> None:
    old = a_plan()
    new = [old[0], old[1], a_clause("n", level=2, title="新增", text="全新的内容。"), old[2], old[4]]
    assert told(old, new) == [("n", "added"), ("d", "removed")]


def test_a_new_number_alone_is_renumbering() -> None:
    old = a_plan()
    assert told(old, [*old[:4], replace(old[4], number="2.3")]) == [("e", "renumbered")]


def test_another_order_or_another_chapter_is_moving() -> None:
    old = a_plan()
    assert told(old, [*old[:3], old[4], old[3]]) in ([("d", "moved")], [("e", "moved")])
    assert told(old, [old[0], old[1], old[4], old[2], old[3]]) == [("e", "moved")]


def test_a_changed_cell_is_an_edit() -> None:
    table = Clause(id="t", kind=ClauseKind.TABLE, table=Table(rows=((Cell(content=("30分钟",)),),)))
    changed = replace(table, table=Table(rows=((Cell(content=("15分钟",)),),)))
    assert told([table], [changed]) == [("t", "edited")]


def test_a_grading_number_needs_the_full_process_and_a_telephone_number_does_not() -> None:
    old = a_plan()
    number = [*old[:3], replace(old[3], text="死亡5人以上，启动Ⅱ级响应。"), old[4]]
    telephone = [*old[:4], replace(old[4], text="值班电话：0999-7654321。")]
    assert required_process(changes(old, number)).process is RequiredProcess.FULL
    assert required_process(changes(old, number)).because == ("d",)
    assert required_process(changes(old, telephone)).process is RequiredProcess.SIMPLIFIED


@pytest.mark.parametrize(
    ("words", "process"),
    [
        ("总指挥改由县委书记担任。", RequiredProcess.FULL),
        ("接到指令后20分钟内到岗。", RequiredProcess.FULL),
        ("达到橙色预警即启动Ⅱ级响应。", RequiredProcess.FULL),
        ("本预案由县应急管理局负责解释。", RequiredProcess.SIMPLIFIED),
        ("每年组织一次宣传。", RequiredProcess.SIMPLIFIED),
    ],
)
def test_weighty_words_need_the_full_process_wherever_they_are_put(words: str, process: RequiredProcess) -> None:
    old = [a_clause("a", text="本预案自印发之日起施行。", semantic=SemanticType.OTHER)]
    new = [replace(old[0], text=old[0].text + words)]
    found = changes(old, new)
    assert required_process(found).process is process


FORCES = "县交通运输局组建抢通队，共58人，配备挖掘机6台；储备编织袋5万条。"


@pytest.mark.parametrize(
    ("words", "process"),
    [
        (FORCES.replace("58人", "8人"), RequiredProcess.FULL),
        (FORCES.replace("6台", "1台"), RequiredProcess.FULL),
        (FORCES.replace("5万条", "9万条"), RequiredProcess.FULL),
        (FORCES.replace("，配备挖掘机6台", ""), RequiredProcess.FULL),
        (FORCES.replace("58人", "50人"), RequiredProcess.SIMPLIFIED),
        (FORCES.replace("县交通运输局", "县公路段"), RequiredProcess.SIMPLIFIED),
        (FORCES + "每年培训1次。", RequiredProcess.SIMPLIFIED),
    ],
)
def test_a_force_or_stock_that_grows_or_shrinks_decisively_needs_the_full_process(
    words: str, process: RequiredProcess
) -> None:
    old = [a_clause("a", text=FORCES, semantic=SemanticType.SUPPORT)]
    assert required_process(changes(old, [replace(old[0], text=words)])).process is process


def test_a_clause_nobody_classified_needs_the_full_process() -> None:
    old = [a_clause("a", text="甲")]
    assert required_process(changes(old, [a_clause("a", text="乙")])).process is RequiredProcess.FULL


def test_renumbering_alone_needs_the_simplified_process() -> None:
    old = a_plan()
    assert (
        required_process(changes(old, [*old[:3], replace(old[3], number="2.9"), old[4]])).process
        is RequiredProcess.SIMPLIFIED
    )


SUBJECTS = ("防汛", "抢险", "转移", "救灾", "通信", "电力", "交通", "医疗", "物资", "治安")
VERBS = ("负责组织", "配合做好", "牵头落实", "监督检查", "统筹协调", "及时报告")


def a_long_plan(count: int, chance: random.Random) -> list[Clause]:
    return [
        a_clause(
            f"o{at}",
            level=1 + at % 3,
            title=f"{chance.choice(SUBJECTS)}{at}",
            text="".join(
                (
                    f"{chance.choice(SUBJECTS)}工作由第{chance.randrange(90)}组{chance.choice(VERBS)}，"
                    f"{chance.randrange(5, 90)}分钟内完成。"
                )
                for _ in range(3)
            ),
        )
        for at in range(count)
    ]


def test_a_revised_file_without_ids_is_aligned() -> None:
    """Four hundred clauses, three in ten edited, some removed, added and moved."""
    chance = random.Random(5)
    old = a_long_plan(400, chance)
    kept = [clause for at, clause in enumerate(old) if at % 27]
    moved = kept[10:14]
    kept = [*kept[:10], *kept[14:200], *moved, *kept[200:]]
    new, origin = [], {}
    for at, clause in enumerate(kept):
        text = clause.text.replace("分钟内", "分钟以内", 1).replace("由第", "交第", 1) if at % 10 < 3 else clause.text
        new.append(replace(clause, id=f"n{at}", text=text))
        origin[f"n{at}"] = clause.id
        if at % 26 == 0:
            new.append(
                a_clause(f"x{at}", title=f"新增{at}", text=f"本条为新写内容，第{at}款，与旧文无关，涉及档案归集。")
            )
    pairs = aligned(old, new)
    assert pairs == origin


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_four_hundred_clauses_without_ids_nearly_all_are_told_right(seed: int) -> None:
    """Three in ten reworded, fifteen gone, fifteen new, eight moved; many headings of a plan have the same words."""
    numbers = count()
    old = a_text(random.Random(seed), 400, lambda: f"o{next(numbers)}")
    new, origin = revised(random.Random(seed), old)
    found = aligned(old, new)
    right = sum(found.get(clause.id, "") == origin.get(clause.id, "") for clause in new)
    assert right / len(new) >= 0.97


def test_digits_of_another_width_are_the_same_words_and_still_differ() -> None:
    assert (
        shown("应在３０分钟内由县长决定", "应在30分钟内由县委决定")
        == "应在[-３０分钟-]{+30分钟+}内由[-县长-]{+县委+}决定"
    )


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=FIGURE_SIGNS, max_size=30))
def test_reading_past_plain_characters_misses_no_figure(text: str) -> None:
    """What may begin a figure is listed by hand; the list must be whole."""
    slow = re.compile("|".join(f"(?:{pattern})" for _, pattern in PATTERNS) + r"|[A-Za-z][A-Za-z0-9_.+-]*|[\s\S]")
    wanted = [word for word in slow.findall(text) if len(word) > 1]
    cut = whole_tokens(text, ())
    assert [word for word in cut if len(word) > 1 and not word.isascii()] == [
        word for word in wanted if not word.isascii()
    ]
