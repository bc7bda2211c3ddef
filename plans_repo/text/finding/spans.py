"""Spans of time as Chinese plans write them: 半小时, 1.5小时, 一个半小时, 30min, 20个工作日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans_repo.text.reading.han_numbers import FULL_WIDTH, HAN_NUMERAL, han_value

MINUTES = {"s": 1 / 60, "min": 1.0, "h": 60.0, "d": 1440.0, "week": 10080.0}
UNITS = {
    "秒": "s", "秒钟": "s", "s": "s", "分": "min", "分钟": "min", "min": "min", "mins": "min", "刻钟": "quarter",
    "小时": "h", "个小时": "h", "钟头": "h", "个钟头": "h", "h": "h", "hr": "h", "hrs": "h", "日": "d", "天": "d",
    "昼夜": "d", "个昼夜": "d", "周": "week", "星期": "week", "个星期": "week", "工作日": "work", "个工作日": "work",
}  # fmt: skip
_NUMBER = rf"(?:[0-9０-９]+(?:[.．][0-9０-９]+)?|半|(?:{HAN_NUMERAL})+)"
_UNIT = (
    r"(?:个?工作日|秒钟?|分钟|分(?=[0-9０-９]+秒)|刻钟|个?半?小时|个?半?钟头|个?昼夜|日|天|个?星期|周"
    r"|(?<=[0-9０-９ ])(?:mins?|hrs?|[hs])(?![A-Za-z]))"
)
_SPAN = re.compile(
    rf"(?<![年月第.．0-9０-９])(?P<first>{_NUMBER})(?:\s*[-－—–~～至到]\s*(?P<second>{_NUMBER}))?\s*(?P<unit>{_UNIT})(?P<half>半(?!小时|天|日))?"
    rf"(?:零?(?P<more>{_NUMBER})\s*(?P<more_unit>分钟?|min|秒钟?))?"
)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A span of time in a text: where it stands, its minutes; working days have days instead."""

    start: int
    end: int
    minutes: float
    working_days: float = 0.0
    days: bool = False


def spans(text: str) -> Iterator[Span]:
    """All spans of time in *text*; of a range the longer end counts.

    >>> [span.minutes for span in spans("半小时、1.5小时、一个半小时、1小时30分钟、2至3小时、30min、3分30秒")]
    [30.0, 90.0, 90.0, 90.0, 180.0, 30.0, 3.5]
    """
    for match in _SPAN.finditer(text):
        found = _span(match)
        if found:
            yield found


def _span(match: re.Match[str]) -> Span | None:
    amount = _amount(match["second"] or match["first"])
    unit = match["unit"].strip()
    if amount is None:
        return None
    if "半" in unit:
        amount += 0.5
        unit = unit.replace("半", "")
    if match["half"]:
        amount += 0.5
    kind = UNITS.get(unit, UNITS.get(unit.removeprefix("个"), ""))
    if kind == "work":
        return Span(start=match.start(), end=match.end(), minutes=0.0, working_days=amount, days=True)
    minutes = amount * (15.0 if kind == "quarter" else MINUTES[kind])
    if match["more"]:
        minutes += (_amount(match["more"]) or 0.0) * MINUTES[UNITS[match["more_unit"]]]
    return Span(start=match.start(), end=match.end(), minutes=minutes, days=kind in ("d", "week"))


def _amount(numeral: str) -> float | None:
    if numeral == "半":
        return 0.5
    plain = numeral.translate(FULL_WIDTH)
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    value = han_value(numeral)
    return None if value is None else float(value)
