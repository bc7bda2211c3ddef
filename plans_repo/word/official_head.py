"""Head and end of an official document: red name of the issuer, number and signer over the red line, signature, 版记.

Measures are those of GB/T 9704-2012 (7.2, 7.3.5, 7.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from xml.sax.saxutils import escape

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from plans_repo.word.fonts import BIAOSONG, FANGSONG, KAITI, Face, r_fonts
from plans_repo.word.page import CHARACTERS_PER_LINE, TEXT_WIDTH_MM
from plans_repo.word.paper import Paper
from plans_repo.word.styles import CHINESE, twips

RED = RGBColor(0xFF, 0x00, 0x00)
MARK_FROM_TOP_MM = 35
LINE_BELOW_NUMBER_PT = 11.3  # 4 mm
LARGEST_MARK_PT, SMALLEST_MARK_PT = 54, 30
ONE_PT = CHINESE.body_pt + CHINESE.spacing_pt
"""The width of a character of the body."""
END_PT, END_LINE_PT = 14, 22
CELL_TWIPS = 85
TEXT_HEIGHT_PT = 225 / 25.4 * 72
SLACK_PT = 58  # two lines: with stand-in fonts a paragraph may break otherwise than on the grid
THICK, THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm


def head(paper: Paper, issuer: str, *, number: str, signer: str | None) -> None:
    """Red name, number on the left and signer on the right, the red line over the width of the text.

    *signer* is None for a document that does not go up: its number stands in the middle.
    """
    mark = paper.document.add_paragraph(style="Normal")
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    size = mark_size(issuer)
    mark.paragraph_format.space_before = Mm(MARK_FROM_TOP_MM)
    mark.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    mark.paragraph_format.line_spacing = Pt(size * 1.15)
    run = _run(mark, issuer, BIAOSONG, size_pt=size)
    run.font.color.rgb = RED
    paper.blank()
    paper.blank()
    line = paper.document.add_paragraph(style="Normal")
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    line.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH_MM) - Pt(ONE_PT), WD_TAB_ALIGNMENT.RIGHT)
    if signer is None:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(line, number, FANGSONG)
    else:
        _run(line, f"　{number}\t签发人：", FANGSONG)
        _run(line, signer or "　　　", KAITI)
    _rule_below(line, LINE_BELOW_NUMBER_PT)
    paper.blank()
    paper.blank()


def mark_size(issuer: str) -> float:
    """The size in which the name of an issuer fits on one line.

    >>> mark_size("清川县人民政府文件"), mark_size("云岭省应急管理厅防汛抗旱指挥部办公室文件")
    (46.0, 30)
    """
    widest = TEXT_WIDTH_MM / 25.4 * 72 * 0.94
    return min(LARGEST_MARK_PT, max(SMALLEST_MARK_PT, widest / len(issuer) // 1))


def right(paper: Paper, words: str, *, from_right: float) -> None:
    """A line that ends so many characters from the right."""
    line = paper.document.add_paragraph(words, style="Normal")
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    line.paragraph_format.right_indent = Pt(from_right * ONE_PT)


def addressees(paper: Paper, names: Sequence[str]) -> None:
    """Who the document goes to, flush left, one line below the title."""
    paper.blank()
    paper.document.add_paragraph("、".join(names) + "：", style="Normal")


def annex_note(paper: Paper, names: Sequence[str]) -> None:
    """附件：… below the text, numbers under each other where there are several."""
    if not names:
        return
    paper.blank()
    for at, name in enumerate(names, start=1):
        line = paper.document.add_paragraph(style="Normal")
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
        before = "附件：" if at == 1 else "　　　"
        words = f"{at}．{name}" if len(names) > 1 else name
        _indent(line, left=6.5 if len(names) > 1 else 5, hanging=4.5 if len(names) > 1 else 3)
        _run(line, before + words, FANGSONG)


def signature(paper: Paper, issuer: str, day: str) -> None:
    """Issuer centred over the date, the date four characters from the right; a longer issuer two from the right.

    They never stand on a page alone: what was written last goes with them.
    """
    for _line in range(2):
        paper.document.paragraphs[-1].paragraph_format.keep_with_next = True
        paper.blank()
    paper.document.paragraphs[-1].paragraph_format.keep_with_next = True
    date_at, issuer_at = signature_places(issuer, day)
    for words, at in ((issuer, issuer_at), (day, date_at)):
        line = paper.document.add_paragraph(style="Normal")
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(at * ONE_PT)
        line.paragraph_format.keep_with_next = words is issuer
        _run(line, words, FANGSONG)


def signature_places(issuer: str, day: str) -> tuple[float, float]:
    """How many characters from the right date and issuer end, centred over each other.

    >>> signature_places("清川县人民政府", "2026年3月8日")
    (4, 3.5)
    >>> signature_places("清川县人民政府防汛抗旱指挥部", "2026年3月8日")
    (6.0, 2)
    """
    difference = (len(issuer) - _width(day)) / 2
    return (4, 4 - difference) if difference <= 2 else (2 + difference, 2)


def end_block(paper: Paper, *, copies: Sequence[str], printed_by: str, day: str, before: Sequence[float]) -> None:
    """版记 at the foot of an even page: copies, who printed it and when, between rules.

    *before* are the heights in points of all lines of the document so far: they say on which page the block
    stands and how much is left free above it.
    """
    cells = [("抄送：" + "，".join(copies) + "。", "")] if copies else []
    cells.append((printed_by, f"{day}印发"))
    height = sum(_row_twips(left) for left, _right in cells) / 20
    page, used = page_and_place(before)
    free = TEXT_HEIGHT_PT - SLACK_PT - used - height
    is_on_next = page % 2 == 1 or free < 0
    spacer = paper.document.add_paragraph(style="Normal")
    spacer.paragraph_format.page_break_before = is_on_next
    spacer.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    spacer.paragraph_format.line_spacing = Pt(1)
    spacer.paragraph_format.space_after = Pt(TEXT_HEIGHT_PT - SLACK_PT - height if is_on_next else free)
    rows = [
        _end_row(left, right, above=THICK if at == 0 else THIN, below=THICK if at == len(cells) - 1 else 0)
        for at, (left, right) in enumerate(cells)
    ]
    width = _twips_mm(TEXT_WIDTH_MM)
    table = parse_xml(_END_TABLE.format(ns=nsdecls("w"), width=width, rows="".join(rows)))
    spacer._element.addnext(table)
    last = paper.document.add_paragraph(style="Normal")
    last.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    last.paragraph_format.line_spacing = Pt(1)


def head_heights(issuer: str) -> list[float]:
    """The heights of the lines of a head."""
    line = CHINESE.line_pt
    return [
        MARK_FROM_TOP_MM / 25.4 * 72 + mark_size(issuer) * 1.15,
        line,
        line,
        line + LINE_BELOW_NUMBER_PT,
        line,
        line,
    ]


def page_and_place(heights: Sequence[float]) -> tuple[int, float]:
    """The page, from 1, on which the last of so many lines ends, and how far down.

    >>> page_and_place([28.95] * 22)[0], page_and_place([28.95] * 23)
    (1, (2, 28.95))
    """
    page, place = 1, 0.0
    for height in heights:
        if place + height > TEXT_HEIGHT_PT:
            page, place = page + 1, 0.0
        place += height
    return page, place


_END_TABLE = (
    '<w:tbl {ns}><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    '<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{rows}</w:tbl>'
)


def _row_twips(words: str) -> int:
    """The height of a row of the block: its lines with the space around them."""
    room = TEXT_WIDTH_MM / 25.4 * 72 / END_PT - 5
    return 80 + twips(END_LINE_PT) * max(1, -(-int(_width(words)) // int(room)))


def _end_row(left: str, right: str, *, above: int, below: int = 0) -> str:
    """A row of the block: words on the left, and words on the right if there are any; one blank on either side."""
    width = _twips_mm(TEXT_WIDTH_MM)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (("top", above), ("bottom", below))
        if size
    )
    look = f'<w:rPr>{r_fonts(FANGSONG)}<w:sz w:val="{END_PT * 2}"/><w:szCs w:val="{END_PT * 2}"/></w:rPr>'
    blank = twips(END_PT)
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{width - 2 * CELL_TWIPS - blank}"/></w:tabs>' if right else ""
    hanging, keep = (0, "") if right else (3 * blank, "<w:keepNext/>")
    runs = f'<w:r>{look}<w:t xml:space="preserve">{escape(left)}</w:t></w:r>'
    runs += f"<w:r>{look}<w:tab/></w:r><w:r>{look}<w:t>{escape(right)}</w:t></w:r>" if right else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
        f"<w:tcBorders>{edges}</w:tcBorders></w:tcPr>"
        f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{keep}{tab}'
        f'<w:spacing w:before="40" w:after="40" w:line="{twips(END_LINE_PT)}" w:lineRule="exact"/>'
        f'<w:ind w:left="{blank + hanging}" w:right="{0 if right else blank}" w:hanging="{hanging}"/>'
        f'<w:jc w:val="left"/></w:pPr>{runs}</w:p></w:tc></w:tr>'
    )


def lines_of(words: str, *, indent: int = 2, left: float = 0) -> int:
    """How many lines of the grid a paragraph takes whose first line stands in by *indent*, all of them by *left*.

    >>> lines_of("一" * 26), lines_of("一" * 27), lines_of("一" * 27, indent=0, left=6.5)
    (1, 2, 2)
    """
    return max(1, ceil((indent + _width(words)) / (CHARACTERS_PER_LINE - left)))


def _width(words: str) -> float:
    """The width of words in characters: figures and Latin letters take half of one."""
    return sum(0.5 if ord(sign) < 256 else 1 for sign in words)


def _run(paragraph: Paragraph, words: str, face: Face, *, size_pt: float | None = None) -> Run:
    run = paragraph.add_run(words)
    run._element.get_or_add_rPr().insert(0, parse_xml(f"<w:rPr {nsdecls('w')}>{r_fonts(face)}</w:rPr>")[0])
    if size_pt is not None:
        run.font.size = Pt(size_pt)
    return run


def _rule_below(paragraph: Paragraph, space_pt: float) -> None:
    line = f'<w:bottom w:val="single" w:sz="12" w:space="{round(space_pt)}" w:color="FF0000"/>'
    borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>")
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _indent(paragraph: Paragraph, *, left: float, hanging: float) -> None:
    paragraph.paragraph_format.left_indent = Emu(int(Pt(left * ONE_PT)))
    paragraph.paragraph_format.first_line_indent = Emu(int(-Pt(hanging * ONE_PT)))


def _twips_mm(length: float) -> int:
    return round(length / 25.4 * 1440)
