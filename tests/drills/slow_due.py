"""What is due, told the slow way: every duty is asked about every drill, and the next turn is sought among them all.

It states the rule of `drills.due` a second time, without its index and its heap, for tests that hold the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from drills.due import Claim, DueItem, DueState, Held
from drills.duty import Basis, add_months
from drills.rules import Counts, Rule
from drills.subject import Subject, applies


@dataclass(kw_only=True, eq=False)
class SlowDuty:
    """A rule on some plans; a drill of any of them moves *since* on."""

    rule: Rule
    subjects: list[Subject]
    since: date | None
    basis: Basis

    @property
    def by(self) -> date | None:
        return add_months(self.since, self.rule.months) if self.since else None

    def drill_to_come(self) -> tuple[date, Subject] | None:
        """The first planned drill after *since*; of the same day, that of the plan named first."""
        coming = [(on, one) for one in self.subjects for on in one.planned if self.since is None or on > self.since]
        return min(coming, key=lambda each: each[0]) if coming else None

    def turn(self) -> date:
        to_come = self.drill_to_come()
        return min(self.by or date.max, to_come[0] if to_come else date.max)


class SlowBook:
    """All duties in one list, which is gone through for every question."""

    def __init__(self, subjects: Sequence[Subject], rules: Sequence[Rule]) -> None:
        self.subjects = subjects
        self.duties: list[SlowDuty] = []
        for rule in rules:
            looked_at = [subject for subject in subjects if applies(rule, subject)]
            for subject in looked_at:
                together = self._together(rule, subject, looked_at)
                if together[0] is subject:
                    self.duties.append(self._begun(rule, together))
        self.duties += [self._begun(rule, [subject]) for subject in subjects for rule in subject.own_rules]

    @staticmethod
    def _together(rule: Rule, subject: Subject, looked_at: list[Subject]) -> list[Subject]:
        """The plans whose drills do for one another."""
        if rule.counts is Counts.PLAN or subject.maker is None:
            return [subject]
        return [other for other in looked_at if other.maker == subject.maker]

    @staticmethod
    def _begun(rule: Rule, together: list[Subject]) -> SlowDuty:
        """Counted from the first day of issue, if no drill was held until then."""
        issued = sorted(one.issued_on for one in together if one.issued_on)
        held = sorted(on for one in together for on in one.held)
        if issued and (not held or issued[0] < held[0]):
            return SlowDuty(rule=rule, subjects=together, since=issued[0], basis=Basis.ISSUE)
        return SlowDuty(rule=rule, subjects=together, since=None, basis=Basis.UNKNOWN)

    def of(self, subject: Subject) -> list[SlowDuty]:
        return [duty for duty in self.duties if subject in duty.subjects]

    def hold(self, subject: Subject, on: date, basis: Basis) -> None:
        for duty in self.of(subject):
            if duty.since is None or duty.since < on:
                duty.since, duty.basis = on, basis

    def past(self) -> list[DueItem]:
        """What the drills that were held answered, one after the other."""
        told = []
        days = sorted({on for one in self.subjects for on in one.held})
        for on, subject in ((on, one) for on in days for one in self.subjects if on in one.held):
            open_then = [duty for duty in self.of(subject) if duty.since is None or duty.since < on]
            if (first := first_of(open_then)) is not None:
                told.append(self.item(first, subject, on, is_held=True))
            self.hold(subject, on, Basis.DRILL)
        return told

    def first_in_turn(self) -> SlowDuty | None:
        first = min((duty.turn() for duty in self.duties), default=None)
        return first_of([duty for duty in self.duties if duty.turn() == first])

    def chosen(self, duty: SlowDuty) -> Subject:
        """The plan another rule wants soonest, then the one longest undrilled, then the one named first."""

        def wanted(one: Subject) -> tuple[date, date]:
            days = [other.by for other in self.of(one) if other is not duty and other.by]
            return min(days, default=date.max), max(one.held, default=date.min)

        return sorted(duty.subjects, key=wanted)[0]

    def item(self, duty: SlowDuty, subject: Subject, on: date | None, *, is_held: bool = False) -> DueItem:
        own = self.of(subject)
        beside = [Claim(rule=other.rule, by=other.by) for other in own if other is not duty]
        return DueItem(
            plan=subject.plan, title=subject.title, by=duty.by, rule=duty.rule, state=DueState.DUE, basis=duty.basis,
            since=duty.since, plans=tuple(one.plan for one in duty.subjects),
            others=tuple(sorted(beside, key=lambda claim: (claim.by or date.max, claim.rule.months))),
            on=on, is_held=is_held, next_by=add_months(on, min(other.rule.months for other in own)) if on else None,
        )  # fmt: skip

    def open_item(self, duty: SlowDuty, subject: Subject) -> DueItem:
        to_come = duty.drill_to_come()
        return self.item(duty, subject, to_come[0] if to_come else None)


def first_of(duties: list[SlowDuty]) -> SlowDuty | None:
    """The one with the earliest last day, then the shortest interval; those without a last day come after."""
    ranked = sorted(duties, key=lambda duty: (duty.by is None, duty.by or date.max, duty.rule.months, duty.rule.id))
    return ranked[0] if ranked else None


def slow_next_due(subjects: Sequence[Subject], rules: Sequence[Rule]) -> tuple[DueItem, ...]:
    """As `drills.due.next_due`."""
    book = SlowBook(subjects, rules)
    book.past()
    urgent = [(subject, first_of([duty for duty in book.of(subject) if duty.by])) for subject in subjects]
    told = [book.open_item(duty, subject) for subject, duty in urgent if duty is not None]
    return tuple(sorted(told, key=lambda item: item.by or date.max))


def slow_chronicle(
    subjects: Sequence[Subject], rules: Sequence[Rule], *, until: date, today: date, held: Held
) -> tuple[DueItem, ...]:
    """As `drills.due.chronicle`."""
    book = SlowBook(subjects, rules)
    past = book.past()
    unknown = _without_day(book)
    coming = []
    while (duty := book.first_in_turn()) is not None and duty.turn() <= until:
        to_come = duty.drill_to_come()
        on, subject = to_come or (None, book.chosen(duty))
        coming.append(book.item(duty, subject, on))
        book.hold(subject, on or held(coming[-1]), Basis.PLANNED if on else Basis.ASSUMED)
    for item in coming:
        if item.by is None and not any((item.plans, item.on) == (other.plans, other.on) for other in unknown):
            unknown.append(item)
    for item in unknown:
        open_still = [duty for duty in book.duties if item.plan in [one.plan for one in duty.subjects]]
        if item.on is None and any(duty.by is None for duty in open_still):
            held(item)
    dated = [*past, *(item for item in coming if item.by)]
    return (*sorted(dated, key=lambda item: item.by or item.on or date.max), *unknown)


def _without_day(book: SlowBook) -> list[DueItem]:
    told: list[DueItem] = []
    for duty in sorted((duty for duty in book.duties if duty.by is None), key=lambda duty: duty.rule.months):
        if duty.subjects[0].plan not in [item.plan for item in told]:
            told.append(book.open_item(duty, duty.subjects[0]))
    return told
