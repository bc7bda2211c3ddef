"""Reads the ink of a PDF in a process of its own; it is started as a script and imports nothing of the house.

PDF on standard input, one JSON document on standard output. PDFium is written in C++; whatever
a hostile file does to it ends with this process, and what it may use is bounded from outside.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

PAGES_LIMIT = 2_000
GLYPHS_LIMIT = 500_000  # eight hundred full pages
OBJECTS_LIMIT = 50_000  # of one page; a map has more, and no table in it matters
SEGMENTS_LIMIT = 400  # of one path; a frame has five, a drawing has thousands
RULINGS_LIMIT = 4_000  # of one page; more are a drawing
THIN = 3.0  # points; a filled rectangle that is thinner is a line
SLANT = 0.6  # points by which the two ends of a straight ruling may differ
DEVICE = 1_000_000  # points of the device that page coordinates are read on: fine enough to lose nothing
FONT_NAME_BYTES = 120
LOST = "\ufffd"
NOTES = {1: "text", 3: "freetext", 13: "stamp"}  # annotations that show words


class Outside(Exception):
    """The file is not to be read; the argument is the reason."""


def main() -> None:
    """Read, and answer with what was found or with the reason why not."""
    try:
        answer = read(sys.stdin.buffer.read())
    except Outside as reason:
        answer = {"reason": str(reason)}
    except pypdfium2.PdfiumError as error:
        is_locked = "password" in str(error).lower() or "security" in str(error).lower()
        answer = {"reason": "encrypted" if is_locked else "damaged"}
    json.dump(answer, sys.stdout, separators=(",", ":"))


def read(data: bytes) -> dict[str, Any]:
    """The ink of every page, and what the file says about itself."""
    document = pypdfium2.PdfDocument(data)
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != -1:
        raise Outside("encrypted")
    if len(document) > PAGES_LIMIT:
        raise Outside("pages")
    pages: list[dict[str, Any]] = []
    left = GLYPHS_LIMIT
    for number in range(len(document)):
        page = read_page(document[number], left)
        left -= len(page["glyphs"])
        pages.append(page)
    return {"pages": pages, "properties": list(document.get_metadata_dict().values())}


def read_page(page: Any, left: int) -> dict[str, Any]:
    """One page: glyphs, rulings, pictures, remarks, and its text once more by another way."""
    text = page.get_textpage()
    if text.count_chars() > left:
        raise Outside("glyphs")
    view = View(page)
    glyphs, unseen, lost = read_glyphs(text, view)
    rulings, pictures = read_objects(page, view)
    return {
        "width": view.width,
        "height": view.height,
        "glyphs": glyphs,
        "rulings": rulings,
        "pictures": pictures,
        "invisible": unseen,
        "lost": lost,
        "text": text.get_text_range().replace("\x02", "-").replace("\ufffe", "-") if text.count_chars() else "",
        "remarks": list(remarks(page)),
    }


class View:
    """Page coordinates as a reader sees the page: from the upper left corner, turned as the page says."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = page.get_size()
        self._page = page
        x0, y0 = self._device(0, 0)
        x1, y1 = self._device(1000, 0)
        x2, y2 = self._device(0, 1000)
        self._origin = x0, y0
        self._right = (x1 - x0) / 1000, (y1 - y0) / 1000
        self._up = (x2 - x0) / 1000, (y2 - y0) / 1000

    def _device(self, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page, 0, 0, DEVICE, DEVICE, 0, x, y, across, down)
        return across.value * self.width / DEVICE, down.value * self.height / DEVICE

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (
            self._origin[0] + x * self._right[0] + y * self._up[0],
            self._origin[1] + x * self._right[1] + y * self._up[1],
        )

    def turn(self, angle: float) -> int:
        """How writing at *angle* (radians, clockwise on the page) runs: 0 to the right, 90 down …; -1 aslant."""
        x = math.cos(angle) * self._right[0] - math.sin(angle) * self._up[0]
        y = math.cos(angle) * self._right[1] - math.sin(angle) * self._up[1]
        degrees = math.degrees(math.atan2(y, x)) % 360
        nearest = round(degrees / 90) * 90
        return nearest % 360 if abs(degrees - nearest) < 3 else -1


def read_glyphs(text: Any, view: View) -> tuple[list[list[Any]], int, int]:
    """Each sign with box, origin, turn and font; how many are invisible; how many unknown ones the text lacks."""
    glyphs: list[list[Any]] = []
    unseen = lost = 0
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    fonts: dict[bytes, int] = {}
    name = ctypes.create_string_buffer(FONT_NAME_BYTES)
    flags = ctypes.c_int()
    high = 0
    for at in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, at) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        sign = "-" if code in (0x02, 0xFFFE) else chr(code) if code <= 0x10FFFF else LOST
        if pdfium.FPDFText_HasUnicodeMapError(text, at) == 1 or not code:
            lost += sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf")  # else PDFium's own text has it
            sign = LOST
        unseen += is_invisible(text, at)
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        left, low = view.point(box.left, box.bottom)
        right, top = view.point(box.right, box.top)
        across, base = view.point(x.value, y.value)
        turn = view.turn(pdfium.FPDFText_GetCharAngle(text, at))
        name.raw = bytes(FONT_NAME_BYTES)
        pdfium.FPDFText_GetFontInfo(text, at, name, FONT_NAME_BYTES, flags)
        font = fonts.setdefault(name.value, len(fonts))
        numbers = (min(left, right), max(left, right), min(low, top), max(low, top), across, base)
        glyphs.append([sign, *(round(each, 2) if math.isfinite(each) else 0.0 for each in numbers), turn, font])
    return glyphs, unseen, lost


def is_invisible(text: Any, at: int) -> bool:
    """Whether the sign is text that is not drawn, as optical readers lay it under a scan."""
    shape = pdfium.FPDFText_GetTextObject(text, at)
    return bool(shape) and pdfium.FPDFTextObj_GetTextRenderMode(shape) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def read_objects(page: Any, view: View) -> tuple[list[list[float]], list[list[float]]]:
    """Straight rulings along the page's axes, and the boxes of the pictures."""
    rulings: list[list[float]] = []
    pictures: list[list[float]] = []
    kinds = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE]
    for number, each in enumerate(page.get_objects(filter=kinds, max_depth=4)):
        if number >= OBJECTS_LIMIT:
            break
        if each.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(bounds(each, view))
        elif len(rulings) < RULINGS_LIMIT:
            rulings.extend(path_rulings(each, view))
    return (rulings if len(rulings) < RULINGS_LIMIT else []), pictures


def bounds(each: Any, view: View) -> list[float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(each, left, bottom, right, top)
    (x0, y0), (x1, y1) = view.point(left.value, bottom.value), view.point(right.value, top.value)
    return [round(value, 1) for value in (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))]


def path_rulings(path: Any, view: View) -> Iterator[list[float]]:
    """The level and upright edges of a path: all of a stroked one; a filled one only if it is as thin as a line."""
    if not 2 <= pdfium.FPDFPath_CountSegments(path) <= SEGMENTS_LIMIT:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    x0, y0, x1, y1 = bounds(path, view)
    if not stroke.value:
        if fill.value and min(x1 - x0, y1 - y0) <= THIN:
            yield straight(x0, y0, x1, y1)
        return
    points = [view.point(*point) for point in corners(path)]
    for start, end in pairwise(points):
        if abs(start[0] - end[0]) <= SLANT or abs(start[1] - end[1]) <= SLANT:
            yield straight(*start, *end)


def straight(x0: float, y0: float, x1: float, y1: float) -> list[float]:
    """The line down the middle of a thin box."""
    left, right, top, bottom = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if right - left >= bottom - top:
        top = bottom = (top + bottom) / 2
    else:
        left = right = (left + right) / 2
    return [round(each, 1) for each in (left, top, right, bottom)]


def corners(path: Any) -> list[tuple[float, float]]:
    """The points of a path in page coordinates; one that closes ends where it began."""
    form = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, form)
    found: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        found.append((form.a * x.value + form.c * y.value + form.e, form.b * x.value + form.d * y.value + form.f))
        if pdfium.FPDFPathSegment_GetClose(segment):
            found.append(found[0])
    return found


def remarks(page: Any) -> Iterator[str]:
    """What notes, stamps and typed remarks on the page say."""
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), OBJECTS_LIMIT)):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        if pdfium.FPDFAnnot_GetSubtype(note) in NOTES:
            length = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
            buffer = ctypes.create_string_buffer(min(length, 20_000))
            pdfium.FPDFAnnot_GetStringValue(
                note, b"Contents", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), len(buffer)
            )
            yield buffer.raw.decode("utf-16-le", "ignore").rstrip("\0")
        pdfium.FPDFPage_CloseAnnot(note)


if __name__ == "__main__":
    main()
