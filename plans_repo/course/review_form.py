"""The six items every review answers, and the rules by which experts' opinions count. Data of a pack."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from plans_repo.packs.reading import pack
from sim.figure import Mark


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of the review form."""

    id: str
    title: str
    title_en: str


@dataclass(frozen=True, kw_only=True)
class CountingRule:
    """What share of those present must agree, and whether exactly that share is enough."""

    id: str
    title: str
    title_en: str
    share: Fraction
    more_than: bool
    source: str
    source_en: str
    mark: Mark

    def passes(self, agreeing: int, present: int) -> bool:
        """Whether so many of so many are enough.

        >>> counting_rule("two_thirds").passes(4, 6), counting_rule("majority").passes(3, 6)
        (True, False)
        """
        if not present:
            return False
        got = Fraction(agreeing, present)
        return got > self.share if self.more_than else got >= self.share


@cache
def items() -> tuple[Item, ...]:
    """The items, in order."""
    return tuple(Item(id=one["id"], title=one["title"], title_en=one["title_en"]) for one in _pack()["item"])


@cache
def counting_rule(name: str) -> CountingRule:
    """A rule by its name."""
    one = _pack()["rule"][name]
    return CountingRule(
        id=name,
        title=one["title"],
        title_en=one["title_en"],
        share=Fraction(one["share"]),
        more_than=one["more_than"],
        source=one["source"],
        source_en=one["source_en"],
        mark=Mark(one["mark"]),
    )


@cache
def _pack() -> dict[str, Any]:
    return pack("course", "review")
