"""Counters of a work desk and the words of an empty list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ui.components.html import Html, show, tag


@dataclass(frozen=True, kw_only=True)
class Counter:
    """A number that leads to the list behind it; tone is late, soon or empty, *note* says what is counted."""

    label: str
    count: int
    note: str = ""
    href: str = ""
    tone: str = ""


def show_counters(counters: Iterable[Counter]) -> None:
    """Put the counters side by side on the page."""
    show(tag("div", *map(_counter, counters), cls="yy-counters"))


def show_empty(title: str, what_next: str) -> None:
    """Say that a list is empty and what to do next."""
    show(tag("div", tag("b", title), what_next, cls="yy-empty"))


def _counter(counter: Counter) -> Html:
    cls = f"yy-counter yy-{counter.tone}" if counter.tone and counter.count else "yy-counter"
    inside = [tag("b", counter.count), tag("span", counter.label)]
    if counter.note:
        inside.append(tag("small", counter.note))
    if counter.href:
        return tag("a", *inside, href=counter.href, target="_self", cls=cls)
    return tag("div", *inside, cls=cls)
