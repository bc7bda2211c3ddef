"""The pages of the library's list: which one is asked for, and the way to the others."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlencode

import streamlit as st

from plans_repo.search.comments import CommentAnswer
from ui.components.html import Html, join, link, tag
from ui.wording import _, n_

PAGE_SIZE = 50
"""Plans on one page of the list."""
_AROUND = 2


def asked_page() -> int:
    """The page in the address; the first where there is none."""
    word = st.query_params.get("page", "")
    return int(word) if word.isascii() and word.isdigit() and len(word) < 7 else 1


def kept_filters(*but: str) -> dict[str, str]:
    """What the address says of the list beside the page of it and what is named."""
    return {key: value for key, value in st.query_params.items() if key not in ("page", *but)}


def to_first_page() -> None:
    """What was on another page before the filters changed is not looked for there."""
    st.query_params.pop("page", None)


class Paged(Protocol):
    """A page of a list of plans: which one, of how many, and the plans of all of them."""

    @property
    def number(self) -> int:
        """The number of the page, from 1."""

    @property
    def pages(self) -> int:
        """How many pages there are."""

    @property
    def plans(self) -> int:
        """How many plans there are on all pages."""


def page_links(page: Paged, address: str) -> Html:
    """How many fit and, where they fill several pages, links to them; the filters stay in the address."""
    told = n_("共 {count} 条", page.comments) if isinstance(page, CommentAnswer) else n_("共 {count} 件", page.plans)
    if page.pages == 1:
        return tag("div", told, cls="yy-pages")
    kept = kept_filters()
    parts = [_page_link(page, number, address, kept) for number in _numbers(page)]
    return tag("nav", tag("span", told), *parts, cls="yy-pages", aria_label=_("分页"))


def _numbers(page: Paged) -> list[int]:
    """The first, the last and those around the present one; 0 stands for a gap."""
    near = range(max(1, page.number - _AROUND), min(page.pages, page.number + _AROUND) + 1)
    shown = sorted({1, page.pages, *near})
    found: list[int] = []
    for number in shown:
        if found and number > found[-1] + 1:
            found.append(0)
        found.append(number)
    return found


def _page_link(page: Paged, number: int, address: str, kept: dict[str, str]) -> Html:
    if not number:
        return tag("span", "…")
    if number == page.number:
        return tag("b", number, aria_current="page")
    return join([link(number, f"{address}?{urlencode(kept | {'page': str(number)})}")])
