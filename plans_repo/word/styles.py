"""The paragraph styles of an official document, written whole so that nothing foreign is inherited."""

from __future__ import annotations

from dataclasses import dataclass, replace

from docx.oxml.ns import nsdecls

from plans_repo.word.fonts import BIAOSONG, CODE, FANGSONG, HEITI, KAITI, SONGTI, Face, r_fonts


@dataclass(frozen=True, kw_only=True, slots=True)
class Typesetting:
    """Sizes of one kind of text block: points for type, line and character spacing.

    The Chinese values render 22 lines of 28 characters on the page of GB/T 9704-2012:
    22 x 28.95 pt fit in 225 mm and 28 x (16 - 0.25) pt fit in 156 mm.
    """

    body_pt: float
    line_pt: float
    spacing_pt: float
    title_pt: float
    table_pt: float
    indent_chars: int
    bold_headings: bool
    after_pt: float


CHINESE = Typesetting(
    body_pt=16,
    line_pt=28.95,
    spacing_pt=-0.25,
    title_pt=22,
    table_pt=10.5,
    indent_chars=2,
    bold_headings=False,
    after_pt=0,
)
ENGLISH = Typesetting(
    body_pt=12,
    line_pt=18,
    spacing_pt=0,
    title_pt=18,
    table_pt=9,
    indent_chars=0,
    bold_headings=True,
    after_pt=6,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """One paragraph style; ``line_pt`` None means single spacing (tables, charts)."""

    id: str
    name: str
    face: Face = FANGSONG
    size_pt: float
    bold: bool = False
    align: str = "both"
    line_pt: float | None = None
    spacing_pt: float = 0
    indent_chars: int = 0
    before_pt: float = 0
    after_pt: float = 0
    keep_next: bool = False
    new_page: bool = False
    outline: int | None = None
    right_tab: int = 0


def twips(points: float) -> int:
    """Twentieths of a point, the unit of Word's spacing."""
    return round(points * 20)


def paragraph_styles(setting: Typesetting) -> tuple[Style, ...]:
    """All paragraph styles of a typesetting, the default first."""
    body = Style(
        id="Normal",
        name="Normal",
        size_pt=setting.body_pt,
        line_pt=setting.line_pt,
        spacing_pt=setting.spacing_pt,
    )
    return (body, *_body_styles(setting, body), *_small_styles(setting), *_contents_styles(body))


def _body_styles(setting: Typesetting, body: Style) -> tuple[Style, ...]:
    head = replace(
        body,
        keep_next=True,
        align="left",
        indent_chars=setting.indent_chars,
        before_pt=setting.after_pt,
        after_pt=setting.after_pt,
    )
    bold = setting.bold_headings
    title = replace(
        body,
        id="Title",
        name="Title",
        face=BIAOSONG,
        size_pt=setting.title_pt,
        line_pt=setting.title_pt * 1.5,
        spacing_pt=0,
        align="center",
        bold=bold,
        keep_next=True,
    )
    return (
        replace(body, id="BodyText", name="Body Text", indent_chars=setting.indent_chars, after_pt=setting.after_pt),
        title,
        replace(body, id="Subtitle", name="Subtitle", face=KAITI, align="center", keep_next=True),
        replace(head, id="Heading1", name="heading 1", face=HEITI, outline=0, bold=bold),
        replace(head, id="Heading2", name="heading 2", face=KAITI, outline=1, bold=bold),
        replace(head, id="Heading3", name="heading 3", face=FANGSONG, outline=2, bold=True),
        replace(head, id="Heading4", name="heading 4", face=FANGSONG, outline=3),
        *_annex_styles(setting, body, title),
    )


def _annex_styles(setting: Typesetting, body: Style, title: Style) -> tuple[Style, ...]:
    """附件1 flush left on the first line of a page, its title on the third, as the title of a document is set.

    GB/T 9704-2012 7.3.7.
    """
    label = replace(body, id="AnnexLabel", name="Annex Label", face=HEITI, align="left", keep_next=True, new_page=True)
    below = replace(title, id="AnnexTitle", name="Annex Title", before_pt=setting.line_pt, after_pt=setting.line_pt)
    return label, below


def _small_styles(setting: Typesetting) -> tuple[Style, ...]:
    cell = Style(id="TableText", name="Table Text", size_pt=setting.table_pt, align="left", before_pt=2, after_pt=2)
    caption = setting.table_pt + 1.5
    return (
        cell,
        replace(cell, id="TableHead", name="Table Head", face=HEITI, align="center", bold=setting.bold_headings),
        replace(cell, id="TableCode", name="Table Code", face=CODE, size_pt=setting.table_pt - 1),
        Style(id="Caption", name="caption", face=HEITI, size_pt=caption, align="center", before_pt=6, after_pt=4),
        Style(id="TableCaption", name="Table Caption", face=HEITI, size_pt=caption, align="center", before_pt=8,
              after_pt=4, keep_next=True),
        Style(id="Note", name="Note", size_pt=setting.table_pt + 0.5, line_pt=18, before_pt=4, after_pt=8),
        Style(id="Figure", name="Figure", size_pt=setting.table_pt, align="center", before_pt=6, keep_next=True),
        Style(id="FootnoteText", name="footnote text", size_pt=setting.table_pt, align="both"),
        Style(id="Footer", name="footer", face=SONGTI, size_pt=14, align="left"),
    )  # fmt: skip


def _contents_styles(body: Style) -> tuple[Style, ...]:
    level = replace(body, align="left", right_tab=8844)
    return (
        replace(body, id="TOCHeading", name="TOC Heading", face=HEITI, align="center", keep_next=True),
        replace(level, id="TOC1", name="toc 1"),
        replace(level, id="TOC2", name="toc 2", indent_chars=1),
        replace(level, id="TOC3", name="toc 3", indent_chars=2),
    )


def styles_xml(setting: Typesetting) -> str:
    """The styles part: defaults, paragraph styles, the table grid and the hyperlink."""
    styles = "".join(_style_xml(style) for style in paragraph_styles(setting))
    return f"<w:styles {nsdecls('w')}>{_defaults_xml(setting)}{styles}{_OTHERS}</w:styles>"


def _defaults_xml(setting: Typesetting) -> str:
    size = round(setting.body_pt * 2)
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{r_fonts(FANGSONG)}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:widowControl w:val="0"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
    )


def _style_xml(style: Style) -> str:
    default = ' w:default="1"' if style.id == "Normal" else ""
    based = "" if style.id == "Normal" else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style.id}"><w:name w:val="{style.name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{_paragraph_xml(style)}</w:pPr><w:rPr>{_run_xml(style)}</w:rPr></w:style>"
    )


def _paragraph_xml(style: Style) -> str:
    parts = ["<w:keepNext/>" if style.keep_next else '<w:keepNext w:val="0"/>']
    if style.new_page:
        parts.append("<w:pageBreakBefore/>")
    if style.right_tab:
        parts.append(f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{style.right_tab}"/></w:tabs>')
    parts.append(_HANGING)
    parts.append(_spacing_xml(style))
    parts.append(_indent_xml(style))
    parts.append(f'<w:jc w:val="{style.align}"/>')
    if style.outline is not None:
        parts.append(f'<w:outlineLvl w:val="{style.outline}"/>')
    return "".join(parts)


def _spacing_xml(style: Style) -> str:
    line = 'w:line="240" w:lineRule="auto"'
    if style.line_pt is not None:
        line = f'w:line="{twips(style.line_pt)}" w:lineRule="exact"'
    return f'<w:spacing w:before="{twips(style.before_pt)}" w:after="{twips(style.after_pt)}" {line}/>'


def _indent_xml(style: Style) -> str:
    """First-line (or, in a contents list, left) indent in characters, with the twips older readers need."""
    width = twips(style.indent_chars * (style.size_pt + style.spacing_pt))
    if style.id.startswith("TOC"):
        return f'<w:ind w:leftChars="{style.indent_chars * 100}" w:left="{width}"/>'
    return f'<w:ind w:firstLineChars="{style.indent_chars * 100}" w:firstLine="{width}"/>'


def _run_xml(style: Style) -> str:
    bold = f'<w:b w:val="{int(style.bold)}"/><w:bCs w:val="{int(style.bold)}"/>'
    size = round(style.size_pt * 2)
    spacing = f'<w:spacing w:val="{twips(style.spacing_pt)}"/>'
    return f'{r_fonts(style.face)}{bold}{spacing}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


# Word's own default. Unless it is written out, LibreOffice 7.4 hangs a comma behind a full justified line
# and then leaves it out of the PDF.
_HANGING = '<w:overflowPunct w:val="1"/>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_FRAME = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="000000"/>' for side in ("top", "left", "bottom", "right")
)
_OTHERS = (
    '<w:style w:type="paragraph" w:styleId="BoxText"><w:name w:val="Box Text"/>'
    '<w:basedOn w:val="BodyText"/><w:qFormat/>'
    f"<w:pPr><w:pBdr>{_FRAME}</w:pBdr></w:pPr></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr></w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>'
)
