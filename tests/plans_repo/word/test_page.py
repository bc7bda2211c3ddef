"""The page of GB/T 9704-2012, as written and as LibreOffice renders it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from plans_repo.word.page import new_document, saved
from plans_repo.word.paper import Bold, Paper
from tests.plans_repo.word import office
from tests.plans_repo.word.builders import opened, part
from tests.plans_repo.word.checking import complaints

NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


def running_text(characters: int) -> bytes:
    """One paragraph of plain text without indent."""
    document = new_document()
    document.add_paragraph("为有效预防和处置洪涝灾害制定本预案"[:16] * (characters // 16))
    return saved(document, title="正文", author="县应急管理局", made_at=NOON)


def test_paper_and_margins_are_those_of_the_standard() -> None:
    section = new_document().sections[0]
    lengths = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    sides = (section.left_margin, section.right_margin)
    assert [round(length.mm) for length in lengths if length] == [210, 297, 37, 35]
    assert [round(length.mm) for length in sides if length] == [28, 26]


def test_no_grid_theme_font_or_foreign_style_part_is_left() -> None:
    data = running_text(160)
    assert b"docGrid" not in part(data, "word/document.xml")
    assert b"Theme" not in part(data, "word/styles.xml")
    document = opened(data)
    assert not [rel for rel in document.part.rels.values() if "stylesWithEffects" in rel.reltype]


def test_every_style_names_its_east_asian_face() -> None:
    styles = {
        style.name: style.element.rPr.rFonts.get(qn("w:eastAsia"))
        for style in new_document().styles
        if style.type is not None and style.element.rPr is not None and style.element.rPr.rFonts is not None
    }
    assert styles["Title"] == "方正小标宋简体"
    assert [styles[f"Heading {level}"] for level in (1, 2, 3, 4)] == [
        "黑体",
        "楷体_GB2312",
        "仿宋_GB2312",
        "仿宋_GB2312",
    ]
    assert styles["Body Text"] == "仿宋_GB2312"


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    section = new_document().sections[0]
    footers = (section.footer.paragraphs[0], section.even_page_footer.paragraphs[0])
    assert [footer.text for footer in footers] == ["— 1 —", "— 1 —"]
    assert [str(footer.alignment).split(" ")[0] for footer in footers] == ["RIGHT", "LEFT"]


def test_equal_content_gives_equal_bytes() -> None:
    assert running_text(160) == running_text(160)


def test_bold_words_are_a_run_of_their_own_and_plain_text_is_one_run() -> None:
    paper = Paper()
    paper.text(Bold("要点。"), "其余正文不再拆分。")
    runs = paper.document.paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [("要点。", True), ("其余正文不再拆分。", None)]


def test_an_empty_page_and_a_full_one_satisfy_the_schema(tmp_path: Path) -> None:
    assert complaints(running_text(1600), tmp_path) == []


@pytest.mark.libreoffice
def test_a_page_of_plain_text_has_22_lines_of_28_characters(soffice: str, tmp_path: Path) -> None:
    pdf = office.converted(soffice, running_text(22 * 28 * 3), tmp_path, "pdf")
    first, second, *_ = office.pages(pdf)
    for lines, number in ((first, "—1—"), (second, "—2—")):
        assert lines[-1].replace(" ", "") == number
        assert [len(line) for line in lines[:-1]] == [28] * 22


@pytest.mark.libreoffice
def test_no_punctuation_is_lost_at_the_end_of_a_full_line(soffice: str, tmp_path: Path) -> None:
    paper = Paper()
    for length in range(20, 60):
        paper.text("研" * length + "，" + "判" * 30 + "。")
    data = paper.saved(title="标点", author="县应急管理局", made_at=NOON)
    found = office.words(office.converted(soffice, data, tmp_path, "pdf"))
    assert (found.count("，"), found.count("。")) == (40, 40)
