"""The page of GB/T 9704-2012 as a Word document: A4, 156 x 225 mm of text, 22 lines of 28 characters."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import _Footer

from plans_repo.word.fonts import SONGTI, font_table_xml, r_fonts
from plans_repo.word.styles import CHINESE, Typesetting, styles_xml
from plans_repo.word.theme import theme_xml

TEXT_WIDTH_MM = 156  # GB/T 9704-2012 5.2.1
LINES_PER_PAGE = 22  # GB/T 9704-2012 5.2.3
CHARACTERS_PER_LINE = 28  # GB/T 9704-2012 5.2.3
FOOTER_TWIPS = 1417  # 25 mm from the paper's edge puts the dash 7 mm below the text, GB/T 9704-2012 7.5

_PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" '
    f'w:footer="{FOOTER_TWIPS}" w:gutter="0"/>'
)
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:useFELayout/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
    'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
    'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"
_PARTS = ("styles", "settings", "fontTable", "theme")
_STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold: equal documents are equal bytes


def new_document(setting: Typesetting = CHINESE) -> Document:
    """An empty document with the page, styles and page numbers of an official text."""
    document = docx.Document(io.BytesIO(_empty_package(setting)))
    section = document.sections[0]
    _number_pages(section.footer, align="right")
    _number_pages(section.even_page_footer, align="left")
    return document


def saved(document: Document, *, title: str, author: str, made_at: datetime) -> bytes:
    """The document as bytes; the same content gives the same bytes."""
    core = document.core_properties
    core.title, core.author, core.last_modified_by = title[:255], author[:255], author[:255]
    core.created = core.modified = made_at
    core.revision, core.language = 1, "zh-CN"
    raw = io.BytesIO()
    document.save(raw)
    return _restamped(raw.getvalue())


def _restamped(package: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, date_time=_STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


def _number_pages(footer: _Footer, *, align: str) -> None:
    """Write “— n —” one blank from the outer edge, 14 pt Songti."""
    footer.is_linked_to_previous = False
    element = footer._element
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(_page_number_xml(align)))


def _page_number_xml(align: str) -> str:
    look = f'<w:rPr>{r_fonts(SONGTI)}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
    pieces = (
        '<w:t xml:space="preserve">— </w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        '<w:t xml:space="preserve"> —</w:t>',
    )
    runs = "".join(f"<w:r>{look}{piece}</w:r>" for piece in pieces)
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/>'
        f'<w:ind w:{align}Chars="100" w:{align}="280"/><w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'
    )


_NEWER = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w16du="http://schemas.microsoft.com/office/word/2023/wordml/word16du" mc:Ignorable="w14 w16du"'
)
"""Vocabularies a reader may pass over: ids of comments, times of changes in UTC."""


def _empty_package(setting: Typesetting) -> bytes:
    """A document of one empty section, without the themes and tables of python-docx's own template."""
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": (
            f"<w:document {nsdecls('w', 'r', 'wp', 'a')} {_NEWER}>"
            f"<w:body><w:sectPr>{_PAGE}</w:sectPr></w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": _relations({name: f"{name}.xml" for name in _PARTS}),
        "word/styles.xml": styles_xml(setting),
        "word/settings.xml": f"<w:settings {nsdecls('w')}>{_SETTINGS}</w:settings>",
        "word/fontTable.xml": font_table_xml(),
        "word/theme.xml": theme_xml(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, xml in files.items():
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml)
    return out.getvalue()


def _content_types() -> str:
    types = {name: f"{_OFFICE_TYPE}.wordprocessingml.{name}" for name in _PARTS}
    types |= {"document": f"{_OFFICE_TYPE}.wordprocessingml.document.main", "theme": f"{_OFFICE_TYPE}.theme"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}+xml"/>' for name, kind in types.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: dict[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'
