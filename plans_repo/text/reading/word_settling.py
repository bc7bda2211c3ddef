"""Tracked changes settled: the part as it reads with some of them made and the others not."""

from __future__ import annotations

from lxml import etree

from plans_repo.text.reading.tracked import Accepts
from plans_repo.text.reading.word_marks import (
    ADDING,
    FORMER,
    PLACE,
    TAKING,
    TRACKED,
    Site,
    key_of,
    paragraph_marks,
    site_of,
)
from plans_repo.text.reading.word_names import WORD, child, name

ANCHORS = frozenset(
    {
        "yy:at", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:bookmarkStart", "w:bookmarkEnd",
    }
)  # fmt: skip
FIRM = frozenset({"w:rPr", "w:sectPr", "w:pPrChange", "w:tcPrChange", "w:rPrChange", "w:cellIns", "w:cellDel"})
RENAMED = {"delText": "t", "delInstrText": "instrText"}


def settle(root: etree._Element, accepts: Accepts) -> None:
    """Make the changes whose marks are accepted, undo the others; anchors stay where they stood."""
    joined = [each for each in root.iter() if name(each) == "w:p" and _loses_end(each, accepts)]
    marks = [each for each in root.iter() if name(each) in TRACKED]
    for mark in reversed(marks):
        _settle_mark(mark, accepts)
    for paragraph in joined:
        _join(paragraph)


def _loses_end(paragraph: etree._Element, accepts: Accepts) -> bool:
    return any((name(mark) in ADDING) != accepts(key_of(mark)) for mark in paragraph_marks(paragraph))


def _settle_mark(mark: etree._Element, accepts: Accepts) -> None:
    site, short = site_of(mark), name(mark)
    accepted = accepts(key_of(mark))
    stays = (short in ADDING) == accepted
    if site is Site.RUNS:
        _unwrap(mark) if stays else _drop(mark)
    elif site in (Site.ROW, Site.CELL) and short in ADDING | TAKING:
        holder = mark.getparent()
        owner = holder.getparent() if holder is not None else None
        if owner is not None and owner.getparent() is not None and not stays:
            _drop_with_frame(owner)
    elif short in FORMER and not accepted:
        _restore(mark)


def _unwrap(mark: etree._Element) -> None:
    """Put what the mark holds in its place; deleted words become words again."""
    for each in mark.iter():
        for space in WORD:
            local = str(each.tag).removeprefix(f"{{{space}}}")
            if local in RENAMED:
                each.tag = f"{{{space}}}{RENAMED[local]}"
    parent = mark.getparent()
    if parent is None:
        return
    at = parent.index(mark)
    for each in reversed(mark):
        parent.insert(at, each)
    parent.remove(mark)


def _drop(element: etree._Element) -> None:
    """Take an element out; what is anchored in it stays behind."""
    parent = element.getparent()
    if parent is None:
        return
    for each in [each for each in element.iter() if name(each) in ANCHORS or each.tag == PLACE]:
        element.addprevious(each)
    parent.remove(element)


def _drop_with_frame(element: etree._Element) -> None:
    """Take a row or cell out, and the table or row that is left without any."""
    kind = name(element)
    frame_kind = {"w:tc": "w:tr", "w:tr": "w:tbl"}.get(kind, "")
    frame = next((each for each in element.iterancestors() if name(each) == frame_kind), None)
    _drop(element)
    if frame is not None and not any(name(each) == kind for each in frame.iter()):
        _drop_with_frame(frame) if kind == "w:tc" else _drop(frame)


def _restore(former: etree._Element) -> None:
    """Give a paragraph, a run or a cell the properties it had before."""
    properties = former.getparent()
    old = former[0] if len(former) else None
    if properties is None or old is None:
        return
    for each in [each for each in properties if name(each) not in FIRM]:
        properties.remove(each)
    for at, each in enumerate(list(old)):
        properties.insert(at, each)


def _join(paragraph: etree._Element) -> None:
    """Let the next paragraph begin with the words of this one, whose end is gone."""
    parent = paragraph.getparent()
    if parent is None:
        return
    following = paragraph.getnext()
    while following is not None and name(following) in ANCHORS:
        following = following.getnext()
    if following is None or name(following) != "w:p":
        if not _has_content(paragraph) and _has_siblings(paragraph):
            _drop(paragraph)
        return
    start = 1 if child(following, "w:pPr") is not None else 0
    for each in reversed([each for each in paragraph if name(each) != "w:pPr"]):
        following.insert(start, each)
    parent.remove(paragraph)


def _has_content(paragraph: etree._Element) -> bool:
    shown = {"w:t", "w:drawing", "w:pict", "w:object", "w:sym", "m:t", "w:footnoteReference", "w:endnoteReference"}
    return any(name(each) in shown for each in paragraph.iter())


def _has_siblings(paragraph: etree._Element) -> bool:
    parent = paragraph.getparent()
    return parent is not None and any(name(each) in ("w:p", "w:tbl") for each in parent if each is not paragraph)
