"""The marks tracked changes leave in a part of a Word file: where each stands and what it does."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from lxml import etree

from plans_repo.text.reading.word_names import attribute, child, name

ZONE = ZoneInfo("Asia/Shanghai")
UTC_DATE = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}dateUtc"
ADDING = frozenset({"w:ins", "w:moveTo", "w:cellIns"})
TAKING = frozenset({"w:del", "w:moveFrom", "w:cellDel"})
RUN_MARKS = frozenset({"w:ins", "w:del", "w:moveFrom", "w:moveTo"})
FORMER = frozenset({"w:pPrChange", "w:rPrChange", "w:tcPrChange"})  # each holds the properties of before
TRACKED = (
    ADDING
    | TAKING
    | FORMER
    | {
        "w:cellMerge", "w:trPrChange", "w:tblPrChange", "w:tblPrExChange", "w:tblGridChange", "w:sectPrChange",
        "w:numberingChange",
    }
)  # fmt: skip
KEY = "yy-key"
SPACE = "urn:yuyan:reading"
PLACE = f"{{{SPACE}}}at"
"""An element of our own that stands in the tree where something is anchored."""


class Site(StrEnum):
    """What a mark is about."""

    RUNS = "runs"
    PARAGRAPH = "paragraph"  # the paragraph's own end
    ROW = "row"
    CELL = "cell"
    FORMAT = "format"
    NOTHING = "nothing"  # inside properties that do not show


def number_marks(root: etree._Element, path: str) -> None:
    """Name every tracked mark of the part by its place among them; the second count names them alike."""
    marks = (each for each in root.iter() if name(each) in TRACKED)
    for at, each in enumerate(marks):
        each.set(KEY, f"{path.lower()}#{at}")


def key_of(element: etree._Element) -> str:
    """The name the mark was given."""
    return str(element.get(KEY, ""))


def site_of(element: etree._Element) -> Site:
    """What the mark is about, told by what it stands in."""
    short = name(element)
    if short.endswith("Change"):
        return Site.FORMAT
    parent = element.getparent()
    above = name(parent) if parent is not None else ""
    if above == "w:rPr":
        grand = parent.getparent() if parent is not None else None
        return Site.PARAGRAPH if grand is not None and name(grand) == "w:pPr" else Site.NOTHING
    return {"w:trPr": Site.ROW, "w:tcPr": Site.CELL, "w:numPr": Site.NOTHING, "w:ctrlPr": Site.NOTHING}.get(
        above, Site.RUNS
    )


def paragraph_marks(paragraph: etree._Element) -> list[etree._Element]:
    """The marks on the paragraph's own end."""
    properties = child(paragraph, "w:pPr", "w:rPr")
    return [each for each in properties if name(each) in RUN_MARKS] if properties is not None else []


def row_mark(row: etree._Element) -> etree._Element | None:
    """The mark on a whole row."""
    properties = child(row, "w:trPr")
    found = (each for each in properties if name(each) in ("w:ins", "w:del")) if properties is not None else iter(())
    return next(found, None)


def cell_mark(cell: etree._Element) -> etree._Element | None:
    """The mark on a whole cell."""
    properties = child(cell, "w:tcPr")
    found = (
        (each for each in properties if name(each) in ("w:cellIns", "w:cellDel"))
        if properties is not None
        else iter(())
    )
    return next(found, None)


def place_element(key: str) -> etree._Element:
    """An element that anchors *key* where it stands."""
    element = etree.Element(PLACE)
    element.set("key", key)
    return element


def author_of(element: etree._Element) -> str:
    return attribute(element, "author") or ""


def time_of(element: etree._Element) -> str:
    """When a change was made, by the writer's clock; newer files say it in UTC beside that.

    >>> mark = etree.Element("x", {UTC_DATE: "2026-03-01T04:00:00Z"})
    >>> time_of(mark)
    '2026-03-01T12:00:00Z'
    """
    told = element.get(UTC_DATE)
    try:
        return f"{datetime.fromisoformat(told).astimezone(ZONE):%Y-%m-%dT%H:%M:%SZ}" if told else _date(element)
    except ValueError:
        return _date(element)


def _date(element: etree._Element) -> str:
    return attribute(element, "date") or ""
