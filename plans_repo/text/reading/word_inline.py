"""What stands inside one paragraph of a Word file: words, breaks, pictures, notes, boxes, deletions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from plans_repo.text.reading.archive import relation_id
from plans_repo.text.reading.source import Block, Line
from plans_repo.text.reading.word_fields import FieldStack
from plans_repo.text.reading.word_names import attribute, name

SILENT = frozenset({"w:pPr", "w:rPr", "w:sectPr", "w:tblPr", "w:sdtPr", "w:sdtEndPr", "w:instrText", "w:delInstrText"})
DELETED = frozenset({"w:del", "w:moveFrom"})
SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
}
NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
PICTURES = {"a:blip": "embed", "v:imagedata": "id"}


@dataclass(kw_only=True)
class Inline:
    """The content of a paragraph while it is being gathered."""

    text: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    deletions: list[str] = field(default_factory=list)
    in_contents: bool = False

    @property
    def words(self) -> str:
        return "".join(self.text)


@dataclass(kw_only=True)
class Surroundings:
    """What a paragraph needs to know of the rest: fields that are open, and who reads boxes, pictures, diagrams."""

    fields: FieldStack
    blocks_within: Callable[[etree._Element], list[Block]]
    keep_picture: Callable[[str], str]
    diagram: Callable[[str], list[Block]]
    notice: Callable[[str], None]


def gather(element: etree._Element, into: Inline, around: Surroundings) -> None:
    """Add everything under *element* to *into*, in order; no character of the source is passed over."""
    for each in element:
        short = name(each)
        if short in SILENT:
            around.fields.instruction(each, short)
        elif short in ("w:t", "m:t"):
            into.text.append(each.text or "")
        elif short in SIGNS:
            into.text.append(SIGNS[short])
        elif short in DELETED:
            into.deletions.append(deleted_text(each))
        else:
            _gather_special(each, short, into, around)


def _gather_special(each: etree._Element, short: str, into: Inline, around: Surroundings) -> None:
    if short == "w:sym":
        into.text.append(symbol(each))
    elif short == "w:fldChar":
        around.fields.mark(attribute(each, "fldCharType") or "")
        into.in_contents = into.in_contents or around.fields.in_contents
    elif short in NOTES:
        into.notes.append(f"{NOTES[short]}:{attribute(each, 'id')}")
    elif short == "mc:AlternateContent":
        for branch in chosen(each):
            gather(branch, into, around)
    elif short in ("w:txbxContent", "w:p", "w:tbl"):
        into.boxes.extend(around.blocks_within(each))
    else:
        _gather_drawn(each, short, into, around)


def _gather_drawn(each: etree._Element, short: str, into: Inline, around: Surroundings) -> None:
    if short in PICTURES:
        picture = around.keep_picture(relation_id(each, PICTURES[short]) or relation_id(each, "link"))
        into.media.extend([picture] if picture and picture not in into.media else [])
    elif short == "dgm:relIds":
        into.boxes.extend(around.diagram(relation_id(each, "dm")))
    elif short == "c:chart":
        around.notice("chart-not-read")
    elif short == "a:t":
        into.boxes.extend(_drawn_line(each.text or ""))
    elif short == "v:textpath":
        into.boxes.extend(_drawn_line(each.get("string") or ""))
    elif short in ("w:altChunk", "w:subDoc"):
        around.notice("part-not-read")
    gather(each, into, around)


def _drawn_line(text: str) -> Iterator[Block]:
    if text.strip():
        yield Line(text=text)


def chosen(alternate: etree._Element) -> list[etree._Element]:
    """The one branch a reader shows: the first choice, or the fallback where there is none."""
    choices = [each for each in alternate if name(each) == "mc:Choice"]
    fallbacks = [each for each in alternate if name(each) == "mc:Fallback"]
    return (choices or fallbacks)[:1]


def symbol(element: etree._Element) -> str:
    """The character of a w:sym; '' when its code is no character."""
    try:
        return chr(int(attribute(element, "char") or "", 16))
    except (ValueError, OverflowError):
        return ""


def deleted_text(element: etree._Element) -> str:
    """The words inside a tracked deletion or the old place of a move."""
    return "".join(each.text or "" for each in element.iter() if name(each) in ("w:delText", "w:t"))
