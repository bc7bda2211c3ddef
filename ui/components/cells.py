"""Small parts of table cells."""

from __future__ import annotations

from collections.abc import Iterable

from plans_repo.packs.naming import name_of
from ui.components.html import Html, join, table, tag
from ui.wording import language


def unbroken(words: object) -> Html:
    """Words that stay in one line: a date, a number, a citation."""
    return tag("span", words, cls="yy-unbroken")


def sourced(word: Html, source: str) -> Html:
    """A mark with its source below it in small letters; what is quoted stays in the words of its source."""
    return join([word, tag("small", name_of("recommended", source, language()), cls="yy-source")]) if source else word


def card_table(heads: Iterable[object], rows: Iterable[Iterable[object]], cls: str = "") -> Html:
    """A table that becomes a card a row where there is little room, with a class of its own."""
    return table(heads, rows, cls=f"yy-table yy-cards {cls}".strip())
