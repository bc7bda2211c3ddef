"""What stands inside one paragraph of a Word file: words, breaks, pictures, notes, boxes, anchored places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.archive import relation_id
from plans_repo.text.reading.source import Anchor, Block, Line
from plans_repo.text.reading.word_fields import FieldStack
from plans_repo.text.reading.word_names import attribute, child, is_on, name
from plans_repo.text.reading.word_symbols import drawn

SILENT = frozenset({"w:pPr", "w:rPr", "w:sectPr", "w:tblPr", "w:sdtPr", "w:sdtEndPr", "w:instrText", "w:delInstrText"})
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
COMMENT_ENDS = {"w:commentRangeStart": "start", "w:commentRangeEnd": "end", "w:commentReference": "mark"}
BOOKMARKS = "_yy_"  # the prefix of the bookmarks our own export puts around clauses


@dataclass(kw_only=True)
class Inline:
    """The content of a paragraph while it is being gathered."""

    text: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    in_contents: bool = False

    @property
    def words(self) -> str:
        return "".join(self.text)

    def anchor(self, key: str) -> None:
        """Anchor *key* at this point of the words."""
        self.anchors.append(Anchor(key=key, at=visible_count(self.words)))


@dataclass(kw_only=True)
class Surroundings:
    """What a paragraph needs to know of the rest: fields that are open, and who reads boxes, pictures, diagrams."""

    fields: FieldStack
    blocks_within: Callable[[etree._Element], list[Block]]
    keep_picture: Callable[[etree._Element, str], tuple[str, str]]
    drawing_words: Callable[[str, str], list[Block]]
    notice: Callable[..., str]


def gather(element: etree._Element, into: Inline, around: Surroundings) -> None:
    """Add everything under *element* to *into*, in order; no character of the source is passed over."""
    for each in element:
        short = name(each)
        if short in SILENT:
            around.fields.instruction(each, short)
        elif short in ("w:t", "m:t"):
            _add(each.text or "", into, around)
            gather(each, into, around)  # nothing should stand in it; what does is kept
        elif short in SIGNS:
            _add(SIGNS[short], into, around)
        else:
            _gather_special(each, short, into, around)


def _add(text: str, into: Inline, around: Surroundings) -> None:
    if not around.fields.hides:
        into.text.append(text)
        around.fields.shows(text)


def _gather_special(each: etree._Element, short: str, into: Inline, around: Surroundings) -> None:
    key = anchor_key(each, short)
    if key:
        into.anchor(key)
    elif short == "w:sym":
        _add(symbol(each), into, around)
    elif short == "w:fldChar":
        into.text.append(around.fields.mark(each))
        into.in_contents = into.in_contents or around.fields.in_contents
    elif short in NOTES:
        into.notes.append(f"{NOTES[short]}:{attribute(each, 'id')}")
    elif short == "mc:AlternateContent":
        for branch in chosen(each):
            gather(branch, into, around)
    elif short in ("w:txbxContent", "w:p", "w:tbl"):
        into.boxes.extend(around.blocks_within(each))
    elif short == "w:r":
        _note_hidden(each, into, around)
        gather(each, into, around)
    else:
        _gather_drawn(each, short, into, around)


def _gather_drawn(each: etree._Element, short: str, into: Inline, around: Surroundings) -> None:
    if short in PICTURES:
        picture, notice = around.keep_picture(each, PICTURES[short])
        into.media.extend([picture] if picture and picture not in into.media else [])
        if notice:
            into.anchor(notice)
    elif short == "dgm:relIds":
        into.boxes.extend(around.drawing_words("diagram", relation_id(each, "dm")))
    elif short == "c:chart":
        into.boxes.extend(around.drawing_words("chart", relation_id(each)))
        into.anchor(around.notice("chart-as-words"))
    elif short == "a:t":
        into.boxes.extend(_drawn_line(each.text or ""))
    elif short == "v:textpath":
        into.boxes.extend(_drawn_line(each.get("string") or ""))
    elif short == "o:OLEObject":
        into.anchor(around.notice("object-embedded", kind=each.get("ProgID") or "?"))
    elif short in ("w:altChunk", "w:subDoc"):
        into.anchor(around.notice("part-not-read"))
    elif short == "w:sdt" and is_on(child(each, "w:sdtPr", "w:showingPlcHdr")):
        into.anchor(around.notice("placeholder-kept"))
    gather(each, into, around)


def _note_hidden(run: etree._Element, into: Inline, around: Surroundings) -> None:
    properties = child(run, "w:rPr")
    hidden = properties is not None and is_on(child(properties, "w:vanish"))
    words = "".join(each.text or "" for each in run if name(each) == "w:t") if hidden else ""
    if visible_count(words):
        into.anchor(around.notice("hidden-text-kept", text=words.strip()))


def anchor_key(element: etree._Element, short: str) -> str:
    """What an element anchors where it stands; '' when it anchors nothing."""
    if short == "yy:at":
        return str(element.get("key", ""))
    if short in COMMENT_ENDS:
        return f"comment:{attribute(element, 'id')}:{COMMENT_ENDS[short]}"
    words = attribute(element, "name") or "" if short == "w:bookmarkStart" else ""
    return f"bookmark:{words}" if words.startswith(BOOKMARKS) else ""


def _drawn_line(text: str) -> Iterator[Block]:
    if text.strip():
        yield Line(text=text)


def chosen(alternate: etree._Element) -> list[etree._Element]:
    """The one branch a reader shows: the first choice, or the fallback where there is none."""
    choices = [each for each in alternate if name(each) == "mc:Choice"]
    fallbacks = [each for each in alternate if name(each) == "mc:Fallback"]
    return (choices or fallbacks)[:1]


def symbol(element: etree._Element) -> str:
    """The character a w:sym shows; '' when its code is no character."""
    try:
        return drawn(chr(int(attribute(element, "char") or "", 16)), attribute(element, "font") or "")
    except (ValueError, OverflowError):
        return ""
