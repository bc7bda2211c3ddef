"""An HTML page as a tree: its encoding, what of it is shown, and what only programs see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from plans_repo.text.clause import visible_count
from plans_repo.text.reading.encodings import Decoded, declared, decoded
from plans_repo.text.reading.errors import refusal
from plans_repo.text.reading.package import DEPTH_MESSAGE, too_deep

CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{3,20})", re.IGNORECASE)
XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_\-]{3,20})")
HEAD_BYTES = 4096
SILENT = frozenset({
    "script", "style", "head", "title", "meta", "link", "base", "noscript", "template", "iframe", "object", "embed",
    "applet", "noframes", "noembed", "select", "datalist", "audio", "video", "canvas", "map", "xml", "desc", "metadata",
})  # fmt: skip
HIDDEN_STYLE = re.compile(r"display:none|visibility:hidden|mso-hide:all|font-size:0(?:px|pt|em|%)?(?:;|$)")


def page_text(data: bytes, file_name: str) -> Decoded:
    """The source of the page, decoded as its head says."""
    head = data[:HEAD_BYTES]
    found = XML_CHARSET.search(head) or CHARSET.search(head)
    return declared(data, found[1].decode("ascii"), file_name) if found else decoded(data, file_name)


def page_tree(text: str, file_name: str) -> etree._Element:
    """The page parsed as browsers do: leniently, but never deeper than the parser's limit."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if DEPTH_MESSAGE in str(error):
            raise too_deep(file_name) from error
        raise refusal("plan-file-damaged", file_name, rule="must be readable HTML", value="HTML") from error
    messages = [entry.message or "" for entry in parser.error_log]
    if any(DEPTH_MESSAGE in message for message in messages):
        raise too_deep(file_name)
    if root is None:
        raise refusal("plan-file-without-text", file_name, rule="must contain text")
    return root


def tag_of(element: etree._Element) -> str:
    """The name of the tag without its prefix."""
    return element.tag.rpartition(":")[2].lower()


def is_silent(element: etree._Element) -> bool:
    """Whether a browser never shows what is inside."""
    return element.tag.lower() in SILENT


def is_hidden(element: etree._Element) -> bool:
    """Whether the page itself hides what is inside."""
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return element.get("hidden") is not None or bool(HIDDEN_STYLE.search(style))


def shown_sizes(root: etree._Element) -> dict[etree._Element, int]:
    """How many visible characters each element shows, with everything inside it; one pass for the whole page."""
    sizes: dict[etree._Element, int] = {}
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            sizes[element] = visible_count(element.text or "")
            continue
        if is_silent(element) or is_hidden(element):
            sizes[element] = 0
        above = element.getparent()
        if above is not None:
            sizes[above] += sizes[element] + visible_count(element.tail or "")
    return sizes


def hidden_texts(element: etree._Element) -> Iterator[str]:
    """The texts of the parts that the page hides."""
    if is_silent(element):
        return
    if is_hidden(element):
        yield "".join(str(piece) for piece in element.itertext())
        return
    for each in element:
        yield from hidden_texts(each)
