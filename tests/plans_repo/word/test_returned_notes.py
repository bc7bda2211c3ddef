"""Notes, text boxes and numbers in cells go to Word, are edited there by whatever means, and come back as clauses."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from lxml import etree

from plans_repo.text.clause import Cell, Clause, ClauseKind, Table, visible_count
from plans_repo.text.reading import read_plan
from plans_repo.text.reading.tracked import Tracked, accepting
from plans_repo.text.reading.word_document import read_word
from plans_repo.word.left_behind import LeftBehind, Reason, left_behind, shown_in
from tests.plans_repo.text import word_files as word
from tests.plans_repo.word import office
from tests.plans_repo.word.test_round_trip import PLAN, TITLE, name, table
from tests.plans_repo.word.trips import come_back, exported, rewritten_parts, without_marks

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY, NOTES = "word/document.xml", "word/footnotes.xml"
NUMBERED = Table(
    rows=(
        (Cell(content=("序号",)), Cell(content=("职责",))),
        (
            Cell(automatic_number="1"),
            Cell(content=("职责：\n统一指挥；\n会商研判。",), automatic_number="\n（1）\n（2）"),
        ),
        (Cell(automatic_number="2"), Cell(content=("甲队", table(("队员", "40人")), "随时待命"))),
    )
)
TEXT = (
    *PLAN[:9],
    replace(PLAN[8], id=name(90), text="雨量站共12处。\n其中自动站9处。", number="2", automatic_number="2"),
    Clause(id=name(20), kind=ClauseKind.TABLE, level=2, table=NUMBERED),
    replace(PLAN[8], id=name(91), text="队员名册见附件。", number="3", automatic_number="3"),
    *PLAN[10:],
)
EDITED = {name(9): "数据截至2026年6月。", name(91): "队员名册见附件二。", name(11): "应急值守电话见第一页。"}


def back(data: bytes, text: tuple[Clause, ...] = TEXT) -> dict[str, Clause]:
    return {clause.id: clause for clause in come_back(data, text, TITLE)}


def lost(data: bytes, text: tuple[Clause, ...] = TEXT) -> tuple[LeftBehind, ...]:
    """What the counting says did not come back."""
    source = read_word(data, "plan.docx", accepting(Tracked.ACCEPT, ()))
    return left_behind(source, come_back(data, text, TITLE), text, TITLE)


def with_words(data: bytes, changes: dict[str, str], *paths: str) -> bytes:
    """The file with words replaced within text elements, by plain lxml."""

    def edit(root: etree._Element) -> None:
        for element in root.iter(f"{W}t"):
            for old, new in changes.items():
                element.text = (element.text or "").replace(old, new)

    return rewritten_parts(data, edit, *(paths or (BODY, NOTES)))


def test_notes_stand_at_the_foot_of_the_page_and_come_back_to_the_letter() -> None:
    data = exported(TEXT, TITLE).data
    source = read_word(data, "plan.docx")
    assert [note.text.strip() for note in source.notes] == [
        "数据截至2026年2月。", "雨量站共12处。\n其中自动站9处。", "队员名册见附件。",
    ]  # fmt: skip
    assert come_back(data, TEXT, TITLE) == TEXT
    assert come_back(without_marks(data), TEXT, TITLE) == TEXT
    assert lost(data) == ()


@pytest.mark.parametrize("marked", [True, False])
def test_edited_notes_and_boxes_are_changes_of_their_clauses(*, marked: bool) -> None:
    data = with_words(
        exported(TEXT, TITLE).data,
        {"2026年2月": "2026年6月", "名册见附件": "名册见附件二", "电话见附件": "电话见第一页"},
    )
    found = back(data if marked else without_marks(data))
    assert {key: found[key].text for key in EDITED} == EDITED
    assert set(found) == {clause.id for clause in TEXT}
    assert [found[clause.id] for clause in TEXT if clause.id not in EDITED] == [
        clause for clause in TEXT if clause.id not in EDITED
    ]


def test_a_number_in_a_cell_is_printed_kept_when_untouched_and_changed_when_typed_over() -> None:
    data = exported(TEXT, TITLE).data
    whole = read_word(data, "plan.docx")
    printed = [line for block in whole.blocks if hasattr(block, "table") for line in block.table.text.split("\n")]
    assert "1\t职责：" in printed
    assert "（2） 会商研判。" in printed
    found = back(with_words(data, {"会商研判": "会商", "（1） 统一指挥": "（3） 统一指挥", "40人": "45人"}))[name(20)]
    assert found.table is not None
    assert found.table.rows[1][1] == Cell(content=("职责：\n（3） 统一指挥；\n会商。",), automatic_number="\n\n（2）")
    assert found.table.rows[1][0] == NUMBERED.rows[1][0]
    assert found.table.rows[2][1].content[1] == table(("队员", "45人"))


def test_a_note_taken_out_is_gone_and_the_others_are_counted_anew() -> None:
    def edit(root: etree._Element) -> None:
        mark = next(root.iter(f"{W}footnoteReference"))
        run = mark.getparent()
        assert run is not None
        run.getparent().remove(run)  # type: ignore[union-attr]

    data = rewritten_parts(exported(TEXT, TITLE).data, edit, BODY)
    found = back(data)
    assert name(9) not in found
    assert [(found[key].number, found[key].automatic_number) for key in (name(90), name(91))] == [
        ("1", "1"),
        ("2", "2"),
    ]
    assert [one.reason for one in lost(data)] == [Reason.UNCITED_NOTE]


def test_new_notes_and_boxes_become_clauses_behind_the_words_they_stand_at() -> None:
    def edit(root: etree._Element) -> None:
        target = next(p for p in root.iter(f"{W}p") if "同时通报县水利局" in "".join(p.itertext()))
        for xml in (word.reference("footnote", 77), word.text_box(word.paragraph("咨询电话8123456。"))):
            target.append(etree.fromstring(f"<x {word.SPACES}>{xml}</x>")[0])

    def note(root: etree._Element) -> None:
        xml = f'<x {word.SPACES}><w:footnote w:id="77">{word.paragraph("县水利局值班室收。")}</w:footnote></x>'
        root.append(etree.fromstring(xml)[0])

    data = rewritten_parts(rewritten_parts(exported(TEXT, TITLE).data, edit, BODY), note, NOTES)
    clauses = come_back(data, TEXT, TITLE)
    at = [clause.id for clause in clauses].index(name(3))
    box, fresh = clauses[at + 1 : at + 3]
    assert (box.kind, box.level, box.text) == (ClauseKind.TEXTBOX, 3, "咨询电话8123456。")
    assert (fresh.kind, fresh.number, fresh.text) == (ClauseKind.NOTE, "1", "县水利局值班室收。")
    assert [clause.number for clause in clauses if clause.kind is ClauseKind.NOTE] == ["1", "2", "3", "4"]
    assert lost(data) == ()


def test_what_no_clause_can_hold_is_named() -> None:
    from docx.document import Document

    from tests.plans_repo.word.trips import edited

    def edit(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "县防办征求意见稿"

    assert [(one.reason, one.words) for one in lost(edited(exported(TEXT, TITLE).data, edit))] == [
        (Reason.PAGE_EDGE, "县防办征求意见稿")
    ]


# ---- By chance -------------------------------------------------------------------------------------------------------


def _shuffled(seed: int) -> Callable[[etree._Element], None]:
    """Words put in and taken out of notes, boxes and cells, at places drawn by *seed*; figures among them."""
    chance = random.Random(seed)

    def edit(root: etree._Element) -> None:
        spots = [each for each in root.iter(f"{W}t") if visible_count(each.text or "") > 3 and _is_beside(each)]
        for element in chance.sample(spots, min(4, len(spots))):
            words = element.text or ""
            at = chance.randrange(1, len(words))
            kept = words[at + chance.randrange(0, 3) :]
            element.text = words[:at] + chance.choice(("", "（补充）", "15分钟", "甲乙 丙", "12")) + kept

    return edit


def _is_beside(element: etree._Element) -> bool:
    """Whether words stand in a note, a cell or a box."""
    above = {each.tag for each in element.iterancestors()}
    styles = {mark.get(qn("w:val")) for each in element.iterancestors(f"{W}p") for mark in each.iter(f"{W}pStyle")}
    return bool(above & {f"{W}footnote", f"{W}tc"}) or "BoxText" in styles


def _seen(data: bytes) -> Iterator[str]:
    """The words of notes, boxes and cells of the file, counted by a walk of their own."""
    for path in (BODY, NOTES):
        found: list[str] = []

        def gather(root: etree._Element, found: list[str] = found) -> None:
            found += [each.text or "" for each in root.iter(f"{W}t") if _is_beside(each)]

        rewritten_parts(data, gather, path)
        yield from found


def beside(clauses: tuple[Clause, ...]) -> Iterator[str]:
    """The words of the clauses that are notes, boxes or tables, as they are printed."""
    for clause in clauses:
        if clause.kind in (ClauseKind.NOTE, ClauseKind.TEXTBOX) or clause.table:
            lines = clause.text.split("\n") if clause.kind is ClauseKind.NOTE else shown_in(clause)
            yield from lines


@pytest.mark.parametrize("marked", [True, False])
def test_random_edits_of_notes_boxes_and_cells_all_come_back(*, marked: bool) -> None:
    made = exported(TEXT, TITLE).data
    for seed in range(15):
        data = rewritten_parts(made, _shuffled(seed), BODY, NOTES)
        clauses = come_back(data if marked else without_marks(data), TEXT, TITLE)
        assert sum(map(visible_count, beside(clauses))) == sum(map(visible_count, _seen(data))), seed
        if marked:
            assert {clause.id for clause in clauses} == {clause.id for clause in TEXT}, seed
            assert lost(data) == (), seed


@pytest.mark.libreoffice
def test_libreoffice_keeps_notes_boxes_and_cells(soffice: str, tmp_path: Path) -> None:
    for seed in range(2):
        data = rewritten_parts(exported(TEXT, TITLE).data, _shuffled(seed), BODY, NOTES)
        folder = tmp_path / str(seed)
        folder.mkdir()
        saved = office.converted(soffice, data, folder, "docx").read_bytes()
        before, after = (come_back(file, TEXT, TITLE) for file in (data, saved))
        assert after == before
        assert lost(saved) == ()


def test_a_cell_of_nothing_but_an_automatic_number_is_read_with_it() -> None:
    rows = [["序号", "单位"]]
    cells = f"<w:tr>{word.cell(word.paragraph('', num=(1, 0)))}{word.cell(word.paragraph('县应急局'))}</w:tr>"
    xml = word.table(rows).replace("</w:tbl>", f"{cells}{cells}</w:tbl>")
    numbers = word.numbering([word.number_level(0, "%1")])
    ids = (f"c{at}" for at in count(1))
    reading = read_plan(word.word_file(xml, numbering=numbers), "a.docx", new_id=lambda: next(ids))
    grid = reading.clauses[0].table
    assert grid is not None
    assert [[cell.shown for cell in row] for row in grid.rows] == [
        ["序号", "单位"], ["1", "县应急局"], ["2", "县应急局"],
    ]  # fmt: skip
    assert reading.chars_in == reading.chars_kept == 12
