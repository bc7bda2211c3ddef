"""PDF files written by hand, so that a test sees where each sign stands and in which order it was written."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

A4 = (595.0, 842.0)
PICTURE = zlib.compress(bytes(30 * 30 * 3))


@dataclass
class Page:
    """One page: marks are drawn in the order in which they are added; y counts from the top."""

    width: float = A4[0]
    height: float = A4[1]
    rotate: int = 0
    ops: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def text(
        self,
        words: str,
        x: float = 90,
        y: float = 100,
        *,
        size: float = 16,
        font: str = "F1",
        mode: int = 0,
        turn: str = "",
    ) -> Page:
        """A line of text; *turn* is the first four numbers of its matrix."""
        code = words.encode("utf-16-be").hex()
        matrix = f"{turn or '1 0 0 1'} {x} {self.height - y} Tm"
        self.ops.append(f"BT /{font} {size} Tf {mode} Tr {matrix} <{code}> Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        self.ops.append(f"{x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def table(self, columns: Sequence[float], rows: Sequence[float], cells: Iterable[Iterable[str]]) -> Page:
        """A grid with one line of text a cell."""
        for x in columns:
            self.line(x, rows[0], x, rows[-1])
        for y in rows:
            self.line(columns[0], y, columns[-1], y)
        for y, row in zip(rows, cells, strict=False):
            for x, words in zip(columns, row, strict=False):
                self.text(words, x + 4, y + 16, size=12)
        return self

    def picture(self, *, share: float = 1.0) -> Page:
        """A picture over that share of the height."""
        self.ops.append(f"q {self.width} 0 0 {self.height * share} 0 0 cm /Im Do Q")
        return self


def pdf_file(
    pages: Iterable[Page], *, title: str = "", fonts: dict[str, str] | None = None, encrypt: str = ""
) -> bytes:
    """The file; *fonts* are further fonts by name, as PDF objects; ToUnicode and encryption only where given."""
    made = list(pages)
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: _font("F1", "SimSun"),
        4: _font("F2", "SimHei"),
        5: _stream("/Type /XObject /Subtype /Image /Width 30 /Height 30 /ColorSpace /DeviceRGB"
                   " /BitsPerComponent 8 /Filter /FlateDecode", PICTURE),
        6: f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>".encode(),
    }  # fmt: skip
    names = "/F1 3 0 R /F2 4 0 R"
    for at, (name, body) in enumerate((fonts or {}).items()):
        objects[10 + at] = body.encode("latin-1")
        names += f" /{name} {10 + at} 0 R"
    kids: list[str] = []
    for at, page in enumerate(made):
        number = 100 + at * 10
        kids.append(f"{number} 0 R")
        notes = " ".join(
            f"<< /Type /Annot /Subtype /{kind} /Rect [0 0 9 9] /Contents <feff{words.encode('utf-16-be').hex()}> >>"
            for kind, words in page.notes
        )
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.rotate}"
            f" /Resources << /Font << {names} >> /XObject << /Im 5 0 R >> >> /Contents {number + 1} 0 R"
            f" /Annots [{notes}] >>"
        ).encode()
        objects[number + 1] = _stream("/Filter /FlateDecode", zlib.compress("\n".join(page.ops).encode()))
    objects[2] = f"<< /Type /Pages /Count {len(made)} /Kids [{' '.join(kids)}] >>".encode()
    return _file(objects, encrypt)


def without_meaning() -> str:
    """A font whose codes are glyph numbers that nothing turns into characters."""
    return (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Lost /Encoding /Identity-H /DescendantFonts ["
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Lost /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        " /FontDescriptor << /Type /FontDescriptor /FontName /Lost /Flags 4 /FontBBox [0 -200 1000 800]"
        " /Ascent 800 /Descent -200 >> >>] >>"
    )


def _font(name: str, face: str) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{face} /Encoding /UniGB-UCS2-H /DescendantFonts ["
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{face} /DW 1000 /W [814 [500] 1 94 500]"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
        f" /FontDescriptor << /Type /FontDescriptor /FontName /{face} /Flags 4 /FontBBox [0 -200 1000 800]"
        " /Ascent 800 /Descent -200 /ItalicAngle 0 /CapHeight 700 /StemV 80 >> >>] >>"
    ).encode()


def _stream(head: str, data: bytes) -> bytes:
    return f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: dict[int, bytes], encrypt: str) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += f"{number} 1\n{place:010d} 00000 n \n".encode()
    out += (
        f"trailer\n<< /Size {max(places) + 1} /Root 1 0 R /Info 6 0 R {encrypt} >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return bytes(out)
