"""A PDF with text: its ink is read by PDFium in a process of its own, its lines are put together here."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from plans_repo.text.reading.child import Bounds, run_child
from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.page_ink import Glyph, PageInk, Ruling, is_han
from plans_repo.text.reading.page_source import fixed_source
from plans_repo.text.reading.source import Notice, Source, Unshown
from plans_repo.text.reading.source_count import count_plain

CHILD = Path(__file__).with_name("pdf_child.py")
BOUNDS = Bounds(time_s=60, memory_bytes=2_000_000_000, file_bytes=1_000_000)
OPTICAL_SHARE = 0.5  # of the signs that are not drawn: an optical reader laid them under a scan
TURNS = (0, 90, 180, 270)
REASONS = {
    "encrypted": "plan-file-encrypted",
    "pages": "plan-file-too-long",
    "glyphs": "plan-file-too-long",
    "damaged": "plan-file-damaged",
}
ANSWER_BYTES = 400_000_000


def read_pdf(data: bytes, file_name: str) -> tuple[Source, int]:
    """What the pages show, and the count of their visible signs by PDFium's own text, page after page."""
    found = _ink(data, file_name)
    pages = [_page(number, page) for number, page in enumerate(found["pages"], start=1)]
    total = sum(len(page["glyphs"]) for page in found["pages"])
    if total and sum(page["invisible"] for page in found["pages"]) > OPTICAL_SHARE * total:
        raise refusal("plan-pages-optical", file_name, rule="must be text that is drawn", value="pdf")
    source = fixed_source(pages, file_name, "pdf")
    unshown = [Unshown(place="properties", text=str(each)) for each in found["properties"]]
    remarks = [Unshown(place="comment", text=each) for page in found["pages"] for each in page["remarks"]]
    counted = sum(count_plain(page["text"]) + page["lost"] for page in found["pages"])
    left_out = sum(count_plain(each.text) for each in remarks)
    notice = [Notice(code="page-remarks-left-out", fields=(("count", str(left_out)),))] if left_out else []
    return replace(source, unshown=(*unshown, *remarks), notices=(*source.notices, *notice)), counted


def _ink(data: bytes, file_name: str) -> dict[str, Any]:
    ended = run_child([sys.executable, "-I", str(CHILD)], BOUNDS, given=data)
    if ended.code is None:
        raise refusal("plan-file-slow", file_name, rule="must be readable in time", value=int(BOUNDS.time_s))
    if ended.code != 0 or len(ended.out) > ANSWER_BYTES:
        raise refusal("plan-file-damaged", file_name, rule="must be a readable PDF")
    answer: dict[str, Any] = json.loads(ended.out)
    if "reason" in answer:
        raise refusal(REASONS[answer["reason"]], file_name, rule="must be a readable PDF", value=answer["reason"])
    return answer


def _page(number: int, page: dict[str, Any]) -> PageInk:
    """A page with its writing upright: one whose text runs down the side is turned."""
    turns = Counter(glyph[7] for glyph in page["glyphs"])
    turn = max(TURNS, key=lambda each: turns[each])
    width, height = page["width"], page["height"]
    upright: list[Glyph] = []
    aslant: list[Glyph] = []
    for order, glyph in enumerate(page["glyphs"]):
        (upright if glyph[7] == turn else aslant).append(_glyph(order, glyph, turn, width, height))
    is_level = turn in (0, 180)
    return PageInk(
        number=number,
        width=width if is_level else height,
        height=height if is_level else width,
        glyphs=tuple(upright),
        aslant=tuple(aslant),
        rulings=tuple(_ruling(each, turn, width, height) for each in page["rulings"]),
        picture_share=_share(page["pictures"], width, height),
    )


def _glyph(order: int, glyph: list[Any], turn: int, width: float, height: float) -> Glyph:
    sign, left, right, top, bottom, across, base, _, font = glyph
    box = _turned((left, top, right, bottom), turn, width, height)
    origin = _turned((across, base, across, base), turn, width, height)
    size = box[2] - box[0] if is_han(sign) else box[3] - box[1]
    return Glyph(sign, box[0], box[2], origin[1], max(size, 1.0), font, order)


def _ruling(line: list[float], turn: int, width: float, height: float) -> Ruling:
    return Ruling(*_turned((line[0], line[1], line[2], line[3]), turn, width, height))


def _turned(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """A box as it lies once the page is turned so that writing that ran at *turn* runs to the right."""
    left, top, right, bottom = box
    if turn == 90:
        return top, width - right, bottom, width - left
    if turn == 180:
        return width - right, height - bottom, width - left, height - top
    if turn == 270:
        return height - bottom, left, height - top, right
    return box


def _share(pictures: list[list[float]], width: float, height: float) -> float:
    area = sum(
        max(0.0, min(right, width) - max(left, 0.0)) * max(0.0, min(bottom, height) - max(top, 0.0))
        for left, top, right, bottom in pictures
    )
    return min(area / (width * height), 1.0) if width * height > 0 else 0.0
