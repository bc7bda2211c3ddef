"""附件1 stands at the top of its page, its title on a line below; on the way back both are one clause again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from docx.document import Document
from lxml import etree

from plans_repo.text.blame import History, Step
from plans_repo.text.clause import Clause, ClauseKind
from plans_repo.text.reading import read_plan
from plans_repo.text.reading.word_document import read_word
from plans_repo.word.left_behind import left_behind
from plans_repo.word.measuring import measure
from plans_repo.word.redline import redline_document
from tests.plans_repo.word import office
from tests.plans_repo.word.builders import opened, outline, part
from tests.plans_repo.word.checking import complaints
from tests.plans_repo.word.settling import ACCEPT, REJECT, words
from tests.plans_repo.word.test_redline import CHEN, IDENTITY
from tests.plans_repo.word.test_round_trip import table
from tests.plans_repo.word.trips import come_back, edited, exported, retype, without_marks

TITLE = "青河县防汛应急预案"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def clause(number: int, kind: ClauseKind = ClauseKind.HEADING, /, **fields: object) -> Clause:
    return Clause(id=str(UUID(int=number)), kind=kind, **fields)  # type: ignore[arg-type]


def annex(number: int, label: str, typed: str, title: str, text: str = "") -> Clause:
    return clause(number, number=label, number_raw=typed, title=title, text=text)


TEXT = (
    clause(1, ClauseKind.FRONT, text=TITLE),
    clause(2, number="1", number_raw="1", title="总则", text="成员单位见附件1。"),
    annex(3, "附件1", "附件1：", "县防指成员单位职责", "县水利局：负责水情测报。"),
    annex(4, "附件2", "附件2", "通讯录"),
    clause(5, ClauseKind.TABLE, level=2, table=table(("姓名", "电话"), ("张工", "6200107"))),
    annex(6, "附件3-1", "附件 3-1", "响应流程"),
)


def test_label_and_title_stand_apart_and_begin_a_page(tmp_path: Path) -> None:
    data = exported(TEXT, TITLE).data
    lines = outline(opened(data)).splitlines()
    at = lines.index("[Annex Label] 附件1")
    assert lines[at : at + 3] == [
        "[Annex Label] 附件1",
        "[Annex Title] 县防指成员单位职责",
        "[Body Text] 县水利局：负责水情测报。",
    ]
    assert lines[-2:] == ["[Annex Label] 附件 3-1", "[Annex Title] 响应流程"]
    assert measure(data, "a.docx").annexes_on_new_page is True
    assert complaints(data, tmp_path) == []


def test_the_contents_list_names_label_and_title_also_when_word_makes_it_anew() -> None:
    data = exported(TEXT, TITLE).data
    listed = [p.text.split("\t")[0] for p in opened(data).paragraphs if p.style is not None and p.style.name == "toc 1"]
    assert listed == ["1 总则", "附件1 县防指成员单位职责", "附件2 通讯录", "附件 3-1 响应流程"]
    codes = [code.text or "" for code in etree.fromstring(part(data, "word/document.xml")).iter(f"{W}instrText")]
    assert ' TC "附件1 县防指成员单位职责" \\f C \\l "1" ' in codes
    assert "\\f" in codes[0]


def test_an_annex_comes_back_to_the_letter_and_is_read_by_strangers() -> None:
    data = exported(TEXT, TITLE).data
    assert come_back(data, TEXT, TITLE) == TEXT
    assert come_back(without_marks(data), TEXT, TITLE) == TEXT
    assert left_behind(read_word(data, "a.docx"), TEXT, TEXT, TITLE) == ()
    read = read_plan(data, "a.docx", new_id=lambda: str(uuid4()))
    assert [(one.number, one.title) for one in read.clauses if one.number.startswith("附")] == [
        ("附件1", "县防指成员单位职责"), ("附件2", "通讯录"), ("附件3-1", "响应流程"),
    ]  # fmt: skip


def test_words_put_into_label_title_and_text_go_where_they_stand() -> None:
    def edit(document: Document) -> None:
        retype(document, "附件2", "附件4")
        retype(document, "县防指成员单位职责", "县防指及成员单位职责")
        retype(document, "水情测报", "水情和雨情测报")

    found = {one.id: one for one in come_back(edited(exported(TEXT, TITLE).data, edit), TEXT, TITLE)}
    assert found[TEXT[2].id] == replace(TEXT[2], title="县防指及成员单位职责", text="县水利局：负责水情和雨情测报。")
    assert (found[TEXT[3].id].number, found[TEXT[3].id].title) == ("附件4", "通讯录")
    assert set(found) == {one.id for one in TEXT}


def test_a_redline_of_annexes_reads_as_either_text() -> None:
    new = (*TEXT[:2], replace(TEXT[2], number="附件2", number_raw="附件2", title="成员单位职责"), *TEXT[4:])
    data = redline_document(IDENTITY, History(TEXT, [Step(clauses=new, hand=CHEN)])).data
    assert words(data, ACCEPT)[4:6] == ["附件2", "成员单位职责"]
    assert words(data, REJECT)[4:6] == ["附件1", "县防指成员单位职责"]


@pytest.mark.libreoffice
def test_libreoffice_prints_the_label_on_the_first_and_the_title_on_the_third_line(
    soffice: str, tmp_path: Path
) -> None:
    data = exported(TEXT, TITLE).data
    pages = office.pages(office.converted(soffice, data, tmp_path, "pdf"))
    tops = ["".join(page[0].split()) for page in pages]
    assert [top for top in tops if top.startswith("附件")] == ["附件1", "附件2", "附件3-1"]
    again = office.converted(soffice, data, tmp_path, "docx").read_bytes()
    assert come_back(again, TEXT, TITLE) == TEXT
    assert come_back(without_marks(again), TEXT, TITLE) == TEXT
