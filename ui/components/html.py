"""The only place of the roof with raw HTML. Everything put into it is escaped.

Markup is built from `tag`, `text` and `join`; a plain string is always text, never markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

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


def table(heads: Iterable[object], rows: Iterable[Iterable[object]], cls: str = "yy-table") -> Html:
    """A plain table for reading; cells may be markup built here."""
    head = tag("thead", tag("tr", join(tag("th", cell) for cell in heads)))
    body = tag("tbody", join(tag("tr", join(tag("td", cell) for cell in row)) for row in rows))
    return tag("div", tag("table", head, body, cls=cls), cls="yy-scroll")


def show(markup: Html) -> None:
    """Put markup on the page."""
    if not isinstance(markup, Html):
        raise TypeError("show() takes markup built by ui.components.html, not a string")
    st.html(markup)


def _attribute(name: str) -> str:
    return "class" if name == "cls" else name.rstrip("_").replace("_", "-")
