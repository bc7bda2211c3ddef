"""Timings go out as a sheet and come back: once, with every fault by its row, or not at all."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from plans_repo.errors import PlansRepoError
from plans_repo.timings import keeping, sheet
from plans_repo.timings.values import TimingEnd, TimingSubject, TurnoutKind
from tests.plans_repo.timings.builders import a_timing, a_turnout


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


def a_book(*rows: dict[str, Any], heads: tuple[str, ...] = sheet.HEADS) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(list(heads))
    for row in rows:
        page.append([row.get(head) for head in heads])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROW = {
    "类别": "演练", "名称": "汛前演练", "零时": "2026-06-01 09:00:00", "记录人": "周评", "编号": "F6",
    "开始": "09:05:00", "结束": "09:25:30",
}  # fmt: skip


def test_what_goes_out_comes_back_as_nothing_new(store, author, plan):
    with store.work(author) as work:
        keeping.record(work, a_turnout(plan, title="=1+1"), [a_timing("F6", 5, 25, note="-备注")])
        turnout = a_turnout(plan, 3, kind=TurnoutKind.INCIDENT)
        timings = [
            a_timing("F3", 6, 8, 3, entity="V01", attempt=2, ending=TimingEnd.FAILED),
            a_timing("F7-share", 0, 90, 3, subject=TimingSubject.TARGET),
            a_timing("F7b", 1, 61, 3, quantity=2.5, ending=TimingEnd.STOPPED),
        ]
        keeping.record(work, turnout, timings)
    with store.work(author) as work:
        before = keeping.turnouts(work, plan)
        data = sheet.export(work, plan)
        read = sheet.read(work, plan, data, "用时.xlsx")
        assert read.faults == ()
        taken = sheet.take(work, read)
        assert keeping.turnouts(work, plan) == before
    assert taken == sheet.Taken(turnouts=2, added=0, corrected=0, unchanged=4)
    cells = [cell.value for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows() for cell in row]
    assert "'=1+1" in cells
    assert not any(str(cell).startswith("=") for cell in cells)


def test_a_filled_sheet_is_taken_and_a_changed_row_is_a_correction_with_its_reason(store, author, plan):
    past_midnight = ROW | {"编号": "F2", "开始": "23:50", "结束": "00:10:05"}
    with store.work(author) as work:
        taken = sheet.take(work, sheet.read(work, plan, a_book(ROW, past_midnight), "用时.xlsx"))
    assert (taken.turnouts, taken.added) == (1, 2)
    with store.reading(author) as work:
        (found,) = keeping.turnouts(work, plan)
        assert {each.name: round(each.minutes, 4) for each in found.timings} == {"F6": 20.5, "F2": 20.0833}
        assert found.turnout.source_file == "用时.xlsx"
        other = sheet.read(work, plan, a_book(ROW | {"结束": "09:30"}), "用时.xlsx")
    assert [fault.code for fault in other.faults] == ["timing-recorded-otherwise"]
    with store.work(author) as work:
        told = a_book(ROW | {"结束": "09:30", "更正理由": "录像核对"})
        assert sheet.take(work, sheet.read(work, plan, told, "用时.xlsx")).corrected == 1
        (found,) = keeping.turnouts(work, plan)
    assert {each.name: each.reason for each in found.timings} == {"F6": "录像核对", "F2": ""}


def test_every_fault_is_told_by_its_row_and_nothing_is_kept(store, author, plan):
    rows = [
        ROW,
        ROW | {"编号": "F99"},
        ROW | {"编号": "F2", "开始": "昨天"},
        ROW | {"编号": "F4", "结束": "2026-06-01 09:01"},
        ROW | {"编号": "F5", "数量": "许多"},
        ROW | {"编号": "F8", "类别": "演戏"},
        ROW,
        ROW | {"编号": "F8a", "第几次": "1.5"},
    ]
    with store.reading(author) as work:
        read = sheet.read(work, plan, a_book(*rows), "用时.xlsx")
    assert [(fault.number, fault.code) for fault in read.faults] == [
        (3, "timing-task-unknown"),
        (4, "timing-moment-unreadable"),
        (5, "timing-ends-before-start"),
        (6, "timing-number-unreadable"),
        (7, "timing-word-unknown"),
        (8, "timing-twice"),
        (9, "timing-number-unreadable"),
    ]
    with pytest.raises(PlansRepoError) as refused, store.work(author) as work:
        sheet.take(work, read)
    assert (refused.value.code, refused.value.fields["value"]) == ("timing-sheet-unfit", 3)
    with store.reading(author) as work:
        assert keeping.turnouts(work, plan) == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"nonsense", "sheet-unreadable"),
        (b"\0" * 10_000_001, "sheet-too-large"),
        (a_book(), "timing-sheet-empty"),
        (a_book(heads=("类别", "名称")), "timing-sheet-columns"),
        (a_book(heads=(*sheet.HEADS, "多余")), "timing-sheet-columns"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused(store, author, plan, data, code):
    with pytest.raises(PlansRepoError) as refused, store.reading(author) as work:
        sheet.read(work, plan, data, "用时.xlsx")
    assert refused.value.code == code


def test_a_sheet_of_too_many_rows_is_refused_before_it_is_read_to_the_end(store, author, plan):
    with pytest.raises(PlansRepoError) as refused, store.reading(author) as work:
        sheet.read(work, plan, a_book(*[ROW] * 2_100), "用时.xlsx")
    assert refused.value.code in ("timings-too-many", "sheet-too-long")
