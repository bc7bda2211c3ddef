"""A plan goes to Word, is edited there and comes back: to the letter when untouched, else as the same clauses."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from docx.document import Document
from docx.oxml.ns import qn

from plans_repo.text.clause import Cell, Clause, ClauseKind, Table
from plans_repo.text.reading import read_plan
from tests.plans_repo.text.test_word_corpus import FIXTURES
from tests.plans_repo.word import office
from tests.plans_repo.word.trips import come_back, edited, exported, paragraph, retype, without_marks
from ui.demo import sources

STRANGE = sorted((Path(__file__).parents[1] / "strange_plans").glob("*.txt"))
DEMO = sorted(Path(sources.__file__).parent.rglob("*.md"))
TITLE = "某县防汛应急预案"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


def name(number: int) -> str:
    return str(UUID(int=number))


def heading(number: int, label: str, title: str, text: str = "", *, level: int = 1, **more: object) -> Clause:
    return Clause(
        id=name(number), kind=ClauseKind.HEADING, number=label, number_raw=label, title=title, text=text, level=level,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def table(*rows: tuple[str, ...]) -> Table:
    return Table(rows=tuple(tuple(Cell(content=(text,)) for text in row) for row in rows))


PLAN = (
    Clause(id=name(1), kind=ClauseKind.FRONT, text=f"{TITLE}\n（2026年修订）"),
    heading(2, "1", "总则"),
    heading(3, "1.1", "报告时限", "险情发生后30分钟内报告。\n同时通报县水利局。", level=2),
    replace(
        heading(4, "", "值班", "实行24小时值班。\n节假日领导带班。", level=2),
        number="1.2",
        automatic_number="1.2",
        line_numbers=((0, "（1）"), (1, "（2）")),
    ),
    Clause(id=name(5), kind=ClauseKind.ARTICLE, level=2, number="第三条", number_raw="第三条", text="各乡镇参照执行。"),
    Clause(id=name(6), kind=ClauseKind.CAPTION, level=2, text="表1 抢险队伍"),
    Clause(
        id=name(7), kind=ClauseKind.TABLE, level=2, table=table(("队伍", "人数"), ("一队", "40人"), ("二队", "25人"))
    ),
    Clause(id=name(8), kind=ClauseKind.TABLE, level=2, table=table(("物资", "数量"), ("编织袋", "2万条"))),
    Clause(id=name(9), kind=ClauseKind.NOTE, level=2, text="数据截至2026年2月。", number="1", automatic_number="1"),
    Clause(id=name(10), kind=ClauseKind.PICTURE, level=2, media=("pic",)),
    Clause(id=name(11), kind=ClauseKind.TEXTBOX, level=2, text="应急值守电话见附件。"),
    heading(12, "2", "附则", "自印发之日起施行。"),
    Clause(id=name(13), kind=ClauseKind.HEADER, text="内部使用"),
    Clause(id=name(14), kind=ClauseKind.FOOTER, text="第1页"),
)
MEDIA = {"pic": PNG}
UNKNOWN_MEDIA = {"pic": b"EMF?"}


def trip(edit: object = None, *, text: tuple[Clause, ...] = PLAN, marked: bool = True) -> tuple[Clause, ...]:
    data = exported(text, TITLE).data
    data = edited(data, edit) if edit else data  # type: ignore[arg-type]
    return come_back(data if marked else without_marks(data), text, TITLE)


def after(edit: object, *, marked: bool = True) -> dict[str, Clause]:
    return {clause.id: clause for clause in trip(edit, marked=marked)}


# ---- Unchanged -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*STRANGE, *DEMO], ids=lambda path: path.stem)
def test_plans_of_strangers_and_of_the_demo_come_back_to_the_letter(path: Path) -> None:
    reading = read_plan(path.read_bytes(), path.name, new_id=lambda: str(uuid4()))
    data = exported(reading.clauses, reading.title).data
    assert come_back(data, reading.clauses, reading.title) == reading.clauses
    assert come_back(without_marks(data), reading.clauses, reading.title) == reading.clauses


def test_every_plan_of_the_word_corpus_comes_back_to_the_letter() -> None:
    for fixture in FIXTURES.values():
        reading = read_plan(fixture.data, "plan.docx", new_id=lambda: str(uuid4()))
        media = {medium.sha256: medium.data for medium in reading.media}
        data = exported(reading.clauses, reading.title, media).data
        assert come_back(data, reading.clauses, reading.title, media) == reading.clauses, fixture.name


def test_every_kind_of_clause_comes_back_to_the_letter() -> None:
    assert trip() == PLAN


def test_a_picture_is_written_into_the_file_and_known_again() -> None:
    import hashlib

    key = hashlib.sha256(PNG).hexdigest()
    text = tuple(replace(clause, media=(key,)) if clause.media else clause for clause in PLAN)
    document = exported(text, TITLE, {key: PNG})
    assert come_back(document.data, text, TITLE, {key: PNG}) == text
    assert name(10) not in document.left_out
    without = edited(document.data, lambda made: made.element.body.remove(_picture(made)))
    assert name(10) not in {clause.id for clause in come_back(without, text, TITLE, {key: PNG})}


def _picture(document: Document) -> object:
    return next(one._p for one in document.paragraphs if one._p.findall(f".//{qn('w:drawing')}"))


@pytest.mark.libreoffice
def test_libreoffice_keeps_the_clauses_with_marks_and_without(soffice: str, tmp_path: Path) -> None:
    reading = read_plan(DEMO[0].read_bytes(), DEMO[0].name, new_id=lambda: str(uuid4()))
    text = (*reading.clauses, *PLAN)
    data = exported(text, TITLE).data
    again = office.converted(soffice, data, tmp_path, "docx").read_bytes()
    for saved, least in ((again, 0.99), (without_marks(again), 0.97)):
        back = come_back(saved, text, TITLE)
        kept = {clause.id for clause in back} & {clause.id for clause in text}
        assert len(kept) >= least * len(text)
        assert sum(clause in text for clause in back) >= least * len(text)


# ---- Edited ----------------------------------------------------------------------------------------------------------


def test_words_whose_heading_was_taken_out_are_text_under_what_stands_before() -> None:
    def edit(document: Document) -> None:
        line = paragraph(document, "1.1 报告时限")._p
        line.getparent().remove(line)

    found = after(edit)[name(3)]
    assert (found.kind, found.level, found.number, found.title) == (ClauseKind.BODY, 3, "", "")
    assert found.text == PLAN[2].text


def test_words_go_to_number_title_text_and_cell() -> None:
    def edit(document: Document) -> None:
        retype(document, "1.1 报告时限", "1.3 报告的时限")
        retype(document, "30分钟", "15分钟")
        document.tables[0].rows[1].cells[1].paragraphs[0].runs[0].text = "60人"

    found = after(edit)
    assert (found[name(3)].number, found[name(3)].number_raw, found[name(3)].title) == ("1.3", "1.3", "报告的时限")
    assert found[name(3)].text == "险情发生后15分钟内报告。\n同时通报县水利局。"
    assert found[name(7)].table == table(("队伍", "人数"), ("一队", "60人"), ("二队", "25人"))
    assert [found[clause.id] for clause in PLAN if clause.id not in (name(3), name(7))] == [
        clause for clause in PLAN if clause.id not in (name(3), name(7))
    ]


def test_automatic_numbers_of_untouched_lines_stay_automatic() -> None:
    def edit(document: Document) -> None:
        retype(document, "节假日领导带班", "节假日和汛期领导带班")

    found = after(edit)[name(4)]
    assert (found.automatic_number, found.line_numbers) == ("1.2", ((0, "（1）"), (1, "（2）")))
    assert found.text == "实行24小时值班。\n节假日和汛期领导带班。"


def test_a_split_paragraph_stays_in_its_clause_and_a_new_heading_begins_another() -> None:
    def edit(document: Document) -> None:
        last = paragraph(document, "同时通报县水利局")
        last.insert_paragraph_before("必要时越级报告。", style="Body Text")
        paragraph(document, "值班").insert_paragraph_before("1.4 通信", style="Heading 2")
        paragraph(document, "1.2 值班").insert_paragraph_before("保持通信畅通。", style="Body Text")

    found = trip(edit)
    by_id = {clause.id: clause for clause in found}
    assert by_id[name(3)].text == "险情发生后30分钟内报告。\n必要时越级报告。\n同时通报县水利局。"
    fresh = [clause for clause in found if clause.id not in {one.id for one in PLAN}]
    assert [(one.number, one.title, one.text, one.level) for one in fresh] == [("1.4", "通信", "保持通信畅通。", 2)]
    assert [clause.id for clause in found].index(fresh[0].id) == 3


def test_merged_paragraphs_leave_one_clause_with_both_texts() -> None:
    def edit(document: Document) -> None:
        first, second = paragraph(document, "第三条"), paragraph(document, "表1 抢险队伍")
        for element in list(second._p):
            if element.tag != qn("w:pPr"):
                first._p.append(element)
        second._p.getparent().remove(second._p)

    found = after(edit)
    assert name(6) not in found
    assert found[name(5)].text == "各乡镇参照执行。表1 抢险队伍"


def test_a_copied_clause_gets_a_new_id_and_a_removed_one_is_gone() -> None:
    def edit(document: Document) -> None:
        head, line = paragraph(document, "1.1 报告时限"), paragraph(document, "同时通报县水利局")
        for element in (copy.deepcopy(head._p), copy.deepcopy(line._p)):  # with its marks, as WPS copies
            document.element.body.insert(len(document.element.body) - 1, element)
        for text in ("第三条", "应急值守电话"):
            gone = paragraph(document, text)._p
            gone.getparent().remove(gone)

    found = trip(edit)
    ids = [clause.id for clause in found]
    assert name(5) not in ids
    assert name(11) not in ids
    assert len(set(ids)) == len(ids)
    copied = next(clause for clause in found if clause.id.startswith("new"))
    assert (copied.title, copied.text) == ("报告时限", "同时通报县水利局。")
    assert {clause.id: clause for clause in found}[name(3)] == PLAN[2]


def test_a_clause_that_was_moved_is_the_same_clause_at_another_place() -> None:
    def edit(document: Document) -> None:
        article = paragraph(document, "第三条")._p
        paragraph(document, "1.1 报告时限")._p.addprevious(article)

    found = trip(edit)
    assert [clause.id for clause in found][:4] == [name(1), name(2), name(5), name(3)]
    assert set(found) == set(PLAN)


def test_rows_tables_and_paragraphs_behind_a_table_are_told_apart() -> None:
    def edit(document: Document) -> None:
        first = document.tables[0]
        row = copy.deepcopy(first.rows[2]._tr)
        first._tbl.append(row)
        for cell, text in zip(first.rows[3].cells, ("三队", "12人"), strict=True):
            cell.paragraphs[0].runs[0].text = text
        paragraph(document, "应急值守电话").insert_paragraph_before("另有民兵连待命。", style="Body Text")

    found = trip(edit)
    by_id = {clause.id: clause for clause in found}
    assert by_id[name(7)].table == table(("队伍", "人数"), ("一队", "40人"), ("二队", "25人"), ("三队", "12人"))
    fresh = [clause for clause in found if clause.id.startswith("new")]
    assert [(one.kind, one.text) for one in fresh] == [(ClauseKind.BODY, "另有民兵连待命。")]


def test_a_heading_set_in_another_style_changes_its_level() -> None:
    def edit(document: Document) -> None:
        paragraph(document, "1.2 值班").style = "Heading 3"

    assert after(edit)[name(4)].level == 3


@pytest.mark.parametrize("marked", [True, False])
def test_edited_clauses_are_known_again_with_marks_and_without(*, marked: bool) -> None:
    def edit(document: Document) -> None:
        retype(document, "30分钟内报告", "20分钟内电话报告")
        retype(document, "各乡镇参照执行", "各乡镇、街道参照执行")
        retype(document, "自印发之日起施行", "自2026年4月1日起施行")

    found = after(edit, marked=marked)
    assert set(found) == {clause.id for clause in PLAN}
    assert found[name(5)].text == "各乡镇、街道参照执行。"
    assert found[name(12)].text == "自2026年4月1日起施行。"
