"""Numeric conditions of response levels as intervals: whether they overlap, leave gaps or run the wrong way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from plans_repo.text.finding.conditions import Bound, bound_in
from plans_repo.text.recognition import FoundLevel
from sim.procedure import Condition

ALTERNATIVE = re.compile(r"[，,；;]?(?:或者?|及)(?=[^，,；;]{0,24}\d)")
NEGATED = re.compile(r"(?:未|没有|无)[^，,、；;]{0,8}?(?:死亡|失踪|伤亡|受伤|重伤|被困)[，,、]?")
STATION = re.compile(r"([\u4e00-\u9fff（）()]{1,14}?)(?:站|水位站)?水位")
FIGURE = re.compile(r"[\d≥>＞≤<＜]|(?:尚?未|不)?(?:达|超|到|足|低于|高于|大于|小于)")
WINDOW = re.compile(r"(\d+|[一二三四六])\s*小时")
ANYWHERE = frozenset(
    {
        "deaths",
        "injured",
        "trapped",
        "evacuated",
        "affected",
        "houses",
        "households",
        "loss_yuan",
        "burnt_ha",
        "burning_h",
    }
)
"""Measures that mean the same in a county and in its city; a water level belongs to its own station."""


@dataclass(frozen=True, kw_only=True)
class Interval:
    """What one condition of a level asks of one measure (of one place): from *low* up to below *high*."""

    level: str
    rank: int
    subject: str
    measure: str
    low: float | None
    high: float | None
    text: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Two neighbouring levels that do not fit: kind is overlap, gap or falling."""

    kind: str
    lower: Interval
    upper: Interval


def intervals(levels: Sequence[FoundLevel]) -> tuple[Interval, ...]:
    """Every numeric condition of the levels; what is only judged has none."""
    return tuple(
        interval for level in levels for condition in level.conditions for interval in _of_condition(level, condition)
    )


def clashes(found: Iterable[Interval]) -> Iterator[Clash]:
    """Where neighbouring levels, on the same measure of the same place, overlap, leave a gap or run the wrong way."""
    groups: dict[tuple[str, str], dict[int, Interval]] = {}
    for interval in found:
        groups.setdefault((interval.measure, interval.subject), {}).setdefault(interval.rank, interval)
    for group in groups.values():
        ordered = [group[rank] for rank in sorted(group)]
        for lower, upper in pairwise(ordered):
            kind = _clash(lower, upper)
            if kind:
                yield Clash(kind=kind, lower=lower, upper=upper)


def _clash(lower: Interval, upper: Interval) -> str:
    """Only neighbours in rank leave a gap; an open lower level (3人以上 beside 10人以上) is the usual way and none."""
    if lower.low is not None and upper.low is not None and upper.low < lower.low:
        return "falling"
    if lower.high is None or upper.low is None:
        return "same" if lower.low is not None and lower.low == upper.low else ""
    if upper.low < lower.high:
        return "overlap"
    return "gap" if upper.low > lower.high and upper.rank == lower.rank + 1 else ""


def _of_condition(level: FoundLevel, condition: Condition) -> Iterator[Interval]:
    for part in ALTERNATIVE.split(condition.text):
        words = NEGATED.sub("", part)
        bound = bound_in(words)
        if bound is not None and not _is_only_and(words, bound):
            yield Interval(
                level=level.label,
                rank=level.rank,
                subject=_subject(words, bound),
                measure=bound.measure,
                low=bound.at_least,
                high=bound.below,
                text=words.strip("，,；; "),
                clause=condition.clause,
            )


def _is_only_and(words: str, bound: Bound) -> bool:
    """Two things asked at once (过火面积10公顷以上且燃烧2小时以上) are no interval of one measure."""
    return bool(re.search(r"且|并且|同时", words)) and bound.at_least is not None and bound.below is None


def _subject(words: str, bound: Bound) -> str:
    """Of which place or in which window the number is: the station of a water level, the hours of a rain."""
    if bound.measure == "water_level_m":
        match = STATION.search(words)
        return match[1] if match else FIGURE.split(words)[0].removeprefix("水位")
    if bound.measure == "rain_mm":
        match = WINDOW.search(words)
        return match[0] if match else ""
    if bound.measure == "burning_h":
        return "".join(re.findall("敏感|原始|一般|重点|草原|森林", words))
    return "".join(re.findall("可能|预计|预报|草原|受灾|受伤|中毒", words))
