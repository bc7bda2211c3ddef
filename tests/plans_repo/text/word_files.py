"""Word files built from raw XML, so that a test shows every element that matters to it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def run(text: str) -> str:
    """A run; line ends become line breaks, tabs tabs."""
    parts = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    parts = parts.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:r><w:t xml:space="preserve">{parts}</w:t></w:r>'


CHANGED_AT = "2026-03-01T09:00:00Z"


def inserted(text: str, author: str, at: str = CHANGED_AT) -> str:
    """A tracked insertion."""
    return f'<w:ins w:author="{author}" w:date="{at}">{run(text)}</w:ins>'


def deleted(text: str, author: str, at: str = CHANGED_AT) -> str:
    """A tracked deletion."""
    words = run(text).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
    return f'<w:del w:author="{author}" w:date="{at}">{words}</w:del>'


def paragraph(
    content: str = "",
    *,
    style: str = "",
    outline: int | None = None,
    num: tuple[int, int] | None = None,
    raw: bool = False,
) -> str:
    """A paragraph of *content* (text, or runs when *raw*)."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    if outline is not None:
        properties += f'<w:outlineLvl w:val="{outline}"/>'
    inner = content if raw else (run(content) if content else "")
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table; a cell is a text, or a whole w:tc."""
    return (
        "<w:tbl><w:tblPr/>"
        + "".join(
            "<w:tr>" + "".join(c if c.startswith("<w:tc") else cell(paragraph(c)) for c in row) + "</w:tr>"
            for row in rows
        )
        + "</w:tbl>"
    )


def cell(inner: str, *, columns: int = 1, merge: str = "") -> str:
    """A table cell around blocks; *merge* is restart or continue."""
    properties = (f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else "") + (
        f'<w:vMerge w:val="{merge}"/>' if merge else ""
    )
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def text_box(inner: str, fallback: str | None = None) -> str:
    """A run with a text box as Word writes it: a new shape, and an old one for old readers."""
    old = inner if fallback is None else fallback
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{old}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def picture(relation: str = "rIdPic") -> str:
    """A run with a picture."""
    return (
        "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:embed="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def styles(*entries: str) -> str:
    """A styles part: a default style and those given."""
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    return f"<w:styles {SPACES}>{normal}{''.join(entries)}</w:styles>"


def style(
    style_id: str, name: str, *, based_on: str = "", outline: int | None = None, num: tuple[int, int] | None = None
) -> str:
    """A paragraph style."""
    inner = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    properties = "" if outline is None else f'<w:outlineLvl w:val="{outline}"/>'
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    head = f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>'
    return f"{head}{inner}<w:pPr>{properties}</w:pPr></w:style>"


HEADING_STYLES = styles(
    *(style(str(level), f"heading {level}", based_on="a", outline=level - 1) for level in range(1, 6)),
    style("T", "Title", based_on="a"),
    style("C", "caption", based_on="a"),
    style("TOC1", "toc 1", based_on="a"),
)


def number_level(at: int, text: str, number_format: str = "decimal", *, start: int = 1, extra: str = "") -> str:
    """One level of an automatic list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def numbering(*lists: Iterable[str], overrides: str = "") -> str:
    """Abstract lists 0, 1, … and numbers 1, 2, … that use them."""
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'
        for at, levels in enumerate(lists)
    )
    nums = "".join(f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at, _ in enumerate(lists))
    return f"<w:numbering {SPACES}>{abstracts}{nums}{overrides}</w:numbering>"


def notes(kind: str, texts: Iterable[str]) -> str:
    """A footnotes or endnotes part with the separators Word always writes."""
    single = kind.removesuffix("s")
    separators = (
        f'<w:{single} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{single}>'
        f'<w:{single} w:type="continuationNotice" w:id="0"><w:p>{run("接上页")}</w:p></w:{single}>'
    )
    body = "".join(f'<w:{single} w:id="{at + 1}">{paragraph(text)}</w:{single}>' for at, text in enumerate(texts))
    return f"<w:{kind} {SPACES}>{separators}{body}</w:{kind}>"


def reference(kind: str, at: int) -> str:
    """A run citing a note."""
    return f'<w:r><w:{kind}Reference w:id="{at}"/></w:r>'


def word_file(
    *blocks: str,
    headers: Iterable[str] = (),
    footers: Iterable[str] = (),
    extra: dict[str, bytes] | None = None,
    relations: str = "",
    document: str | None = None,
    **parts: str,
) -> bytes:
    """A .docx of these body blocks; *parts* are styles, numbering, footnotes, endnotes, comments."""
    relations += f'<Relationship Id="rIdPic" Type="{OFFICE}/image" Target="media/image1.png"/>'
    files: dict[str, str | bytes] = {"word/media/image1.png": PNG, **(extra or {})}
    for kind, content in parts.items():
        files[f"word/{kind}.xml"] = content
        relations += f'<Relationship Id="r{kind}" Type="{OFFICE}/{KINDS[kind]}" Target="{kind}.xml"/>'
    for kind, contents in (("header", headers), ("footer", footers)):
        tag = "hdr" if kind == "header" else "ftr"
        for at, content in enumerate(contents):
            files[f"word/{kind}{at}.xml"] = f"<w:{tag} {SPACES}>{content}</w:{tag}>"
            relations += f'<Relationship Id="r{kind}{at}" Type="{OFFICE}/{kind}" Target="{kind}{at}.xml"/>'
    files["word/document.xml"] = document or (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document {SPACES}><w:body>{"".join(blocks)}'
        f"{section(headers, footers)}</w:body></w:document>"
    )
    files["word/_rels/document.xml.rels"] = _relations(relations)
    files["_rels/.rels"] = _relations(
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    )
    files["[Content_Types].xml"] = _content_types(files)
    return zipped(files)


def section(headers: Iterable[str], footers: Iterable[str]) -> str:
    """Section properties that show each header and footer."""
    uses = ("default", "first", "even")
    refs = "".join(
        f'<w:{kind}Reference w:type="{uses[at]}" r:id="r{kind}{at}"/>'
        for kind, contents in (("header", headers), ("footer", footers))
        for at, _ in enumerate(contents)
    )
    return f"<w:sectPr>{refs}<w:titlePg/></w:sectPr>"


def _relations(inner: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def _content_types(files: dict[str, str | bytes]) -> str:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    special = {"document": "document.main"}
    overrides = "".join(
        f'<Override PartName="/{path}" ContentType="{main}.{special.get(stem, stem)}+xml"/>'
        for path in files
        if path.endswith(".xml") and path.count("/") == 1
        for stem in [path.split("/")[1].removesuffix(".xml").rstrip("0123456789")]
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{overrides}</Types>"
    )


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in files.items():
            package.writestr(path, content)
    return out.getvalue()


def rewritten(data: bytes, old: str, new: str) -> bytes:
    """The same file with *old* replaced by *new* in every part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return zipped({path: package.read(path).replace(old.encode(), new.encode()) for path in package.namelist()})
