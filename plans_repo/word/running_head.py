"""What stands at the top of every page: whether this is an internal draft or the signed paper."""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import _Header

from plans_repo.word.fonts import HEITI, r_fonts
from plans_repo.word.tables import RED

SIZE_HALF_PT = 21


def mark_pages(document: Document, text: str, *, red: bool) -> None:
    """Write *text* at the top of odd and even pages alike."""
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        _write(header, text, red=red)


def _write(header: _Header, text: str, *, red: bool) -> None:
    header.is_linked_to_previous = False
    element = header._element
    for child in list(element):
        element.remove(child)
    colour = f'<w:color w:val="{RED}"/>' if red else ""
    look = f'<w:rPr>{r_fonts(HEITI)}{colour}<w:sz w:val="{SIZE_HALF_PT}"/><w:szCs w:val="{SIZE_HALF_PT}"/></w:rPr>'
    element.append(
        parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="center"/></w:pPr>'
            f"<w:r>{look}<w:t>{escape(text)}</w:t></w:r></w:p>"
        )
    )
