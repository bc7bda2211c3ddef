"""What must be drilled by when: rules, plans and their last drills in; a list of days out.

The strictest rule wins and the others are shown beside it. A plan that was never drilled
is counted from its day of issue; one whose day of issue is unknown is listed as such.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from drills.drill import DrillType
from drills.rules import Counts, Rule, UnitPlan
from plans_repo.organisations import OrganisationKind
from plans_repo.plans import PlanKind
from sim.figure import Mark

__all__ = ["Basis", "Claim", "DueItem", "DueState", "Subject", "UnitPlan", "applies", "due_items", "without_rule"]


class Basis(StrEnum):
    """What an interval is counted from."""

    DRILL = "drill"  # 上次演练
    ISSUE = "issue"  # 印发日期（从未演练）
    EARLIER = "earlier"  # 本次列出的前一次演练
    UNKNOWN = "unknown"  # 无法判断


class DueState(StrEnum):
    """How a due drill stands towards the period asked about."""

    DUE = "due"  # 期内到期
    EARLIER = "earlier"  # 期前到期，尚未安排
    OVERDUE = "overdue"  # 已超期
    CANNOT_TELL = "cannot_tell"  # 无法判断
    HELD = "held"  # 已演练


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A plan as the rules see it: its kind, its maker, its risk, when it was issued and last drilled.

    *maker* is the organisation that wrote it, *last_type* the type of its last drill.
    """

    plan: str
    title: str
    kind: PlanKind
    title_en: str = ""
    hazard: str = ""
    maker: str | None = None
    maker_kind: OrganisationKind | None = None
    area: str = "/"
    production_safety: bool = False
    high_risk: bool = False
    unit_plan: UnitPlan | None = None
    issued_on: date | None = None
    drilled_on: date | None = None
    last_type: DrillType | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A rule with the day by which it wants a drill; no day where that cannot be told."""

    rule: Rule
    by: date | None


@dataclass(frozen=True, kw_only=True)
class DueItem:
    """One drill that is due: of *plan*, by a day, because of a rule; *others* wait longer.

    A drill of any of *plans* satisfies the rule.
    """

    plan: str
    title: str
    by: date | None
    rule: Rule
    state: DueState
    basis: Basis
    since: date | None
    plans: tuple[str, ...]
    others: tuple[Claim, ...] = ()

    @property
    def source(self) -> str:
        """Where the winning rule stands."""
        return self.rule.source

    @property
    def mark(self) -> Mark:
        """How far the winning rule may be trusted."""
        return self.rule.mark

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed already."""
        return self.state is DueState.OVERDUE


Held = Callable[[DueItem], date]
"""On which day the drill of a due item takes place, or is taken to."""


@dataclass(frozen=True, kw_only=True)
class _Duty:
    """A rule on the plans it looks at together, counted from *since*."""

    rule: Rule
    subjects: tuple[Subject, ...]
    since: date | None
    basis: Basis

    @property
    def by(self) -> date | None:
        return None if self.since is None else add_months(self.since, self.rule.months)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month.

    >>> add_months(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def applies(rule: Rule, subject: Subject) -> bool:
    """Whether *rule* looks at that plan."""
    return (
        (not rule.kinds or subject.kind in rule.kinds)
        and (not rule.makers or subject.maker_kind in rule.makers)
        and (not rule.unit_plans or subject.unit_plan in rule.unit_plans)
        and (subject.production_safety or not rule.production_safety)
        and (subject.high_risk or not rule.high_risk)
    )


def without_rule(subjects: Iterable[Subject], rules: Sequence[Rule]) -> tuple[Subject, ...]:
    """The plans no rule of the pack sets an interval for."""
    return tuple(subject for subject in subjects if not any(applies(rule, subject) for rule in rules))


def due_items(
    subjects: Sequence[Subject], rules: Sequence[Rule], *, start: date, end: date, today: date
) -> tuple[DueItem, ...]:
    """Every drill due from *start* to *end*, the earliest first, then those that cannot be told.

    What falls due within the period is taken as drilled on that day, so a half-yearly rule
    shows twice a year. What fell due before is listed once, and counted on from *start* or
    *today*, whichever is later.
    """
    return simulate(
        subjects, rules, start=start, end=end, today=today, held=lambda item: max(item.by or start, start, today)
    )


def simulate(
    subjects: Sequence[Subject], rules: Sequence[Rule], *, start: date, end: date, today: date, held: Held
) -> tuple[DueItem, ...]:
    """As ``due_items``, with *held* saying on which day the drill of an item takes place."""
    duties = list(_duties(subjects, rules))
    dated = tuple(_in_time(duties, start, end, today, held))
    return (*dated, *_unknown(duties, held))


def _duties(subjects: Sequence[Subject], rules: Sequence[Rule]) -> Iterator[_Duty]:
    for rule in rules:
        matching = [subject for subject in subjects if applies(rule, subject)]
        for group in _groups(rule, matching):
            since, basis = _counted_from(group)
            yield _Duty(rule=rule, subjects=group, since=since, basis=basis)


def _groups(rule: Rule, subjects: Sequence[Subject]) -> Iterator[tuple[Subject, ...]]:
    """Plan by plan, or all plans of one maker together; a plan without a maker stands alone."""
    by_maker: dict[str, list[Subject]] = {}
    for subject in subjects:
        alone = rule.counts is Counts.PLAN or subject.maker is None
        by_maker.setdefault(subject.plan if alone else f"maker {subject.maker}", []).append(subject)
    yield from (tuple(group) for group in by_maker.values())


def _counted_from(group: Sequence[Subject]) -> tuple[date | None, Basis]:
    if drilled := [subject.drilled_on for subject in group if subject.drilled_on]:
        return max(drilled), Basis.DRILL
    if issued := [subject.issued_on for subject in group if subject.issued_on]:
        return min(issued), Basis.ISSUE
    return None, Basis.UNKNOWN


def _in_time(duties: list[_Duty], start: date, end: date, today: date, held: Held) -> Iterator[DueItem]:
    """Take the most urgent duty, list it, count it and all others its drill satisfies on from that day."""
    while (duty := _most_urgent(duties)) is not None and duty.by is not None and duty.by <= end:
        subject = _chosen(duty, duties)
        item = _item(duty, subject, duties, _state(duty.by, start, today))
        on = held(item)
        duties[:] = [
            replace(other, since=on, basis=Basis.EARLIER) if _covers(other, subject) else other for other in duties
        ]
        yield item


def _most_urgent(duties: Sequence[_Duty]) -> _Duty | None:
    known = [(duty.by, duty.rule.months, duty.rule.id, position) for position, duty in enumerate(duties) if duty.by]
    return duties[min(known)[-1]] if known else None


def _chosen(duty: _Duty, duties: Sequence[_Duty]) -> Subject:
    """Of the plans that would do, the one another rule wants soonest, then the one longest undrilled."""
    return min(duty.subjects, key=lambda subject: (_next(subject, duty, duties), subject.drilled_on or date.min))


def _next(subject: Subject, duty: _Duty, duties: Sequence[_Duty]) -> date:
    others = (other.by for other in duties if other is not duty and _covers(other, subject))
    return min((by for by in others if by is not None), default=date.max)


def _covers(duty: _Duty, subject: Subject) -> bool:
    return subject in duty.subjects


def _state(by: date, start: date, today: date) -> DueState:
    if by < today:
        return DueState.OVERDUE
    return DueState.EARLIER if by < start else DueState.DUE


def _unknown(duties: Sequence[_Duty], held: Held) -> Iterator[DueItem]:
    """One line a plan, under its strictest rule."""
    listed: set[str] = set()
    for duty in sorted((duty for duty in duties if duty.by is None), key=lambda duty: duty.rule.months):
        subject = duty.subjects[0]
        if subject.plan not in listed:
            listed.add(subject.plan)
            item = _item(duty, subject, duties, DueState.CANNOT_TELL)
            held(item)
            yield item


def _item(duty: _Duty, subject: Subject, duties: Sequence[_Duty], state: DueState) -> DueItem:
    others = [other for other in duties if other is not duty and _covers(other, subject)]
    claims = (Claim(rule=other.rule, by=other.by) for other in others)
    return DueItem(
        plan=subject.plan,
        title=subject.title,
        by=duty.by,
        rule=duty.rule,
        state=state,
        basis=duty.basis,
        since=duty.since,
        plans=tuple(each.plan for each in duty.subjects),
        others=tuple(sorted(claims, key=lambda claim: (claim.by or date.max, claim.rule.months))),
    )
