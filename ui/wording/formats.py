"""Dates, durations and shares as people write them. Instants are stored in UTC and shown in Asia/Shanghai."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ui.wording.catalogue import language

HERE = ZoneInfo("Asia/Shanghai")
NONE = "—"
DIGITS = 9
"""Digits of a share that mean something; beyond them it is the rounding of the machine."""


def instant_text(at: datetime | None) -> str:
    """An instant for the screen: date and minute in Asia/Shanghai.

    >>> from datetime import UTC
    >>> instant_text(datetime(2026, 11, 21, 6, 5, tzinfo=UTC))
    '2026-11-21 14:05'
    """
    return at.astimezone(HERE).strftime("%Y-%m-%d %H:%M") if at else NONE


def day_text(on: date | datetime | None) -> str:
    """A day for the screen: `2026-11-21`."""
    return _local_day(on).isoformat() if on else NONE


def date_text(on: date | datetime | None) -> str:
    """A day as a document writes it.

    >>> date_text(date(2026, 11, 21))
    '2026年11月21日'
    """
    if on is None:
        return NONE
    day = _local_day(on)
    return f"{day.year}年{day.month}月{day.day}日" if language() == "zh" else f"{day.day} {day:%B %Y}"


def duration_text(minutes: float | None) -> str:
    """A measured duration given in minutes, rounded to the minute; under ten minutes to the second.

    >>> duration_text(95.4), duration_text(60), duration_text(2.51), duration_text(0.5), duration_text(None)
    ('1 小时 35 分', '1 小时', '2 分 31 秒', '30 秒', '—')
    """
    if minutes is None:
        return NONE
    if minutes < 0:
        return "−" + duration_text(-minutes)
    return _in_units(_seconds(minutes))


def limit_text(minutes: float) -> str:
    """A promised time given in minutes, to the second however long it is: what is promised is never rounded.

    >>> limit_text(3.5), limit_text(61.5), limit_text(90), limit_text(0)
    ('3 分 30 秒', '1 小时 1 分 30 秒', '1 小时 30 分', '0 分')
    """
    return _in_units(round(minutes * 60))


def _in_units(seconds: int) -> str:
    units = ("天", "小时", "分", "秒") if language() == "zh" else ("d", "h", "min", "s")
    return " ".join(f"{amount} {unit}" for amount, unit in zip(_split(seconds), units, strict=True) if amount) or (
        f"0 {units[2]}"
    )


def share_text(share: float | None, *, digits: int = 1) -> str:
    """A share of one as a percentage; only none at all prints as 0 and only all of it as 100.

    >>> share_text(0.9), share_text(0.12345), share_text(None)
    ('90.0%', '12.3%', '—')
    >>> share_text(0.0004), share_text(0.996, digits=0), share_text(0.0), share_text(1.0, digits=0)
    ('0.04%', '99.6%', '0.0%', '100%')
    """
    if share is None:
        return NONE
    is_whole = round(share, DIGITS) in (0, 1)
    for finer in range(digits, DIGITS):
        shown = round(share * 100, finer)
        if is_whole or shown not in (0, 100):
            break
    return f"{shown:.{finer}f}%"


def figure_text(value: float | int | None, *, unit: str = "", digits: int = 1) -> str:
    """A number with its unit, thousands apart, no zeros that say nothing.

    >>> figure_text(12000, unit="人"), figure_text(3.10)
    ('12,000 人', '3.1')
    """
    if value is None:
        return NONE
    number = f"{value:,.{digits}f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    return f"{number} {unit}".strip()


def _local_day(on: date | datetime) -> date:
    return on.astimezone(HERE).date() if isinstance(on, datetime) else on


def _seconds(minutes: float) -> int:
    """Whole seconds under ten minutes, whole minutes in seconds from there on."""
    seconds = round(minutes * 60)
    return seconds if seconds < 600 else round(minutes) * 60


def _split(seconds: int) -> tuple[int, int, int, int]:
    """Days, hours, minutes, seconds."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return (*divmod(hours, 24), minutes, rest)
