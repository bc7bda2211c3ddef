"""What must be drilled by when: rules, plans and their drills in; a list of days out.

One rule for every page and year: a day is counted from the last drill that was *held*. A drill still
to come satisfies nothing yet; it says what would be due next if it is held on its day. The strictest
rule wins and the others are shown beside it. A plan that was never drilled is counted from its day of
issue; one whose day of issue is unknown is listed as such.
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

__all__ = [
    "Basis",
    "Claim",
    "DueItem",
    "DueState",
    "Subject",
    "UnitPlan",
    "add_months",
    "applies",
    "chronicle",
    "due_items",
    "next_due",
    "of_year",
    "rules_of",
    "without_rule",
]


class Basis(StrEnum):
    """What an interval is counted from."""

    DRILL = "drill"  # 上次已举行的演练
    ISSUE = "issue"  # 印发日期（从未演练）
    PLANNED = "planned"  # 已排未演的演练，假定如期举行
    ASSUMED = "assumed"  # 尚未安排，假定按最迟日期举行
    UNKNOWN = "unknown"  # 无法判断


FIRM = frozenset({Basis.DRILL, Basis.ISSUE})
"""What has happened; the others rest on drills still to come."""


class DueState(StrEnum):
    """How a due drill stands towards the year asked about."""

    DUE = "due"  # 期内到期
    EARLIER = "earlier"  # 期前到期，尚未演练
    LATER = "later"  # 期后到期，演练已排在期内
    OVERDUE = "overdue"  # 已超期
    CANNOT_TELL = "cannot_tell"  # 无法判断
    HELD = "held"  # 已演练


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A plan as the rules see it: its kind, its maker, its risk, when it was issued and drilled.

    *maker* is the organisation that wrote it. *held* are the days on which it was drilled, *planned* those on
    which it is going to be, the earliest first; *last_type* is the type of the last of them all. *own_rules* are
    the intervals its own text sets for it.
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
    held: tuple[date, ...] = ()
    planned: tuple[date, ...] = ()
    last_type: DrillType | None = None
    own_rules: tuple[Rule, ...] = ()

    @property
    def drilled_on(self) -> date | None:
        """The day of the last drill held."""
        return max(self.held, default=None)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A rule with the day by which it wants a drill; no day where that cannot be told."""

    rule: Rule
    by: date | None


@dataclass(frozen=True, kw_only=True)
class DueItem:
    """One drill that is due: of *plan*, by a day, because of a rule; *others* wait longer.

    A drill of any of *plans* satisfies the rule. The one that does, if there is one, is *on* a day and *is_held*
    or still to come; *next_by* is when the plan is due again after it.
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
    on: date | None = None
    is_held: bool = False
    next_by: date | None = None

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

    def is_ahead_of(self, year: int) -> bool:
        """Whether it falls due only after that year."""
        return self.by is not None and self.by.year > year

    @property
    def is_firm(self) -> bool:
        """Whether it rests on what has happened alone."""
        return self.basis in FIRM


Held = Callable[[DueItem], date]
"""On which day the drill of a due item that has none yet is taken to be held."""


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

    def covers(self, subject: Subject) -> bool:
        """Whether a drill of that plan satisfies the rule."""
        return subject in self.subjects


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


def rules_of(subject: Subject, rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules that look at a plan, those of its own text last."""
    return (*(rule for rule in rules if applies(rule, subject)), *subject.own_rules)


def without_rule(subjects: Iterable[Subject], rules: Sequence[Rule]) -> tuple[Subject, ...]:
    """The plans for which neither the pack nor their own text sets an interval."""
    return tuple(subject for subject in subjects if not rules_of(subject, rules))


def due_items(subjects: Sequence[Subject], rules: Sequence[Rule], *, year: int, today: date) -> tuple[DueItem, ...]:
    """What falls due in *year*, the earliest first, then what cannot be told."""
    return of_year(chronicle(subjects, rules, until=date(year, 12, 31), today=today), year, today)


def next_due(subjects: Sequence[Subject], rules: Sequence[Rule]) -> tuple[DueItem, ...]:
    """The next day of every plan, counted from what was held and from nothing else."""
    duties = list(_duties(subjects, rules))
    _replay(duties, subjects)
    mine = ((subject, [duty for duty in duties if duty.covers(subject)]) for subject in subjects)
    urgent = ((subject, _most_urgent(own)) for subject, own in mine)
    found = (_open_item(duty, subject, duties) for subject, duty in urgent if duty is not None)
    return tuple(sorted(found, key=_by_day))


def chronicle(
    subjects: Sequence[Subject], rules: Sequence[Rule], *, until: date, today: date, held: Held | None = None
) -> tuple[DueItem, ...]:
    """Everything that falls due or is drilled until a day, then what cannot be told.

    What has no drill yet is taken as held on the day *held* says: its last day, or *today* when that has
    passed. A longer chronicle begins with the shorter one, so all years show the same.
    """
    duties = list(_duties(subjects, rules))
    past = _replay(duties, subjects)
    unknown = _unknown(duties)
    hold = held or (lambda item: max(item.by or today, today))
    coming = list(_coming(duties, until, hold))
    told = {(item.plans, item.on) for item in unknown}
    unknown += [item for item in coming if item.by is None and (item.plans, item.on) not in told]
    for item in unknown:
        if item.on is None and any(duty.by is None and item.plan in _plans(duty) for duty in duties):
            hold(item)
    return (*sorted((*past, *(item for item in coming if item.by)), key=_by_day), *unknown)


def of_year(items: Iterable[DueItem], year: int, today: date) -> tuple[DueItem, ...]:
    """The part of a chronicle that belongs to a year, each item with its state.

    An item belongs to the year in which it falls due and to that of its drill, and while it is overdue to those
    between. What fell due earlier without a drill is shown up to the year after this one.
    """
    return tuple(replace(item, state=_state(item, year, today)) for item in items if _belongs(item, year, today))


def _belongs(item: DueItem, year: int, today: date) -> bool:
    if year in {day.year for day in (item.by, item.on) if day is not None}:
        return True
    if item.by is None:
        return not item.is_held
    if item.by.year > year:
        return False
    if item.on is not None:
        return item.on.year > year
    return item.is_firm and year <= today.year + 1


def _state(item: DueItem, year: int, today: date) -> DueState:
    if item.is_held:
        return DueState.HELD
    if item.by is None:
        return DueState.CANNOT_TELL
    if item.by < today:
        return DueState.OVERDUE
    if item.by.year == year:
        return DueState.DUE
    return DueState.EARLIER if item.by.year < year else DueState.LATER


def _by_day(item: DueItem) -> date:
    return item.by or (item.on if item.is_held else None) or date.max


def _duties(subjects: Sequence[Subject], rules: Sequence[Rule]) -> Iterator[_Duty]:
    """Every rule on every group of plans, as it stood before the first drill."""
    for rule in rules:
        for group in _groups(rule, [subject for subject in subjects if applies(rule, subject)]):
            yield _duty(rule, group)
    yield from (_duty(rule, (subject,)) for subject in subjects for rule in subject.own_rules)


def _groups(rule: Rule, subjects: Sequence[Subject]) -> Iterator[tuple[Subject, ...]]:
    """Plan by plan, or all plans of one maker together; a plan without a maker stands alone."""
    by_maker: dict[str, list[Subject]] = {}
    for subject in subjects:
        alone = rule.counts is Counts.PLAN or subject.maker is None
        by_maker.setdefault(subject.plan if alone else f"maker {subject.maker}", []).append(subject)
    yield from (tuple(group) for group in by_maker.values())


def _duty(rule: Rule, group: tuple[Subject, ...]) -> _Duty:
    """Counted from the day of issue, unless a drill was held before it."""
    issued = min((subject.issued_on for subject in group if subject.issued_on), default=None)
    first = min((on for subject in group for on in subject.held), default=date.max)
    since = issued if issued and issued < first else None
    return _Duty(rule=rule, subjects=group, since=since, basis=Basis.ISSUE if since else Basis.UNKNOWN)


def _replay(duties: list[_Duty], subjects: Sequence[Subject]) -> list[DueItem]:
    """Hold the drills that were held, in their order; what each of them answered."""
    found = []
    for on, subject in sorted(((on, one) for one in subjects for on in one.held), key=lambda each: each[0]):
        covered = [duty for duty in duties if duty.covers(subject) and (duty.since or date.min) < on]
        if (winner := _most_urgent(covered) or _strictest(covered)) is not None:
            found.append(_item(winner, subject, duties, on=on, is_held=True))
        _restart(duties, subject, on, Basis.DRILL)
    return found


def _coming(duties: list[_Duty], until: date, held: Held) -> Iterator[DueItem]:
    """Take the duty whose turn comes first, list it, count it and all others its drill satisfies on from that day."""
    while (duty := _first_in_turn(duties)) is not None and _turn(duty) <= until:
        on, subject = _planned(duty)
        item = _item(duty, subject or _chosen(duty, duties), duties, on=on)
        yield item
        chosen = next(one for one in duty.subjects if one.plan == item.plan)
        _restart(duties, chosen, on or held(item), Basis.PLANNED if on else Basis.ASSUMED)


def _restart(duties: list[_Duty], subject: Subject, on: date, basis: Basis) -> None:
    """Count every duty that a drill of that plan satisfies from its day on."""
    duties[:] = [
        replace(duty, since=on, basis=basis) if duty.covers(subject) and (duty.since or date.min) < on else duty
        for duty in duties
    ]


def _planned(duty: _Duty) -> tuple[date | None, Subject | None]:
    """The first drill to come that satisfies a duty, and of which plan it is."""
    since = duty.since or date.min
    days = ((on, one) for one in duty.subjects for on in one.planned if on > since)
    return min(days, key=lambda each: each[0], default=(None, None))


def _turn(duty: _Duty) -> date:
    """The day on which a duty matters next: that of the drill planned for it, or its last one if that is sooner."""
    on, _subject = _planned(duty)
    return min(duty.by or date.max, on or date.max)


def _first_in_turn(duties: Sequence[_Duty]) -> _Duty | None:
    turns = [(_turn(duty), duty) for duty in duties]
    first = min((turn for turn, _duty in turns), default=None)
    due = [duty for turn, duty in turns if turn == first]
    return _most_urgent(due) or _strictest(due)


def _strictest(duties: Sequence[_Duty]) -> _Duty | None:
    return min(duties, key=lambda duty: (duty.rule.months, duty.rule.id), default=None)


def _most_urgent(duties: Sequence[_Duty]) -> _Duty | None:
    known = [(duty.by, duty.rule.months, duty.rule.id, position) for position, duty in enumerate(duties) if duty.by]
    return duties[min(known)[-1]] if known else None


def _chosen(duty: _Duty, duties: Sequence[_Duty]) -> Subject:
    """Of the plans that would do, the one another rule wants soonest, then the one longest undrilled."""
    return min(duty.subjects, key=lambda subject: (_next(subject, duty, duties), subject.drilled_on or date.min))


def _next(subject: Subject, duty: _Duty, duties: Sequence[_Duty]) -> date:
    others = (other.by for other in duties if other is not duty and other.covers(subject))
    return min((by for by in others if by is not None), default=date.max)


def _unknown(duties: Sequence[_Duty]) -> list[DueItem]:
    """One line a plan, under its strictest rule."""
    found: dict[str, DueItem] = {}
    for duty in sorted((duty for duty in duties if duty.by is None), key=lambda duty: duty.rule.months):
        subject = duty.subjects[0]
        if subject.plan not in found:
            found[subject.plan] = _open_item(duty, subject, duties)
    return list(found.values())


def _open_item(duty: _Duty, subject: Subject, duties: Sequence[_Duty]) -> DueItem:
    """What is due of a plan, with the drill to come that would satisfy it."""
    return _item(duty, subject, duties, on=_planned(duty)[0])


def _item(
    duty: _Duty, subject: Subject, duties: Sequence[_Duty], *, on: date | None = None, is_held: bool = False
) -> DueItem:
    own = [other for other in duties if other.covers(subject)]
    claims = (Claim(rule=other.rule, by=other.by) for other in own if other is not duty)
    return DueItem(
        plan=subject.plan,
        title=subject.title,
        by=duty.by,
        rule=duty.rule,
        state=DueState.DUE,
        basis=duty.basis,
        since=duty.since,
        plans=_plans(duty),
        others=tuple(sorted(claims, key=lambda claim: (claim.by or date.max, claim.rule.months))),
        on=on,
        is_held=is_held,
        next_by=add_months(on, min(other.rule.months for other in own)) if on else None,
    )


def _plans(duty: _Duty) -> tuple[str, ...]:
    return tuple(subject.plan for subject in duty.subjects)
