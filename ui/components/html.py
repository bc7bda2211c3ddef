"""The only place of the roof with raw HTML. Everything put into it is escaped.

Markup is built from `tag`, `text` and `join`; a plain string is always text, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape, unescape

import streamlit as st

MANY_COLUMNS = 6
"""So many columns need the width of a whole screen."""
FULL_WIDTH = "\u2e7f"
"""Signs after this one are as wide as they are high."""
_ROOMS = ((8, "yy-short"), (16, "yy-middle"), (40, "yy-words"))
_TAG = re.compile(r"<[^>]*>")
VOID = {"br", "hr", "img", "meta", "link", "input"}


class Html(str):
    """Markup that was built here and may be shown as it is."""


def text(value: object) -> Html:
    """A value as text; markup passes unchanged.

    >>> text("<b>")
    '&lt;b&gt;'
    """
    return value if isinstance(value, Html) else Html(escape(str(value)))


def tag(element: str, /, *content: object, **attributes: object) -> Html:
    """An element. `cls` stands for `class`, `_` in a name for `-`; empty and None attributes are left out.

    >>> tag("a", "水 < 火", href="/plan?id=7&v=2", cls="yy-link")
    '<a href="/plan?id=7&amp;v=2" class="yy-link">水 &lt; 火</a>'
    """
    written = "".join(
        f' {_attribute(key)}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    return Html(f"<{element}{written}>" if element in VOID else f"<{element}{written}>{join(content)}</{element}>")


def join(parts: Iterable[object], between: str = "") -> Html:
    """Several parts as one, text escaped."""
    return Html(escape(between).join(text(part) for part in parts))


def link(label: object, href: str, cls: str = "yy-link") -> Html:
    """A link that opens in the same tab; only addresses of this application.

    >>> link("防汛预案", "/plan?id=7")
    '<a href="/plan?id=7" target="_self" class="yy-link">防汛预案</a>'
    """
    if not href.startswith("/") or href.startswith(("//", "/\\")):
        raise ValueError(f"link {label!r}: href must be a local path, got {href!r}")
    return tag("a", label, href=href, target="_self", cls=cls)


def paragraphs(body: str, cls: str = "yy-text") -> Html:
    """Running text, a paragraph for every line."""
    return tag("div", join(tag("p", line) for line in body.splitlines() if line.strip()), cls=cls)


def table(heads: Iterable[object], rows: Iterable[Iterable[object]], cls: str = "yy-table yy-cards") -> Html:
    """A plain table for reading; cells may be markup built here.

    Short words, dates and amounts stay in one line and no column is squeezed to single signs. Where there is no room
    for all columns side by side a row becomes a card in which every cell says what it is, unless *cls* says otherwise.

    >>> table(["预案"], [["防汛预案"]]).count('data-label="预案"')
    1
    """
    names = list(heads)
    labels = [name if "yy-cards" in cls.split() and isinstance(name, str) else None for name in names]
    head = tag("thead", tag("tr", join(tag("th", name) for name in names)))
    body = tag("tbody", join(_line(row, labels) for row in rows))
    wide = " yy-wide" if len(names) >= MANY_COLUMNS else ""
    return tag("div", tag("table", head, body, cls=f"{cls}{wide}"), cls="yy-scroll")


def cell(element: str, content: object, **attributes: object) -> Html:
    """A cell of a table that is as wide as its words need to be read.

    >>> cell("td", "2026-11-21"), cell("td", "")
    ('<td class="yy-short">2026-11-21</td>', '<td></td>')
    """
    markup = text(content)
    return tag(element, markup, cls=_room(markup), **attributes)


def _line(row: Iterable[object], labels: Sequence[object]) -> Html:
    pairs = zip(row, labels, strict=True)
    return tag("tr", join(cell("td", content, data_label=label) for content, label in pairs))


def _room(markup: Html) -> str:
    """The class for the width of a cell, by how many full-width signs its words take."""
    words = unescape(_TAG.sub("", markup))
    signs = sum(1 if sign > FULL_WIDTH else 0.5 for sign in words)
    if words == "—":
        return "yy-none"
    return next((name for most, name in _ROOMS if signs <= most), "yy-long") if words else ""


def show(markup: Html) -> None:
    """Put markup on the page."""
    if not isinstance(markup, Html):
        raise TypeError("show() takes markup built by ui.components.html, not a string")
    st.html(markup)


def _attribute(name: str) -> str:
    return "class" if name == "cls" else name.rstrip("_").replace("_", "-")
