"""A second count of what a web page shows: a stream of tags, with no tree and no code of the reader."""

from __future__ import annotations

from html.parser import HTMLParser

from plans_repo.text.reading.source_count import count_plain

NEVER_SHOWN = frozenset({
    "script", "style", "head", "title", "noscript", "template", "iframe", "object", "embed", "applet", "noframes",
    "noembed", "select", "datalist", "audio", "video", "canvas", "map", "xml", "desc", "metadata",
})  # fmt: skip
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
ENDS_PARAGRAPH = frozenset({
    "address", "article", "aside", "blockquote", "div", "dl", "fieldset", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
})  # fmt: skip
ROWS = frozenset({"tr", "tbody", "tfoot"})
CLOSED_BY = {  # an element of the first kind ends, unsaid, where one of the second begins
    "p": ENDS_PARAGRAPH,
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": ROWS,
    "td": ROWS | {"td", "th"},
    "th": ROWS | {"td", "th"},
    "head": frozenset({"body"}),
}


def count_html(text: str) -> int:
    """Visible characters outside of what browsers and the page itself hide."""
    counter = _Counter()
    counter.feed(text)
    counter.close()
    return counter.total


class _Counter(HTMLParser):
    """Counts data while no silent or hidden element is open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.total = 0
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self._open and tag in CLOSED_BY.get(self._open[-1][0], ()):
            self._open.pop()
        if tag not in VOID:
            self._open.append((tag, tag in NEVER_SHOWN or _hides(dict(attrs))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # in HTML a slash does not close: <div/> opens

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not any(silent for _, silent in self._open):
            self.total += count_plain(data)


def _hides(attributes: dict[str, str | None]) -> bool:
    style = "".join((attributes.get("style") or "").lower().split()) + ";"
    sized = any(f"font-size:0{unit};" in style for unit in ("", "px", "pt", "em", "%"))
    return (
        "hidden" in attributes
        or sized
        or any(rule in style for rule in ("display:none", "visibility:hidden", "mso-hide:all"))
    )
