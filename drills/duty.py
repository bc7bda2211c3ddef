"""A rule on the plans it looks at together, counted from a day."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import itemgetter

from drills.rules import Counts, Rule
from drills.subject import Subject, answers, applies


class Basis(StrEnum):
    """What an interval is counted from."""

    DRILL = "drill"  # 上次已举行的演练
    ISSUE = "issue"  # 印发日期（从未演练）
    PLANNED = "planned"  # 已排未演的演练，假定如期举行
    ASSUMED = "assumed"  # 尚未安排，假定按最迟日期举行
    UNKNOWN = "unknown"  # 无法判断


FIRM = frozenset({Basis.DRILL, Basis.ISSUE})
"""What has happened; the others rest on drills still to come."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Plans one drill of which satisfies a rule; *to_come* are the drills planned for any of them, in their order."""

    subjects: tuple[Subject, ...]
    plans: tuple[str, ...]
    to_come: tuple[tuple[date, Subject], ...]


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A rule on the plans it looks at together, counted from *since*."""

    rule: Rule
    group: Group
    since: date | None
    basis: Basis

    @cached_property
    def by(self) -> date | None:
        """The last day for the next drill; none where that cannot be told."""
        return None if self.since is None else add_months(self.since, self.rule.months)

    @cached_property
    def planned(self) -> tuple[date | None, Subject | None]:
        """The first drill to come that satisfies it, and of which plan it is."""
        to_come = self.group.to_come
        at = bisect_right(to_come, self.since or date.min, key=itemgetter(0))
        return to_come[at] if at < len(to_come) else (None, None)

    @property
    def turn(self) -> date:
        """The day on which it matters next: that of the drill planned for it, or its last one if that is sooner."""
        on, _subject = self.planned
        return min(self.by or date.max, on or date.max)

    def is_before(self, on: date) -> bool:
        """Whether a drill on that day starts its interval anew."""
        return (self.since or date.min) < on


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month.

    >>> add_months(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def duties_of(subjects: Sequence[Subject], rules: Iterable[Rule]) -> Iterator[Duty]:
    """Every rule on every group of plans, as it stood before the first drill; those of the texts last."""
    for rule in rules:
        for group in _groups(rule, [subject for subject in subjects if applies(rule, subject)]):
            yield _duty(rule, group)
    yield from (_duty(rule, (subject,)) for subject in subjects for rule in subject.own_rules)


def most_urgent(duties: Iterable[Duty]) -> Duty | None:
    """The one whose last day comes first, of equals the stricter; none where no last day is known."""
    return min((duty for duty in duties if duty.by), key=urgency, default=None)


def urgency(duty: Duty) -> tuple[date, int, str]:
    """Sorts by the last day, of equals the stricter first; what has no last day comes last."""
    return duty.by or date.max, *_strictness(duty)


def strictest(duties: Iterable[Duty]) -> Duty | None:
    """The one with the shortest interval."""
    return min(duties, key=_strictness, default=None)


def _strictness(duty: Duty) -> tuple[int, str]:
    return duty.rule.months, duty.rule.id


def _groups(rule: Rule, subjects: Sequence[Subject]) -> Iterator[tuple[Subject, ...]]:
    """Plan by plan, or all plans of one maker together; a plan without a maker stands alone."""
    by_maker: dict[str, list[Subject]] = {}
    for subject in subjects:
        alone = rule.counts is Counts.PLAN or subject.maker is None
        by_maker.setdefault(subject.plan if alone else f"maker {subject.maker}", []).append(subject)
    yield from (tuple(group) for group in by_maker.values())


def _duty(rule: Rule, subjects: tuple[Subject, ...]) -> Duty:
    """Counted from the day of issue, unless a drill was held before it."""
    issued = min((subject.issued_on for subject in subjects if subject.issued_on), default=None)
    held = (on for subject in subjects for on in subject.held if answers(subject.parts_on(on), rule))
    first = min(held, default=date.max)
    since = issued if issued and issued < first else None
    return Duty(rule=rule, group=_group(rule, subjects), since=since, basis=Basis.ISSUE if since else Basis.UNKNOWN)


def _group(rule: Rule, subjects: tuple[Subject, ...]) -> Group:
    coming = ((on, one) for one in subjects for on in one.planned if answers(one.parts_on(on), rule))
    to_come = sorted(coming, key=itemgetter(0))
    return Group(subjects=subjects, plans=tuple(one.plan for one in subjects), to_come=tuple(to_come))
