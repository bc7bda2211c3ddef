"""Phrases a text is searched for: parts that must all be there, each with alternatives."""

from __future__ import annotations

from collections.abc import Iterable

NEAR_WEIGHT = 2
"""What a character counts that stands in the promise's own words; elsewhere it counts one."""


def strength(phrase: str, near: str, far: str = "") -> int:
    """How strongly some words say a phrase: characters found, those in *near* twice; 0 unless every part is there.

    At least one part must stand in *near*.

    >>> strength("救护队|救护中队+出动", "值班小队1分钟内出动", "县矿山救护中队")
    8
    >>> strength("救护队|救护中队+出动", "值班小队1分钟内出动")
    0
    """
    total, is_near = 0, False
    for part in phrase.split("+"):
        close = _longest(part, near)
        found = close or _longest(part, far)
        if not found:
            return 0
        total += len(found) * (NEAR_WEIGHT if close else 1)
        is_near = is_near or bool(close)
    return total if is_near else 0


def strongest(phrases: Iterable[str], near: str, far: str = "") -> int:
    """The strength of the phrase said most strongly."""
    return max((strength(phrase, near, far) for phrase in phrases), default=0)


def says_any(words: Iterable[str], text: str) -> bool:
    """Whether a text holds any of some words."""
    return any(word in text for word in words)


def _longest(part: str, text: str) -> str:
    return max((word for word in part.split("|") if word in text), key=len, default="")
