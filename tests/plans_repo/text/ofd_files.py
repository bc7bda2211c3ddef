"""OFD files written by hand: text objects, rulings, templates, annotations."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(words: str, x: float = 30, y: float = 40, *, size: float = 5.6, matrix: str = "", more: str = "") -> str:
    """A line of text; millimetres, y is the base line."""
    advances = " ".join(f"{size if ord(sign) > 255 else size / 2:g}" for sign in words[:-1])
    transform = f' CTM="{matrix}"' if matrix else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y - size} 150 {size}" Font="1" Size="{size}"{transform} {more}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{advances}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject ID="8" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(columns: Sequence[float], rows: Sequence[float], cells: Iterable[Iterable[str]]) -> str:
    lines = [line(x, rows[0], x, rows[-1]) for x in columns] + [line(columns[0], y, columns[-1], y) for y in rows]
    words = [
        text(each, x + 1, y + 6, size=4)
        for y, row in zip(rows, cells, strict=False) for x, each in zip(columns, row, strict=False)
    ]  # fmt: skip
    return "".join(lines + words)


def picture() -> str:
    return '<ofd:ImageObject ID="7" Boundary="0 0 210 297" ResourceID="5"/>'


def content(*objects: str, template: bool = False) -> str:
    used = '<ofd:Template TemplateID="2" ZOrder="Background"/>' if template else ""
    return (
        f"<ofd:Page {SPACE}>{used}<ofd:Content><ofd:Layer ID='3' Type='Body'>{''.join(objects)}</ofd:Layer>"
        "</ofd:Content></ofd:Page>"
    )


def ofd_file(
    pages: Sequence[str],
    *,
    template: str = "",
    title: str = "",
    stamps: str = "",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """The file; *more* replaces or adds parts by path."""
    kids = "".join(f'<ofd:Page ID="{10 + at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
    base = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    notes = "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if stamps else ""
    parts = {
        "OFD.xml": f"<ofd:OFD {SPACE} DocType='OFD' Version='1.0'><ofd:DocBody><ofd:DocInfo><ofd:Title>{escape(title)}"
        "</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{base}</ofd:CommonData><ofd:Pages>{kids}</ofd:Pages>{notes}</ofd:Document>",
        **{f"Doc_0/Pages/Page_{at}/Content.xml": page for at, page in enumerate(pages)},
    }
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = template
    if stamps:
        parts["Doc_0/Annots/Annotations.xml"] = (
            f"<ofd:Annotations {SPACE}><ofd:Page PageID='10'><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc>"
            "</ofd:Page></ofd:Annotations>"
        )
        parts["Doc_0/Annots/Page_0/Annotation.xml"] = (
            f"<ofd:PageAnnot {SPACE}><ofd:Annot ID='20' Type='Watermark'><ofd:Appearance Boundary='0 0 9 9'>"
            f"{text(stamps)}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, xml in {**parts, **(more or {})}.items():
            package.writestr(path, f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return out.getvalue()
