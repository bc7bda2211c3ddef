"""Numeric conditions of response levels as intervals: whether they overlap, leave gaps or run the wrong way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from plans_repo.text.finding.cases import is_in_case
from plans_repo.text.finding.conditions import ALTERNATIVE, Bound, asks_together, bound_in
from plans_repo.text.recognition import FoundLevel
from sim.procedure import Condition

NEGATED = re.compile(r"(?:未|没有|无)[^，,、；;]{0,8}?(?:死亡|失踪|伤亡|受伤|重伤|被困)[，,、]?")
STATION = re.compile(r"([\u4e00-\u9fff（）()]{1,14}?)(?:站|水位站)?水位")
FIGURE = re.compile(r"[\d≥>＞≤<＜]|(?:尚?未|不)?(?:达|超|到|足|低于|高于|大于|小于)")
GAS = re.compile(r"瓦斯|甲烷|一氧化碳|二氧化碳|硫化氢|二氧化硫|氧气|氢气|氯气|氨|粉尘")
METHANE = ("瓦斯", "甲烷")
"""What 浓度 is of where a plan of a mine says nothing else."""
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
    falls: bool | None = False  # whether less is the graver; None where only the other levels tell
    is_range: bool = False  # written as from–to


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
        falls = _falls(ordered)
        for lower, upper in pairwise(ordered):
            kind = _clash(lower, upper, falls=falls)
            if kind:
                yield Clash(kind=kind, lower=lower, upper=upper)


def _falls(ordered: Sequence[Interval]) -> bool:
    """Whether less is the graver: as the words say, else where every graver level begins lower."""
    said = {interval.falls for interval in ordered} - {None}
    if said:
        return said == {True}
    starts = [start for one in ordered if (start := one.high if one.low is None else one.low) is not None]
    return all(later < earlier for earlier, later in pairwise(starts))


def _clash(lower: Interval, upper: Interval, *, falls: bool) -> str:
    """Only neighbours in rank leave a gap; an open lower level (3人以上 beside 10人以上) is the usual way and none."""
    (low, high), (upper_low, _upper_high) = _ends(lower, falls=falls), _ends(upper, falls=falls)
    if low is not None and upper_low is not None and upper_low < low:
        return "falling"
    if high is None or upper_low is None:
        return "same" if low is not None and low == upper_low else ""
    if upper_low < high:
        return "overlap"
    return "gap" if upper_low > high + _step(lower, upper) and upper.rank == lower.rank + 1 else ""


def _ends(one: Interval, *, falls: bool) -> tuple[float | None, float | None]:
    """From where to where, counted so that more is graver."""
    if not falls:
        return one.low, one.high
    return None if one.high is None else -one.high, None if one.low is None else -one.low


def _step(lower: Interval, upper: Interval) -> float:
    """Ranges of whole numbers go on with the next one: 10%～19%, 20%～29%."""
    ends = (lower.low, lower.high, upper.low, upper.high)
    is_whole = all(end is None or end == int(end) for end in ends)
    return 1.0 if lower.is_range and upper.is_range and is_whole else 0.0


def _of_condition(level: FoundLevel, condition: Condition) -> Iterator[Interval]:
    for part in ALTERNATIVE.split(condition.text) if not is_in_case(condition.text) else ():
        words = NEGATED.sub("", part)
        bound = bound_in(words)
        if bound is not None and not asks_together(words) and not _is_only_and(words, bound):
            yield Interval(
                level=level.label,
                rank=level.rank,
                subject=_subject(words, bound),
                measure=bound.measure,
                low=bound.at_least,
                high=bound.below,
                text=words.strip("，,；; "),
                clause=condition.clause,
                falls=bound.share.falls if bound.share else False,
                is_range=bound.share is not None and bound.share.is_range,
            )


def _is_only_and(words: str, bound: Bound) -> bool:
    """Two things asked at once (过火面积10公顷以上且燃烧2小时以上) are no interval of one measure."""
    return bool(re.search(r"且|并且|同时", words)) and bound.at_least is not None and bound.below is None


def _subject(words: str, bound: Bound) -> str:
    """Of which place or in which window the number is: the station of a water level, the hours of a rain."""
    if bound.share:
        return bound.share.subject
    if bound.measure == "gas_percent":
        match = GAS.search(words)
        return match[0] if match and match[0] not in METHANE else ""
    if bound.measure == "water_level_m":
        match = STATION.search(words)
        return match[1] if match else FIGURE.split(words)[0].removeprefix("水位")
    if bound.measure == "rain_mm":
        match = WINDOW.search(words)
        return match[0] if match else ""
    if bound.measure == "burning_h":
        return "".join(re.findall("敏感|原始|一般|重点|草原|森林", words))
    return "".join(re.findall("可能|预计|预报|草原|受灾|受伤|中毒", words))
