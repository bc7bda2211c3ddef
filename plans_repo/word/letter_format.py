"""信函格式 of GB/T 9704-2012 (10.1): the issuer's red name over a double line, a second one at the foot of page one.

Name and lines stand in the head and foot of the first page, which bears no page number; the end block has neither
printer nor rules and stands at the foot of the last page.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from plans_repo.word.fonts import BIAOSONG, FANGSONG, Face, r_fonts
from plans_repo.word.official_head import (
    END_LINE_PT,
    END_PT,
    RED,
    mark_size,
)
from plans_repo.word.page import TEXT_WIDTH_MM
from plans_repo.word.paper import Paper

MARK_FROM_EDGE_MM = 30  # from the edge of the paper to the name
LINE_BELOW_MARK_PT = 11.3  # 4 mm
LINE_WIDTH_MM = 170
FOOT_LINE_MM = 20  # from the lower edge of the paper
PAPER_HEIGHT_MM = 297
NUMBER_BELOW_LINE_PT = 14  # 7/8 of the height of a character of the body


def letter_head(paper: Paper, issuer: str, *, number: str) -> None:
    """The red name over the red double line, the number flush right below it, two blank lines before the title."""
    section = paper.document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = Mm(MARK_FROM_EDGE_MM)
    mark = section.first_page_header.paragraphs[0]
    mark.style = paper.document.styles["Normal"]
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    size = mark_size(issuer)
    mark.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    mark.paragraph_format.line_spacing = Pt(size * 1.15)
    run = _run(mark, issuer, BIAOSONG, size)
    run.font.color.rgb = RED
    _red_line(mark, "bottom", "thickThinSmallGap", LINE_BELOW_MARK_PT)
    foot = section.first_page_footer.paragraphs[0]
    _red_line(foot, "top", "thinThickSmallGap", 1)
    _place(foot, PAPER_HEIGHT_MM - FOOT_LINE_MM)
    section.first_page_footer.add_paragraph(style="Footer")  # what a placed paragraph hangs on
    line = paper.document.add_paragraph(style="Normal")
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    line.paragraph_format.space_before = Pt(NUMBER_BELOW_LINE_PT)
    _run(line, number, FANGSONG)
    paper.blank()
    paper.blank()


def letter_end(paper: Paper, *, copies: Sequence[str]) -> None:
    """抄送 at the foot of the page on which the text ends, without printer, date and rules."""
    if not copies:
        return
    line = paper.document.add_paragraph(style="Normal")
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    line.paragraph_format.line_spacing = Pt(END_LINE_PT)
    line.paragraph_format.left_indent = Pt(END_PT * 4)
    line.paragraph_format.first_line_indent = Pt(-END_PT * 3)
    line.paragraph_format.right_indent = Pt(END_PT)
    _run(line, "抄送：" + "，".join(copies) + "。", FANGSONG, END_PT)
    _frame(
        line, f'w:w="{_twips(TEXT_WIDTH_MM)}" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"'
    )
    hung_on = paper.document.add_paragraph(style="Normal")
    hung_on.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    hung_on.paragraph_format.line_spacing = Pt(1)


def _run(paragraph: Paragraph, words: str, face: Face, size_pt: float | None = None) -> Run:
    run = paragraph.add_run(words)
    run._element.get_or_add_rPr().insert(0, parse_xml(f"<w:rPr {nsdecls('w')}>{r_fonts(face)}</w:rPr>")[0])
    if size_pt is not None:
        run.font.size = Pt(size_pt)
    return run


def _red_line(paragraph: Paragraph, side: str, kind: str, space_pt: float) -> None:
    """A double line of 170 mm, wider than the text on either side."""
    beyond = Mm((TEXT_WIDTH_MM - LINE_WIDTH_MM) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = beyond
    line = f'<w:{side} w:val="{kind}" w:sz="18" w:space="{round(space_pt)}" w:color="FF0000"/>'
    borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>")
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _place(paragraph: Paragraph, from_top_mm: float) -> None:
    """Set a paragraph of the foot at a height of the paper, whatever the distance of the foot is."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(0)
    width, top = _twips(LINE_WIDTH_MM), _twips(from_top_mm)
    place = f'w:vAnchor="page" w:hAnchor="page" w:xAlign="center" w:y="{top}"'
    _frame(paragraph, f'w:w="{width}" w:h="60" w:hRule="exact" {place}')


def _frame(paragraph: Paragraph, place: str) -> None:
    """Take a paragraph out of the text and put it at its place on the page of the paragraph after it."""
    frame = parse_xml(f'<w:framePr {nsdecls("w")} w:wrap="around" {place}/>')
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(frame, "w:widowControl", "w:numPr", "w:pBdr", "w:spacing", "w:ind", "w:jc")


def _twips(length_mm: float) -> int:
    return round(length_mm / 25.4 * 1440)
