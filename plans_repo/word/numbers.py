"""Numbers as a report prints them. Tables, sentences and tests share these functions."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

from plans_repo.packs.cases import is_share_assumed
from plans_repo.word.facts import TargetFacts
from plans_repo.word.wording import Wording
from sim.figure import Figure, Mark

SHOWN_IN = ZoneInfo("Asia/Shanghai")
UNITS_OF_TEXT = "条章节款项编"  # a number that already says what it counts
CERTAIN = (Mark.READ, Mark.CALIBRATED)  # every other mark is printed beside its number


def plain(value: float) -> str:
    """A number with no digit added and none lost.

    >>> plain(60.0), plain(0.5), plain(1e-07)
    ('60', '0.5', '0.0000001')
    """
    text = format(Decimal(repr(float(value))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def limit(words: Wording, minutes_value: float) -> str:
    """A promised time, never rounded; it is not negative.

    >>> limit(Wording("zh"), 90), limit(Wording("zh"), 60), limit(Wording("zh"), 7.5)
    ('1小时30分', '1小时', '7.5分钟')
    """
    return _hours_and_minutes(words, Decimal(repr(float(minutes_value))))


def minutes(words: Wording, value: float | None) -> str:
    """A measured time: to the tenth below an hour, to the minute above; None says it was cut off.

    >>> minutes(Wording("zh"), 95.27), minutes(Wording("zh"), 12.44), minutes(Wording("zh"), None)
    ('1小时35分', '12.4分钟', '超出推演时长')
    """
    if value is None:
        return words.say("number.censored")
    exact = Decimal(repr(float(value)))
    tenth = exact.quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    return _hours_and_minutes(words, tenth if abs(tenth) < 60 else exact.quantize(Decimal(1), ROUND_HALF_EVEN))


def _hours_and_minutes(words: Wording, value: Decimal) -> str:
    hours, rest = divmod(value, 60)
    if not hours:
        return words.say("number.minutes", m=plain(float(rest)))
    key = "number.hours_minutes" if rest else "number.hours"
    return words.say(key, h=int(hours), m=plain(float(rest)))


def percent(value: float, *, rounding: str = ROUND_HALF_EVEN) -> str:
    """A share as a percentage with one decimal; only 0 and 1 themselves print as 0% and 100%.

    >>> percent(0.897), percent(1.0), percent(0.9999), percent(0.9)
    ('89.7%', '100%', '99.99%', '90%')
    """
    exact = Decimal(repr(float(value))) * 100
    for digits in range(1, 7):
        shown = exact.quantize(Decimal(1).scaleb(-digits), rounding)
        if (shown in (0, 100)) == (exact in (0, 100)):
            break
    return f"{plain(float(shown))}%"


def bounds(low: float, high: float) -> tuple[str, str]:
    """The ends of an interval of shares, rounded outward, so that it never looks narrower than it is.

    >>> bounds(0.33049, 0.62541)
    ('33%', '62.6%')
    """
    return percent(low, rounding=ROUND_FLOOR), percent(high, rounding=ROUND_CEILING)


def interval(words: Wording, low: float, high: float, confidence: float) -> str:
    """A confidence interval of a share, rounded outwards so that it never looks narrower than it is.

    >>> interval(Wording("zh"), 0.8477, 0.9294, 0.95)
    '95%置信区间84.7%～93%'
    """
    low_end, high_end = bounds(low, high)
    return words.say("number.interval", confidence=percent(confidence), low=low_end, high=high_end)


def met(words: Wording, target: TargetFacts) -> str:
    """How often a target was met, with its interval."""
    return words.say(
        "number.with_interval",
        value=percent(target.p_met),
        interval=interval(words, target.low, target.high, target.confidence),
    )


def met_cell(words: Wording, target: TargetFacts, confidence: float) -> str:
    """The same for a table whose header names the confidence; in full if this target's differs from it."""
    if not math.isclose(target.confidence, confidence):
        return met(words, target)
    low, high = bounds(target.low, target.high)
    return words.say("number.met_cell", value=percent(target.p_met), low=low, high=high)


def lead(words: Wording, target: TargetFacts, value: float | None) -> str:
    """A measured time of a target: elapsed, or ahead of (behind) its clock if it has one.

    >>> from types import SimpleNamespace as Some
    >>> lead(Wording("zh"), Some(clock="洪水到达"), -12.5), lead(Wording("zh"), Some(clock=""), 12.5)
    ('晚12.5分钟', '12.5分钟')
    """
    if value is None or not target.clock:
        return minutes(words, value)
    return words.say("number.late" if value < 0 else "number.early", value=minutes(words, abs(value)))


def change(words: Wording, value: float) -> str:
    """How much earlier or later something came.

    >>> change(Wording("zh"), 18.2), change(Wording("zh"), -6.4)
    ('提前18.2分钟', '推迟6.4分钟')
    """
    return words.say("number.later" if value < 0 else "number.sooner", value=minutes(words, abs(value)))


def change_interval(words: Wording, low: float, high: float) -> str:
    """The interval of a change; its direction is said where the ends differ in it.

    >>> change_interval(Wording("zh"), 15.1, 21.4), change_interval(Wording("zh"), -9.0, -3.1)
    ('15.1分钟～21.4分钟', '3.1分钟～9分钟')
    >>> change_interval(Wording("zh"), -1.3, 9.6)
    '推迟1.3分钟～提前9.6分钟'
    """
    if low > 0 or high < 0:
        ends = [minutes(words, end) for end in sorted((abs(low), abs(high)))]
    else:
        ends = [change(words, low), change(words, high)]
    return words.say("number.range", low=ends[0], high=ends[1])


def marked(words: Wording, text: str, mark: Mark) -> str:
    """The text, with the mark behind it unless the number is certain.

    >>> marked(Wording("zh"), "60分钟", Mark.TO_BE_CONFIRMED)
    '60分钟〔待确认〕'
    """
    return text if mark in CERTAIN else f"{text}{words.say('mark.brackets', mark=words.say(f'mark.{mark}'))}"


def unit_name(words: Wording, unit: str) -> str:
    """A unit as people read it; one the pack does not know as it is.

    >>> unit_name(Wording("zh"), "m/min"), unit_name(Wording("zh"), "1"), unit_name(Wording("zh"), "艘")
    ('米/分钟', '', '艘')
    """
    return words.say(f"unit.{unit}") if words.has(f"unit.{unit}") else unit


def engine_name(words: Wording, engine: str) -> str:
    """What an engine is called.

    >>> engine_name(Wording("en"), "simpy")
    'reference engine (SimPy)'
    """
    return words.say(f"engine.{engine}") if words.has(f"engine.{engine}") else engine


def own_time(words: Wording, attribute: str) -> str:
    """What an entity brings along that a duration is a multiple of.

    >>> own_time(Wording("zh"), "round_trip_min"), own_time(Wording("zh"), "x_min")
    ('往返行程时间', '基准用时')
    """
    key = f"own_time.{attribute.removesuffix('_min')}"
    return words.say(key if words.has(key) else "own_time.other")


def figure(words: Wording, value: Figure) -> str:
    """A figure with its unit and, unless it is certain, its mark."""
    unit = unit_name(words, value.unit)
    gap = "" if words.language == "zh" or not unit else " "
    return marked(words, f"{plain(value.value)}{gap}{unit}", value.mark)


def promise(words: Wording, target: TargetFacts) -> str:
    """What the target promises, with its marks: proposed by the machine, or a number still uncertain."""
    margin = "_margin" if target.kind == "share" and target.clock else ""
    bare = "_bare" if target.clock and not target.limit_min else ""
    text = words.say(
        f"promise.{target.kind}{margin}{bare}",
        starts=target.starts,
        limit=limit(words, target.limit_min),
        clock=target.clock,
        share=percent(target.share),
    )
    if target.kind == "share" and is_share_assumed(target.share, target.mark, target.source):
        text += words.say("mark.brackets", mark=words.say("promise.share_assumed"))
    if target.cases:
        text = words.say("promise.cases", cases=target.cases, promise=text)
    return _standing(words, text, target)


def limit_cell(words: Wording, target: TargetFacts) -> str:
    """The limit alone, with the same marks."""
    return _standing(words, limit(words, target.limit_min), target)


def _standing(words: Wording, text: str, target: TargetFacts) -> str:
    """A limit read from the plan is the plan's own; any other is marked, and a proposed one says so."""
    shown = text if target.mark is Mark.PLAN else marked(words, text, target.mark)
    return f"{shown}{words.say('mark.brackets', mark=words.say('mark.proposed'))}" if target.proposed else shown


def clause(words: Wording, number: str) -> str:
    """How a clause is cited.

    >>> clause(Wording("zh"), "3.2"), clause(Wording("zh"), "第十五条"), clause(Wording("zh"), "（一）")
    ('3.2条', '第十五条', '“（一）”条')
    """
    bare = number.rstrip("、．.")
    if not bare:
        return words.say("clause.unnumbered")
    if bare[-1].isdigit():
        return words.say("clause.numbered", number=bare)
    return words.say("clause.named" if bare[-1] in UNITS_OF_TEXT else "clause.quoted", number=bare)


def clause_cell(words: Wording, number: str) -> str:
    """The same under a column headed “clause”, where the number says enough."""
    bare = number.rstrip("、．.")
    if not bare:
        return words.say("clause.unnumbered")
    return words.say("clause.cell" if bare[-1].isdigit() else "clause.named_cell", number=bare)


def instant(words: Wording, at: datetime) -> str:
    """A moment in China's time.

    >>> from datetime import UTC
    >>> instant(Wording("zh"), datetime(2026, 3, 1, 1, 5, tzinfo=UTC))
    '2026年3月1日9时05分'
    """
    local = at.astimezone(SHOWN_IN)
    return words.say("number.instant", day=day(words, at), hour=local.hour, minute=f"{local.minute:02}")


def day(words: Wording, at: datetime) -> str:
    """A date in China's time: Arabic digits, no leading zero (GB/T 9704-2012 7.3.5.4)."""
    return calendar_day(words, at.astimezone(SHOWN_IN).date())


def calendar_day(words: Wording, on: date) -> str:
    """A date as it stands, in the same form.

    >>> calendar_day(Wording("zh"), date(2026, 3, 1))
    '2026年3月1日'
    """
    return words.say("number.day", year=on.year, month=on.month, day=on.day, iso=on.isoformat())


def misses(words: Wording, p_met: float) -> str:
    """How often a promise is missed, the way one says it: four times in ten.

    >>> [misses(Wording("zh"), p) for p in (0.6, 0.61, 0.455, 0.9995)]
    ['10次有4次做不到', '10次约有4次做不到', '100次约有54次做不到', '10000次有5次做不到']
    >>> misses(Wording("zh"), 1.0), misses(Wording("zh"), 0.0)
    ('每次都做到', '每次都做不到')
    """
    if p_met in (0.0, 1.0):
        return words.say("misses.never" if p_met else "misses.always")
    missed = 1 - Decimal(repr(p_met))
    for times in (10, 100, 1000, 10**4, 10**5, 10**6):
        count = (missed * times).quantize(Decimal(1), ROUND_HALF_EVEN)
        near = Decimal("0.1") if times == 10 else Decimal("0.5")
        if 0 < count < times and abs(missed * times - count) <= near:
            break
    key = "misses.exactly" if count == missed * times else "misses.about"
    return words.say(key, times=times, count=count)
