"""Small parts of table cells."""

from __future__ import annotations

from collections.abc import Iterable

from ui.components.html import Html, join, table, tag


def unbroken(words: object) -> Html:
    """Words that stay in one line: a date, a number, a citation."""
    return tag("span", words, cls="yy-unbroken")


def sourced(word: Html, source: str) -> Html:
    """A mark with its source below it in small letters."""
    return join([word, tag("small", source, cls="yy-source")]) if source else word


def card_table(heads: Iterable[str], rows: Iterable[Iterable[object]], cls: str = "") -> Html:
    """A table that becomes a card a row on a phone, where every cell says what it is."""
    names = list(heads)
    labelled = ([_labelled(name, cell) for name, cell in zip(names, row, strict=True)] for row in rows)
    return table(names, labelled, cls=f"yy-table yy-cards {cls}".strip())


def _labelled(name: str, cell: object) -> Html:
    return join([tag("small", name, cls="yy-label", aria_hidden="true"), cell])
