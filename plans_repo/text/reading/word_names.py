"""Names of WordprocessingML elements as short words: 'w:p', whichever edition of the standard wrote them."""

from __future__ import annotations

from lxml import etree

PREFIXES = {
    "urn:yuyan:reading": "yy",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}
WORD = tuple(space for space, prefix in PREFIXES.items() if prefix == "w")
REL_ID = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


def name(element: etree._Element) -> str:
    """The short name: w:p, m:t, mc:Fallback; without prefix where none is known.

    >>> name(etree.fromstring('<p xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'))
    'w:p'
    """
    space, _, local = element.tag.rpartition("}")
    prefix = PREFIXES.get(space[1:])
    return f"{prefix}:{local}" if prefix else local


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element down that path of short names."""
    for step in path:
        element = next((each for each in element if name(each) == step), None) if element is not None else None
    return element


def attribute(element: etree._Element | None, local: str = "val") -> str | None:
    """A w: attribute, with or without its prefix."""
    if element is None:
        return None
    for space in WORD:
        found = element.get(f"{{{space}}}{local}")
        if found is not None:
            return found
    return element.get(local)


def number_attribute(element: etree._Element | None, local: str = "val") -> int | None:
    """A w: attribute as a whole number; None when it is absent or no number."""
    found = attribute(element, local)
    try:
        return int(found) if found is not None else None
    except ValueError:
        return None


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch element such as w:isLgl is set."""
    return element is not None and attribute(element) not in ("0", "false", "off")
