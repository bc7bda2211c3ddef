"""What must be drilled by when: rules, plans and their drills in; a list of days out.

One rule for every page and year: a day is counted from the last drill that was *held*. A drill still
to come satisfies nothing yet; it says what would be due next if it is held on its day. The strictest
rule wins and the others are shown beside it. A plan that was never drilled is counted from its day of
issue; one whose day of issue is unknown is listed as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from drills.duties import Duties
from drills.duty import FIRM, Basis, Duty, add_months, most_urgent, strictest
from drills.rules import Rule
from drills.subject import Subject, answers
from sim.figure import Mark


class DueState(StrEnum):
    """How a due drill stands towards the year asked about."""

    DUE = "due"  # 期内到期
    EARLIER = "earlier"  # 期前到期，尚未演练
    LATER = "later"  # 期后到期，演练已排在期内
    OVERDUE = "overdue"  # 已超期
    CANNOT_TELL = "cannot_tell"  # 无法判断
    HELD = "held"  # 已演练


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

    def is_met_before(self, year: int) -> bool:
        """Whether a drill held in an earlier year has met it already: it falls due no more."""
        return self.is_held and self.on is not None and self.on.year < year

    def is_ahead_of(self, year: int) -> bool:
        """Whether it falls due only after that year."""
        return self.by is not None and self.by.year > year

    @property
    def is_firm(self) -> bool:
        """Whether it rests on what has happened alone."""
        return self.basis in FIRM


Held = Callable[[DueItem], date]
"""On which day the drill of a due item that has none yet is taken to be held."""


def due_items(subjects: Sequence[Subject], rules: Sequence[Rule], *, year: int, today: date) -> tuple[DueItem, ...]:
    """What falls due in *year*, the earliest first, then what cannot be told."""
    return of_year(chronicle(subjects, rules, until=date(year, 12, 31), today=today), year, today)


def next_due(subjects: Sequence[Subject], rules: Sequence[Rule]) -> tuple[DueItem, ...]:
    """The next day of every plan, counted from what was held and from nothing else."""
    duties = Duties(subjects, rules)
    _replay(duties, subjects)
    urgent = ((subject, most_urgent(duties.of(subject.plan))) for subject in subjects)
    found = (_open_item(duty, subject, duties) for subject, duty in urgent if duty is not None)
    return tuple(sorted(found, key=_by_day))


def chronicle(
    subjects: Sequence[Subject], rules: Sequence[Rule], *, until: date, today: date, held: Held | None = None
) -> tuple[DueItem, ...]:
    """Everything that falls due or is drilled until a day, then what cannot be told.

    What has no drill yet is taken as held on the day *held* says: its last day, or *today* when that has
    passed. A longer chronicle begins with the shorter one, so all years show the same.
    """
    duties = Duties(subjects, rules)
    past = _replay(duties, subjects)
    unknown = _unknown(duties)
    hold = held or (lambda item: max(item.by or today, today))
    coming = list(_coming(duties, until, hold))
    told = {(item.plans, item.on) for item in unknown}
    unknown += [item for item in coming if item.by is None and (item.plans, item.on) not in told]
    for item in unknown:
        if item.on is None and any(duty.by is None for duty in duties.of(item.plan)):
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


def _replay(duties: Duties, subjects: Sequence[Subject]) -> list[DueItem]:
    """Hold the drills that were held, in their order; what each of them answered."""
    found = []
    for on, subject in sorted(((on, one) for one in subjects for on in one.held), key=lambda each: each[0]):
        parts = subject.parts_on(on)
        answered = (duty for duty in duties.of(subject.plan) if answers(parts, duty.rule))
        open_then = [duty for duty in answered if duty.is_before(on)]
        if (winner := most_urgent(open_then) or strictest(open_then)) is not None:
            found.append(_item(winner, subject, duties, on=on, is_held=True))
        duties.restart(subject.plan, on, Basis.DRILL, parts)
    return found


def _coming(duties: Duties, until: date, held: Held) -> Iterator[DueItem]:
    """Take the duty whose turn comes first, list it, count it and all others its drill satisfies on from that day."""
    while (duty := duties.first_in_turn()) is not None and duty.turn <= until:
        on, subject = duty.planned
        chosen = subject or duties.chosen(duty)
        item = _item(duty, chosen, duties, on=on)
        yield item
        parts = chosen.parts_on(on) if on else duty.rule.unit_plans if chosen.parts else frozenset()
        duties.restart(item.plan, on or held(item), Basis.PLANNED if on else Basis.ASSUMED, parts)


def _unknown(duties: Duties) -> list[DueItem]:
    """One line a plan, under its strictest rule."""
    found: dict[str, DueItem] = {}
    for duty in sorted(duties.without_day(), key=lambda duty: duty.rule.months):
        subject = duty.group.subjects[0]
        if subject.plan not in found:
            found[subject.plan] = _open_item(duty, subject, duties)
    return list(found.values())


def _open_item(duty: Duty, subject: Subject, duties: Duties) -> DueItem:
    """What is due of a plan, with the drill to come that would satisfy it."""
    return _item(duty, subject, duties, on=duty.planned[0])


def _item(duty: Duty, subject: Subject, duties: Duties, *, on: date | None = None, is_held: bool = False) -> DueItem:
    own = duties.of(subject.plan)
    claims = (Claim(rule=other.rule, by=other.by) for other in own if other is not duty)
    return DueItem(
        plan=subject.plan,
        title=subject.title,
        by=duty.by,
        rule=duty.rule,
        state=DueState.DUE,
        basis=duty.basis,
        since=duty.since,
        plans=duty.group.plans,
        others=tuple(sorted(claims, key=lambda claim: (claim.by or date.max, claim.rule.months))),
        on=on,
        is_held=is_held,
        next_by=add_months(on, min(other.rule.months for other in own)) if on else None,
    )
