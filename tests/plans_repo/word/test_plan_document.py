"""A plan's text as Word: every word kept, every clause found again."""

from __future__ import annotations

import base64
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from plans_repo.text.rendering import plain_text
from plans_repo.word.bookmarks import bookmark_name
from plans_repo.word.plan_document import PlanDocument, PlanIdentity, plan_document
from tests.plans_repo.word import office
from tests.plans_repo.word.builders import opened, outline, part
from tests.plans_repo.word.checking import complaints

IDENTITY = PlanIdentity(
    plan="plan-1", version="version-1", root_hash="ab" * 32, title="青河县防汛抗旱应急预案",
    author="青河县人民政府办公室", made_at=datetime(2026, 3, 1, tzinfo=UTC),
)  # fmt: skip
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def a_clause(number: int, kind: ClauseKind = ClauseKind.HEADING, /, **changes: Any) -> Clause:
    return Clause(id=str(UUID(int=number)), kind=kind, **changes)


def heading(number: int, level: int, label: str, title: str, text: str = "", /, **changes: Any) -> Clause:
    return a_clause(number, level=level, number=label, number_raw=label, title=title, text=text, **changes)


CLAUSES = (
    a_clause(1, ClauseKind.FRONT, text="青河县防汛抗旱应急预案"),
    a_clause(2, ClauseKind.FRONT, text="目　录\n1 总则\t1\n1.1 编制目的\t1"),
    heading(3, 1, "1", "总则"),
    heading(4, 2, "1.1", "编制目的", "为有效处置洪涝灾害，制定本预案。"),
    heading(5, 3, "1.1.1", "适用", "适用于本县。", title_end="：", run_in=True),
    a_clause(6, ClauseKind.ARTICLE, level=2, number="第三条", number_raw="第三条", text="本预案由县应急管理局解释。"),
    a_clause(7, ClauseKind.CAPTION, level=2, text="附表1　应急队伍"),
    a_clause(8, ClauseKind.TABLE, level=2, table=Table(rows=(
        (Cell(content=("队伍",), rows=2), Cell(content=("力量",), columns=2)),
        (Cell(content=("人数",)), Cell(content=("联系人",))),
        (Cell(content=("抢险一队",)), Cell(content=("40",)), Cell(content=("张工",))),
    ))),
    a_clause(9, ClauseKind.PICTURE, level=2, media=("dot",)),
    a_clause(10, ClauseKind.FOOTER, text="第1页"),
)  # fmt: skip


def written(clauses: tuple[Clause, ...] = CLAUSES, *, contents: bool = True) -> PlanDocument:
    return plan_document(IDENTITY, clauses, media={"dot": DOT}, contents=contents)


def bookmark_names(data: bytes) -> list[str]:
    names = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}name"
    starts = etree.fromstring(part(data, "word/document.xml")).iter("{*}bookmarkStart")
    return [str(start.get(names)) for start in starts]


def visible(document: Document) -> Counter[str]:
    text = "".join(paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        cells = {cell._tc: cell.text for row in table.rows for cell in row.cells}  # a merged cell once
        text += "".join(cells.values())
    return Counter("".join(text.split()))


def test_the_outline_is_that_of_the_plan() -> None:
    assert outline(opened(written(contents=False).data)).splitlines() == [
        "[Title] 青河县防汛抗旱应急预案",
        "[Normal]",
        "[Body Text] 目　录",
        "[Body Text] 1 总则\t1",
        "[Body Text] 1.1 编制目的\t1",
        "[Heading 1] 1 总则",
        "[Heading 2] 1.1 编制目的",
        "[Body Text] 为有效处置洪涝灾害，制定本预案。",
        "[Body Text] 1.1.1 适用：适用于本县。",
        "[Body Text] 第三条　本预案由县应急管理局解释。",
        "[Table Caption] 附表1　应急队伍",
        "  | 队伍 | 力量 | 力量",
        "  | 队伍 | 人数 | 联系人",
        "  | 抢险一队 | 40 | 张工",
        "[Figure]",
    ]


def test_what_stands_under_the_title_is_centred_below_it() -> None:
    front = a_clause(1, ClauseKind.FRONT, text=f"{IDENTITY.title}\n（2026年修订）\n2026年3月")
    data = plan_document(IDENTITY, [front, heading(2, 1, "1", "总则")], contents=False).data
    assert outline(opened(data)).splitlines() == [
        f"[Title] {IDENTITY.title}", "[Subtitle] （2026年修订）", "[Subtitle] 2026年3月", "[Normal]",
        "[Heading 1] 1 总则",
    ]  # fmt: skip


def test_columns_hold_their_telephones_and_a_long_table_repeats_its_head() -> None:
    rows = [
        ("序号", "单位", "电话", "备注"),
        *((str(at), "清川县人民政府办公室", "0999-6200107", "无") for at in range(9)),
    ]
    table = Table(rows=tuple(tuple(Cell(content=(word,)) for word in row) for row in rows))
    data = plan_document(IDENTITY, [a_clause(1, ClauseKind.TABLE, table=table)], contents=False).data
    (grid,) = opened(data).tables
    widths = [column.width.mm for column in grid.columns]
    assert round(sum(widths)) == 156
    assert widths[2] > 12 * 10.5 / 2 * 25.4 / 72
    assert [cell.width for cell in grid.rows[3].cells] == [column.width for column in grid.columns]
    assert len(list(grid._tbl.iter(f"{{{W}}}tblHeader"))) == 1


def test_the_document_satisfies_the_schema_with_and_without_contents(tmp_path: Path) -> None:
    for contents in (True, False):
        assert complaints(written(contents=contents).data, tmp_path) == []


def test_each_clause_stands_under_its_own_hidden_bookmark() -> None:
    found = written(contents=False)
    assert bookmark_names(found.data) == [bookmark_name(clause.id) for clause in CLAUSES[:-1]]
    assert (found.clauses, found.left_out) == (9, (CLAUSES[-1].id,))


def test_a_new_contents_list_replaces_the_old_one_and_links_to_the_headings() -> None:
    found = written()
    lines = [p.text for p in opened(found.data).paragraphs if p.style is not None and p.style.name.startswith("toc")]
    assert lines == ["1 总则\t2", "1.1 编制目的\t2"]
    assert found.left_out == (CLAUSES[1].id, CLAUSES[-1].id)
    xml = part(found.data, "word/document.xml").decode()
    assert 'w:dirty="true"' in xml
    assert f'w:anchor="{bookmark_name(CLAUSES[2].id)}"' in xml


def test_a_short_text_goes_without_a_contents_list() -> None:
    short = CLAUSES[2:6]
    long = tuple(heading(n, 1, str(n), "职责", "各成员单位密切配合。" * 40) for n in range(20, 32))
    listed = {
        len(text): any(p.text == "目　录" for p in opened(plan_document(IDENTITY, text).data).paragraphs)
        for text in (short, long, CLAUSES)
    }
    assert listed == {len(short): False, len(long): True, len(CLAUSES): True}


def test_the_file_says_which_version_it_is() -> None:
    properties = etree.fromstring(part(written().data, "docProps/custom.xml"))
    assert {item.get("name"): item[0].text for item in properties} == {
        "YuyanPlan": "plan-1", "YuyanVersion": "version-1", "YuyanRootHash": "ab" * 32,
    }  # fmt: skip


def test_a_picture_whose_bytes_are_missing_or_foreign_is_named_as_left_out() -> None:
    for media in ({}, {"dot": b"not a picture"}):
        found = plan_document(IDENTITY, CLAUSES, media=media)
        assert CLAUSES[8].id in found.left_out


def test_a_plan_without_a_title_of_its_own_gets_one() -> None:
    document = opened(written(CLAUSES[2:4], contents=False).data)
    assert document.paragraphs[0].text == IDENTITY.title


texts = st.text(alphabet="应急响应防汛抢险12．，。（）ab\n", max_size=40)


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from(["1", "一、", "（一）", ""]), texts, texts), max_size=8))
@settings(max_examples=40, deadline=None)
def test_no_visible_character_is_lost_or_added(rows: list[tuple[int, str, str, str]]) -> None:
    clauses = tuple(
        heading(number, level, label, title.replace("\n", ""), text)
        for number, (level, label, title, text) in enumerate(rows, start=1)
    )
    title = a_clause(99, ClauseKind.FRONT, text=IDENTITY.title)
    document = opened(plan_document(IDENTITY, (title, *clauses), contents=False).data)
    assert visible(document) == Counter("".join(plain_text((title, *clauses)).split()))


@pytest.mark.libreoffice
def test_saved_again_by_libreoffice_it_keeps_bookmarks_and_origin(soffice: str, tmp_path: Path) -> None:
    again = office.converted(soffice, written(contents=False).data, tmp_path, "docx").read_bytes()
    kept = {bookmark_name(clause.id) for clause in CLAUSES[:-1]}
    assert kept <= set(bookmark_names(again))
    assert b"version-1" in part(again, "docProps/custom.xml")


@pytest.mark.libreoffice
def test_estimated_pages_are_at_most_one_off(soffice: str, tmp_path: Path) -> None:
    body = "各成员单位按照职责分工，密切配合，共同做好防汛抗旱应急处置工作。"
    clauses = tuple(heading(n, 1, str(n), f"第{n}部分职责", body * (3 + n % 7)) for n in range(1, 31))
    data = written(clauses).data
    entries = [p.text.split("\t") for p in opened(data).paragraphs if p.style is not None and p.style.name == "toc 1"]
    pages = office.pages(office.converted(soffice, data, tmp_path, "pdf"))
    for text, estimate in entries:
        bare = text.replace(" ", "")
        true = [
            number for number, lines in enumerate(pages, start=1) if bare in [line.replace(" ", "") for line in lines]
        ]
        assert true
        assert abs(int(estimate) - true[-1]) <= 1
