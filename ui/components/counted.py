"""Counters of a list on the same page: each leads to the part it counts, and the list says that it shows a part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

import streamlit as st

from ui.components.counters import Counter
from ui.components.html import link, show, tag
from ui.wording import _

T = TypeVar("T")
ONLY = "only"
"""The part asked for, in the address."""


@dataclass(frozen=True, kw_only=True)
class Counted(Generic[T]):
    """A part of a list: what it is called, and what belongs to it."""

    label: str
    fits: Callable[[T], bool]
    tone: str = ""


def counters(items: Iterable[T], parts: Mapping[str, Counted[T]], page: str, key: str = ONLY) -> list[Counter]:
    """How many items each part has, with the way to them; the other filters stay."""
    every = list(items)
    return [
        Counter(label=part.label, count=sum(map(part.fits, every)), tone=part.tone, href=_address(page, key, code))
        for code, part in parts.items()
    ]


def part_listed(items: Sequence[T], parts: Mapping[str, Counted[T]], page: str, key: str = ONLY) -> Sequence[T]:
    """The items of the part the address asks for, and a line that says so; all of them where it asks for none."""
    part = parts.get(st.query_params.get(key, ""))
    if part is None:
        return items
    said = _("只列“{group}”。", group=part.label)
    show(tag("div", said, " ", link(_("列出全部"), _address(page, key, "")), cls="yy-account"))
    return [item for item in items if part.fits(item)]


def _address(page: str, key: str, code: str) -> str:
    query = {name: value for name, value in st.query_params.items() if name != key} | ({key: code} if code else {})
    return f"{page}?{urlencode(query)}" if query else page
