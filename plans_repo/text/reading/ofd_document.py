"""An OFD file: text objects by page and place, put together into lines like those of a PDF."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.ofd_package import OfdPackage, OfdPage, local, numbers
from plans_repo.text.reading.page_ink import Glyph, PageInk, Ruling, is_han
from plans_repo.text.reading.page_source import fixed_source
from plans_repo.text.reading.source import Notice, Source, Unshown

POINTS = 72 / 25.4  # in a millimetre
GLYPHS_LIMIT = 500_000  # eight hundred full pages
RULINGS_LIMIT = 4_000  # of one page; more are a drawing
NARROW = 0.5  # of the size, the width of a Latin letter whose advance is not given
SLANT = 0.2  # millimetres by which the two ends of a straight ruling may differ
STEP = re.compile(r"([MSLC])\s*([-\d.eE\s]*)")
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, float, float, float, float, float]


def read_ofd(data: bytes, file_name: str) -> Source:
    """What the pages show; stamps and remarks laid over them are checked for marks and left out."""
    package = OfdPackage(data, file_name)
    reader = _Reader(file_name)
    pages = [reader.page(number, page) for number, page in enumerate(package.pages(), start=1)]
    source = fixed_source(pages, file_name, "ofd")
    over = [Unshown(place="watermark", text=text) for part in package.annotations() for text in _texts(part)]
    properties = [Unshown(place="properties", text=text) for text in package.information()]
    left_out = sum(visible_count(each.text) for each in over)
    notices = [*source.notices, *dict.fromkeys(reader.notices)]
    if left_out:
        notices.append(Notice(code="page-remarks-left-out", fields=(("count", str(left_out)),)))
    return replace(source, unshown=(*properties, *over), notices=tuple(notices))


@dataclass
class _Ink:
    """What was found on one page."""

    glyphs: list[tuple[Glyph, int]] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    picture_area: float = 0.0


class _Reader:
    """Walks the content of pages; counts over the whole file bound what it gathers."""

    def __init__(self, file_name: str) -> None:
        self._file_name = file_name
        self._glyph_count = 0
        self._fonts: dict[str, int] = {}
        self.notices: list[Notice] = []

    def page(self, number: int, page: OfdPage) -> PageInk:
        """The ink of a page, its writing upright."""
        ink = _Ink()
        for content in page.contents:
            for each in _shown(content):
                self._object(each, ink)
        turns = Counter(turn for _, turn in ink.glyphs)
        main = 0 if turns[0] or not turns else turns.most_common(1)[0][0]
        area = page.width * page.height * POINTS * POINTS
        return PageInk(
            number=number,
            width=page.width * POINTS,
            height=page.height * POINTS,
            glyphs=tuple(glyph for glyph, turn in ink.glyphs if turn == main),
            aslant=tuple(glyph for glyph, turn in ink.glyphs if turn != main),
            rulings=tuple(ink.rulings) if len(ink.rulings) < RULINGS_LIMIT else (),
            picture_share=min(ink.picture_area / area, 1.0),
        )

    def _object(self, each: etree._Element, ink: _Ink) -> None:
        kind = local(each)
        if kind == "TextObject":
            self._text(each, ink)
        elif kind == "PathObject" and len(ink.rulings) < RULINGS_LIMIT:
            ink.rulings.extend(_path_rulings(each))
        elif kind == "ImageObject":
            box = _boundary(each)
            ink.picture_area += max(box[2], 0.0) * max(box[3], 0.0) * POINTS * POINTS
        elif kind == "CompositeObject":
            self.notices.append(Notice(code="page-drawings-left-out"))

    def _text(self, each: etree._Element, ink: _Ink) -> None:
        size = max(numbers(each.get("Size") or "3")[0], 0.1)
        font = self._fonts.setdefault(each.get("Font", ""), len(self._fonts))
        matrix = _matrix(each)
        box = _boundary(each)
        scale = math.hypot(matrix[0], matrix[1]) or 1.0
        turn = _turn(matrix)
        at = (0.0, 0.0)
        for code in each:
            if local(code) != "TextCode":
                continue
            at = _origin(code, at)
            signs = code.text or ""
            self._glyph_count += len(signs)
            if self._glyph_count > GLYPHS_LIMIT:
                raise refusal(
                    "plan-file-too-long", self._file_name, rule="at most so many signs", value=self._glyph_count
                )
            for sign, x, y, width in _placed(signs, code, at, size):
                left, base = _applied(matrix, x, y, box)
                right = left + width * scale if turn == 0 else left
                glyph = Glyph(
                    sign, left * POINTS, right * POINTS, base * POINTS, size * scale * POINTS, font, len(ink.glyphs)
                )
                ink.glyphs.append((glyph, turn))


def _shown(content: etree._Element) -> Iterator[etree._Element]:
    """The graphic objects of a page in the order of the file, those inside blocks too; hidden ones are passed over."""
    for each in content:
        kind = local(each)
        if each.get("Visible") == "false":
            continue
        if kind in ("Content", "Layer", "PageBlock"):
            yield from _shown(each)
        elif kind.endswith("Object"):
            yield each


def _texts(part: etree._Element) -> Iterator[str]:
    for each in part.iter():
        if local(each) in ("TextCode", "Remark", "Parameter"):
            yield each.text or ""


def _boundary(each: etree._Element) -> list[float]:
    box = numbers(each.get("Boundary"))
    return box if len(box) == 4 else [0.0, 0.0, 0.0, 0.0]


def _matrix(each: etree._Element) -> Matrix:
    values = numbers(each.get("CTM"))
    if len(values) != 6 or not any(values[:4]):
        return IDENTITY
    return (values[0], values[1], values[2], values[3], values[4], values[5])


def _applied(matrix: Matrix, x: float, y: float, box: Sequence[float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e + box[0], b * x + d * y + f + box[1]


def _turn(matrix: Matrix) -> int:
    """0 where writing runs to the right, else its slant in degrees."""
    degrees = round(math.degrees(math.atan2(matrix[1], matrix[0]))) % 360
    return 0 if degrees <= 2 or degrees >= 358 else degrees


def _origin(code: etree._Element, before: tuple[float, float]) -> tuple[float, float]:
    """Where the first sign stands; a missing coordinate is that of the code before (GB/T 33190, 11.3)."""
    x, y = code.get("X"), code.get("Y")
    return (numbers(x)[0] if x and x.split() else before[0], numbers(y)[0] if y and y.split() else before[1])


def _placed(
    signs: str, code: etree._Element, at: tuple[float, float], size: float
) -> Iterator[tuple[str, float, float, float]]:
    """Each sign with its place and width."""
    across, down = _deltas(code.get("DeltaX"), len(signs)), _deltas(code.get("DeltaY"), len(signs))
    x, y = at
    for number, sign in enumerate(signs):
        natural = size if is_han(sign) else size * NARROW
        step_x = across[number] if number < len(across) else (0.0 if down else natural)
        yield sign, x, y, min(natural, step_x) if step_x > 0 else natural
        x += step_x
        y += down[number] if number < len(down) else 0.0


def _deltas(text: str | None, most: int) -> list[float]:
    """Advances; ``g 3 5.6`` stands for three of 5.6. No more than there are signs."""
    found: list[float] = []
    words = (text or "").split()
    at = 0
    while at < len(words) and len(found) < most:
        if words[at] == "g" and at + 2 < len(words):
            count, value = numbers(" ".join(words[at + 1 : at + 3]))
            found.extend([value] * min(max(int(count), 0), most))
            at += 3
        else:
            found.append(numbers(words[at])[0])
            at += 1
    return found


def _path_rulings(each: etree._Element) -> Iterator[Ruling]:
    """The level and upright edges of a path that is stroked or so thin that it is a line."""
    data = " ".join(child.text or "" for child in each if local(child) == "AbbreviatedData")
    matrix, box = _matrix(each), _boundary(each)
    start = before = (0.0, 0.0)
    for letter, rest in STEP.findall(data[:100_000]):
        values = numbers(rest)
        if letter == "C":
            point = start
        elif len(values) >= 2:
            point = _applied(matrix, values[0], values[1], box)
        else:
            continue
        if letter in "MS":
            start = point
        elif min(abs(point[0] - before[0]), abs(point[1] - before[1])) <= SLANT:
            yield _straight(before, point)
        before = point


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Ruling:
    left, right = sorted((one[0] * POINTS, other[0] * POINTS))
    top, bottom = sorted((one[1] * POINTS, other[1] * POINTS))
    if right - left >= bottom - top:
        top = bottom = (top + bottom) / 2
    else:
        left = right = (left + right) / 2
    return Ruling(left, top, right, bottom)
