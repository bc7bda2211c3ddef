"""The report as LibreOffice shows it: whole, with its charts, and still whole after being saved again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from docx.document import Document

from plans_repo.word.assessment_report import assessment_report
from tests.plans_repo.word import office
from tests.plans_repo.word.builders import opened, part_names, some_facts

pytestmark = pytest.mark.libreoffice
COLUMN_BLUE = (0x6F, 0x93, 0xBD)
FEWEST_PIXELS = 200  # a chart drawn at 50 dpi has thousands, an empty frame none
HANGING = "，。、；："  # LibreOffice forgets w:overflowPunct when saving and then drops hanging marks from the PDF


@pytest.fixture(scope="module")
def report_pdf(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Chinese report as a PDF."""
    return office.converted(soffice, assessment_report(some_facts()), tmp_path_factory.mktemp("report"), "pdf")


def characters(document: Document) -> Counter[str]:
    text = "".join(paragraph.text for paragraph in document.paragraphs)
    text += "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return Counter("".join(text.split()))


def test_every_character_reaches_the_page(report_pdf: Path) -> None:
    written = characters(opened(assessment_report(some_facts())))
    assert written - Counter(office.words(report_pdf)) == Counter()


def test_every_character_of_the_english_report_reaches_the_page(soffice: str, tmp_path: Path) -> None:
    data = assessment_report(some_facts(), language="en")
    pdf = office.converted(soffice, data, tmp_path, "pdf")
    assert characters(opened(data)) - Counter(office.words(pdf)) == Counter()


@pytest.mark.parametrize("caption", ["图1", "图3"])
def test_charts_are_drawn(caption: str, report_pdf: Path, tmp_path: Path) -> None:
    pages = enumerate(office.pages(report_pdf), start=1)
    page = next(number for number, lines in pages if any(line.replace(" ", "").startswith(caption) for line in lines))
    assert office.count_of_colour(office.picture(report_pdf, tmp_path, page=page), COLUMN_BLUE) > FEWEST_PIXELS


def test_body_lines_stay_within_28_characters(report_pdf: Path) -> None:
    first = office.pages(report_pdf)[0][3:-1]  # below the title
    assert max(len(office.HAN.findall(line)) for line in first) <= 28


def test_saved_again_by_libreoffice_it_keeps_its_words_and_charts(soffice: str, tmp_path: Path) -> None:
    data = assessment_report(some_facts())
    again = office.converted(soffice, data, tmp_path, "docx").read_bytes()
    assert characters(opened(again)) == characters(opened(data))
    assert sum(name.startswith("word/charts/chart") and name.endswith(".xml") for name in part_names(again)) == 3
    printed = Counter(office.words(office.converted(soffice, again, tmp_path, "pdf")))
    assert set(characters(opened(data)) - printed) <= set(HANGING)
