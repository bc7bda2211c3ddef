"""A redline: accept everything and read the newer text, reject everything and read the older one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from plans_repo.word.plan_document import PlanIdentity, paragraphs
from plans_repo.word.redline import Redline, redline_document
from tests.plans_repo.word import office
from tests.plans_repo.word.builders import part
from tests.plans_repo.word.checking import complaints

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
IDENTITY = PlanIdentity(plan="p", version="v2", root_hash="cd" * 32, title="防汛预案", made_at=NOON)


def heading(number: int, label: str, title: str, text: str = "", /, **changes: Any) -> Clause:
    names = {"number": label, "number_raw": label, "title": title, "text": text}
    return Clause(id=str(UUID(int=number)), kind=ClauseKind.HEADING, **names, **changes)


def redline(old: tuple[Clause, ...], new: tuple[Clause, ...]) -> Redline:
    return redline_document(IDENTITY, old, new, author="陈立", at=NOON)


def read(data: bytes, *, drop: str) -> list[str]:
    """The paragraphs outside tables after dropping all runs and paragraphs marked ``w:ins`` or ``w:del``."""
    lines = []
    body = etree.fromstring(part(data, "word/document.xml"))[0]
    for paragraph in body.findall(f"{W}p"):
        text = "".join(
            piece.text or ""
            for piece in paragraph.iter(f"{W}t", f"{W}delText")
            if not any(parent.tag == W + drop for parent in piece.iterancestors())
        )
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{drop}") is None:
            lines.append(text)
        else:
            assert text == ""  # what goes as a whole goes with all its words
    return lines


def lines(clauses: tuple[Clause, ...]) -> list[str]:
    return [line for clause in clauses for line in paragraphs(clause)]


OLD = (
    heading(1, "1", "总则"),
    heading(2, "1.1", "报告时限", "险情发生后30分钟内报告。\n同时通报县水利局。", level=2),
    heading(3, "1.2", "值班", "实行24小时值班。", level=2),
    heading(4, "2", "附则", "自印发之日起施行。"),
)
NEW = (
    OLD[0],
    replace(OLD[1], text="险情发生后15分钟内报告。"),
    heading(5, "1.2", "通信", "保持通信畅通。", level=2),
    OLD[3],
)


def test_a_figure_is_replaced_whole_under_its_author_and_time() -> None:
    found = redline(OLD, NEW)
    body = etree.fromstring(part(found.data, "word/document.xml"))
    marks = [
        (mark.tag.removeprefix(W), "".join(mark.itertext())) for mark in body.iter(f"{W}ins", f"{W}del") if len(mark)
    ]
    assert marks[:2] == [("del", "30分钟"), ("ins", "15分钟")]
    assert {mark.get(f"{W}author") for mark in body.iter(f"{W}ins", f"{W}del")} == {"陈立"}
    assert {mark.get(f"{W}date") for mark in body.iter(f"{W}ins", f"{W}del")} == {"2026-03-01T04:00:00Z"}
    assert found.revisions == len(marks)
    assert found.clauses == len(NEW)


def test_accepting_gives_the_newer_and_rejecting_the_older_text() -> None:
    data = redline(OLD, NEW).data
    assert read(data, drop="del") == lines(NEW)
    assert read(data, drop="ins") == lines(OLD)


def test_equal_versions_have_no_revisions() -> None:
    assert redline(OLD, OLD).revisions == 0


def test_ids_of_marks_and_bookmarks_are_unique() -> None:
    body = etree.fromstring(part(redline(OLD, NEW).data, "word/document.xml"))
    ids = [mark.get(f"{W}id") for mark in body.iter(f"{W}ins", f"{W}del", f"{W}bookmarkStart")]
    assert len(set(ids)) == len(ids)


def with_table(count: str) -> tuple[Clause, ...]:
    rows = ((Cell(content=("队伍",)), Cell(content=("人数",))), (Cell(content=("一队",)), Cell(content=(count,))))
    return (*OLD, Clause(id=str(UUID(int=9)), kind=ClauseKind.TABLE, table=Table(rows=rows)))


def test_a_changed_table_goes_and_comes(tmp_path: Path) -> None:
    found = redline(with_table("40"), with_table("60"))
    body = etree.fromstring(part(found.data, "word/document.xml"))
    fates = [{mark.tag.removeprefix(W) for mark in table.iter(f"{W}ins", f"{W}del")} for table in body.iter(f"{W}tbl")]
    assert fates == [{"del"}, {"ins"}]
    assert complaints(found.data, tmp_path) == []


def test_an_unchanged_table_stands_once_and_unmarked() -> None:
    body = etree.fromstring(part(redline(with_table("40"), with_table("40")).data, "word/document.xml"))
    assert [list(table.iter(f"{W}ins", f"{W}del")) for table in body.iter(f"{W}tbl")] == [[]]


def test_a_redline_satisfies_the_schema(tmp_path: Path) -> None:
    assert complaints(redline(OLD, NEW).data, tmp_path) == []


texts = st.lists(
    st.sampled_from(["30分钟内报告。", "15分钟内报告。", "指挥长", "副指挥长", "Ⅱ级响应", "，"]), max_size=4
).map("".join)
versions = st.lists(st.tuples(st.integers(1, 9), texts), max_size=6, unique_by=lambda item: item[0]).map(
    lambda items: tuple(heading(number, str(number), "职责", text, level=1 + number % 3) for number, text in items)
)


@given(versions, versions)
@settings(max_examples=60, deadline=None)
def test_any_two_versions_can_be_read_from_their_redline(old: tuple[Clause, ...], new: tuple[Clause, ...]) -> None:
    data = redline(old, new).data
    assert read(data, drop="del") == lines(new)
    assert read(data, drop="ins") == lines(old)


@pytest.mark.libreoffice
def test_authors_survive_being_saved_by_libreoffice(soffice: str, tmp_path: Path) -> None:
    again = office.converted(soffice, redline(OLD, NEW).data, tmp_path, "docx").read_bytes()
    body = etree.fromstring(part(again, "word/document.xml"))
    assert {mark.get(f"{W}author") for mark in body.iter(f"{W}ins", f"{W}del")} == {"陈立"}
