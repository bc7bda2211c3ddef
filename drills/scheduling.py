"""On which days a drill may be held: working days, blackouts, warnings in force, gaps between drills."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from drills.errors import DrillError
from plans_repo.course.working_days import Calendar


class BlackoutKind(StrEnum):
    """Why no drill is held on some days."""

    EXAMINATION = "examination"  # 高考、中考等考试
    FESTIVAL = "festival"  # 节日、庆典
    MEETING = "meeting"  # 两会等重要会议
    ACTIVITY = "activity"  # 重大活动保障
    SEASON = "season"  # 主汛期、高火险期等
    STAFFING = "staffing"  # 人员不足、轮训
    WARNING = "warning"  # 实际预警生效
    OTHER = "other"  # 其他


class Days(StrEnum):
    """Which days of the calendar may be used."""

    WORKING = "working"  # 工作日
    REST = "rest"  # 休息日
    ANY = "any"  # 不限


class Obstacle(StrEnum):
    """Why a day will not do."""

    PAST = "past"  # 早于最早可安排日
    REST_DAY = "rest_day"  # 非工作日
    WORKING_DAY = "working_day"  # 工作日（要求休息日）
    BLACKOUT = "blackout"  # 禁演期
    WARNING = "warning"  # 实际预警生效
    GAP = "gap"  # 与同一单位的另一次演练相隔不足
    SAME_WEEK = "same_week"  # 同一单位同周已有演练
    SEASON = "season"  # 该灾种不宜实战的月份


@dataclass(frozen=True, kw_only=True)
class Blackout:
    """A period without drills in an area, first and last day included.

    A warning in force has no last day yet: it blocks today and some days ahead, until it is lifted.

    >>> festival = Blackout(id="b", kind=BlackoutKind.FESTIVAL, start_on=date(2027, 2, 5), end_on=date(2027, 2, 12),
    ...                     reason="春节")
    >>> festival.covers(date(2027, 2, 12), today=date(2026, 11, 20), hold_days=3)
    True
    """

    id: str
    kind: BlackoutKind
    start_on: date
    end_on: date | None
    reason: str
    reason_en: str = ""
    area: str = "/"

    def __post_init__(self) -> None:
        thing = self.reason or self.id
        if not self.reason.strip():
            raise DrillError("blackout-without-reason", thing=thing, field="reason", rule="must not be blank")
        if self.end_on is None and self.kind is not BlackoutKind.WARNING:
            raise DrillError("blackout-without-end", thing=thing, field="end_on", rule="is open for warnings only")
        if self.end_on is not None and self.end_on < self.start_on:
            raise DrillError(
                "blackout-ends-before-start", thing=thing, field="end_on", rule=f"must be >= {self.start_on}",
                value=self.end_on, start=self.start_on,
            )  # fmt: skip

    def last_day(self, *, today: date, hold_days: int) -> date:
        """The last blocked day, as far as it is known *today*."""
        return self.end_on or max(self.start_on, today) + timedelta(days=hold_days)

    def covers(self, day: date, *, today: date, hold_days: int) -> bool:
        """Whether *day* is blocked, as far as is known *today*."""
        return self.start_on <= day <= self.last_day(today=today, hold_days=hold_days)

    def concerns(self, area: str) -> bool:
        """Whether it holds in *area*: the areas lie in one another."""
        return self.area.startswith(area) or area.startswith(self.area)


@dataclass(frozen=True, kw_only=True)
class Engagement:
    """A day on which units already drill."""

    on: date
    units: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Constraints:
    """All that a day has to satisfy, for one drill of *units*."""

    today: date
    calendar: Calendar
    blackouts: tuple[Blackout, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    units: frozenset[str] = frozenset()
    days: Days = Days.WORKING
    gap_days: int = 0
    hold_days: int = 0
    lead_days: int = 1
    avoid_months: frozenset[int] = frozenset()

    def obstacles(self, day: date) -> frozenset[Obstacle]:
        """Everything that speaks against *day*."""
        return frozenset(self._obstacles(day))

    def blackouts_on(self, day: date) -> tuple[Blackout, ...]:
        """The blackouts and warnings that cover *day*."""
        known = {"today": self.today, "hold_days": self.hold_days}
        return tuple(item for item in self.blackouts if item.covers(day, **known))  # type: ignore[arg-type]

    def is_feasible(self, day: date) -> bool:
        """Whether nothing speaks against *day*."""
        return next(self._obstacles(day), None) is None

    def feasible(self, start: date, end: date) -> tuple[date, ...]:
        """The days that will do, from *start* to *end*, both included."""
        return tuple(day for day in days_between(start, end) if self.is_feasible(day))

    def earliest(self, start: date, end: date) -> date | None:
        """The first day that will do, or none."""
        return next((day for day in days_between(start, end) if self.is_feasible(day)), None)

    def why_not(self, start: date, end: date) -> tuple[tuple[Obstacle, int], ...]:
        """How many days of the period each obstacle takes, the most frequent first."""
        counts = Counter(obstacle for day in days_between(start, end) for obstacle in self.obstacles(day))
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def _obstacles(self, day: date) -> Iterator[Obstacle]:
        if day < self.today + timedelta(days=self.lead_days):
            yield Obstacle.PAST
        if self.days is not Days.ANY and self.calendar.is_working_day(day) is not (self.days is Days.WORKING):
            yield Obstacle.REST_DAY if self.days is Days.WORKING else Obstacle.WORKING_DAY
        for blackout in self.blackouts_on(day):
            yield Obstacle.WARNING if blackout.kind is BlackoutKind.WARNING else Obstacle.BLACKOUT
        if day.month in self.avoid_months:
            yield Obstacle.SEASON
        for engagement in self.engagements:
            if engagement.units & self.units:
                yield from _too_near(day, engagement.on, self.gap_days)


def days_between(start: date, end: date) -> Iterator[date]:
    """Every day from *start* to *end*, both included; none when *end* is earlier."""
    return (start + timedelta(days=n) for n in range((end - start).days + 1))


def weeks(days: Iterable[date]) -> frozenset[tuple[int, int]]:
    """The ISO weeks the days lie in."""
    return frozenset(day.isocalendar()[:2] for day in days)


def _too_near(day: date, other: date, gap_days: int) -> Iterator[Obstacle]:
    if abs((day - other).days) < gap_days:
        yield Obstacle.GAP
    if day.isocalendar()[:2] == other.isocalendar()[:2]:
        yield Obstacle.SAME_WEEK
