from dataclasses import replace
from typing import Any

import pytest

from drills.errors import DrillError
from drills.scripts.condition_text import read
from drills.scripts.naming import names_of
from drills.scripts.script import Script, Standing, Timing
from drills.scripts.sheet import read_sheet, sheet_of
from plans_repo.errors import PlansRepoError
from tests.drills.scripts.making_scripts import a_script, an_action, an_inject, edited, flood_script, fresh_ids


def with_condition() -> Script:
    script = a_script()
    condition = read("时钟≥10 且 (逾期(A1) 或 状态(水位（米）)≥5.2) 且 非 下达(2)满5", names_of(script))
    held = an_inject("4", at_min=None, timing=Timing.HELD, text="=1+1 不是公式", note="http://a.example/ 也不是链接")
    return replace(
        script,
        injects=(*script.injects, an_inject("3", at_min=None, timing=Timing.CONDITIONAL, condition=condition), held),
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("script", [with_condition(), flood_script()], ids=["by hand", "flood"])
def test_out_and_in_and_out_is_the_same_file(script: Script, language: str) -> None:
    data = sheet_of(script, language=language)
    sheet = read_sheet(data, "a.xlsx", script, new_id=fresh_ids())
    assert sheet.faults == ()
    assert sheet.script == replace(script, injects=script.in_order)
    assert {page: (one.added, one.changed, one.missing) for page, one in sheet.changes.items()} == dict.fromkeys(
        ("injects", "actions", "objectives"), ((), (), ())
    )
    assert sheet_of(sheet.script, language=language) == data


def test_a_row_without_id_is_known_by_its_number_and_nothing_is_there_twice() -> None:
    script = with_condition()

    def forget(book: Any) -> None:
        page = book["情景注入"]
        for row in range(2, page.max_row + 1):
            page.cell(row, page.max_column).value = None

    sheet = read_sheet(edited(sheet_of(script), forget), "a.xlsx", script, new_id=fresh_ids())
    assert sheet.script == replace(script, injects=script.in_order)


def test_a_new_row_is_added_and_may_be_asked_about_in_the_same_sheet() -> None:
    script = a_script()

    def add(book: Any) -> None:
        book["预期行动"].append(["A3", "封闭道路", "县公安局", 20, "3"])
        book["情景注入"].append(
            ["3", "按条件", None, "逾期(A3)", None, "县公安局；县交通局", "电话", "追问", "路封了吗？", "A3"]
        )

    sheet = read_sheet(edited(sheet_of(script), add), "a.xlsx", script, new_id=fresh_ids())
    assert sheet.script is not None, sheet.faults
    inject = sheet.script.injects[-1]
    assert (inject.to, sheet.script.action(inject.expects[0]).since) == (("县公安局", "县交通局"), inject.id)
    assert sheet.changes["injects"].added == (inject.id,)


def test_rows_left_out_stay_unless_the_sheet_is_to_drop_them() -> None:
    script = a_script(injects=(an_inject("1"), an_inject("2", at_min=30.0)), actions=())
    data = edited(sheet_of(script), lambda book: book["情景注入"].delete_rows(3))
    kept = read_sheet(data, "a.xlsx", script, new_id=fresh_ids())
    dropped = read_sheet(data, "a.xlsx", script, new_id=fresh_ids(), drops=True)
    assert kept.changes["injects"].missing == dropped.changes["injects"].missing == ("i2",)
    assert kept.script is not None
    assert dropped.script is not None
    assert [one.id for one in kept.script.injects] == ["i1", "i2"]
    assert [one.id for one in dropped.script.injects] == ["i1"]


def test_an_approved_inject_whose_words_change_is_a_draft_again() -> None:
    approved = an_inject("1", standing=Standing.APPROVED)
    script = a_script(injects=(approved, replace(approved, id="i2", number="2")), actions=())
    data = edited(sheet_of(script), lambda book: setattr(book["情景注入"].cell(2, 9), "value", "改过的内容"))
    found = read_sheet(data, "a.xlsx", script, new_id=fresh_ids()).script
    assert found is not None
    assert [one.standing for one in found.injects] == [Standing.DRAFT, Standing.APPROVED]


def test_nobody_approves_by_writing_it_into_a_sheet() -> None:
    script = a_script()
    data = edited(sheet_of(script), lambda book: setattr(book["情景注入"].cell(2, 16), "value", "已审定"))
    found = read_sheet(data, "a.xlsx", script, new_id=fresh_ids()).script
    assert found is not None
    assert {one.standing for one in found.injects} == {Standing.DRAFT}


@pytest.mark.parametrize(
    ("page", "row", "column", "value", "code"),
    [
        ("情景注入", 2, 3, "-5", "inject-before-start"),
        ("情景注入", 2, 3, "半小时", "script-number-unreadable"),
        ("情景注入", 2, 3, None, "inject-time-missing"),
        ("情景注入", 2, 2, "随时", "script-word-unknown"),
        ("情景注入", 3, 4, "完成(A9)", "condition-name-unknown"),
        ("情景注入", 3, 10, "A7", "script-number-unknown"),
        ("情景注入", 3, 8, None, "name-missing"),
        ("预期行动", 2, 4, "NaN", "number-not-finite"),
        ("预期行动", 3, 5, "88", "script-number-unknown"),
        ("情景注入", 3, 19, "i1", "script-row-twice"),
        ("情景注入", 3, 19, "someone-elses", "script-row-stray"),
    ],
)
def test_a_fault_names_page_and_row_and_nothing_is_taken(
    page: str, row: int, column: int, value: Any, code: str
) -> None:
    script = a_script()
    data = edited(sheet_of(script), lambda book: setattr(book[page].cell(row, column), "value", value))
    sheet = read_sheet(data, "a.xlsx", script, new_id=fresh_ids())
    pages = {"情景注入": "injects", "预期行动": "actions"}
    assert (pages[page], row, code) in [(one.page, one.number, one.code) for one in sheet.faults]
    assert sheet.script is None


def test_what_only_the_whole_shows_names_the_row_it_is_about() -> None:
    script = a_script()
    data = edited(sheet_of(script), lambda book: setattr(book["情景注入"].cell(3, 3), "value", 500))
    (fault,) = read_sheet(data, "a.xlsx", script, new_id=fresh_ids()).faults
    assert (fault.number, fault.code) == (3, "inject-after-end")


@pytest.mark.parametrize("data", [b"", b"nothing", b"PK\x03\x04 broken"])
def test_what_is_no_sheet_is_refused_whole(data: bytes) -> None:
    with pytest.raises(PlansRepoError) as refusal:
        read_sheet(data, "a.xlsx", a_script(), new_id=fresh_ids())
    assert refusal.value.code == "sheet-unreadable"


def test_a_sheet_of_something_else_is_refused_by_its_columns() -> None:
    def another(book: Any) -> None:
        book["情景注入"].cell(1, 1).value = "姓名"

    with pytest.raises(DrillError) as refusal:
        read_sheet(edited(sheet_of(a_script()), another), "a.xlsx", a_script(), new_id=fresh_ids())
    assert (refusal.value.code, refusal.value.fields["value"]) == ("script-sheet-columns", "姓名")


def test_a_script_of_five_thousand_rows_goes_out_and_in() -> None:
    actions = (an_action("A1"),)
    injects = tuple(an_inject(str(number), at_min=float(number), expects=("a1",)) for number in range(5000))
    script = a_script(duration_min=5000, injects=injects, actions=actions)
    assert read_sheet(sheet_of(script), "a.xlsx", script, new_id=fresh_ids()).script == script
