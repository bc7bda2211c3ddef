"""How long a count in the resource register counts as fresh, by the rule of the packs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from plans_repo.packs.reading import pack
from sim.figure import Mark

__all__ = ["Freshness", "freshness"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Freshness:
    """So many days after its count a figure is to be counted again; where the rule comes from, and its mark."""

    days: int
    title: str
    title_en: str
    source: str
    source_en: str
    mark: Mark

    def is_over(self, counted_on: date | None, today: date) -> bool:
        """Whether a figure counted on that day is no longer fresh; one without a day is not."""
        return counted_on is None or (today - counted_on).days > self.days


@cache
def freshness() -> Freshness:
    """The rule of the packs.

    >>> freshness().is_over(date(2025, 11, 20), date(2026, 11, 20)), freshness().days
    (False, 365)
    """
    rule = pack("rules", "register")["fresh"]
    if rule["unit"] != "day":
        raise ValueError(f"freshness is counted in days, got {rule['unit']}")
    texts = {name: str(rule[name]) for name in ("title", "title_en", "source", "source_en")}
    return Freshness(days=int(rule["value"]), mark=Mark(rule["mark"]), **texts)
