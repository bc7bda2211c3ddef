"""The duties of many plans, found by plan and in the order of their turn.

A drill changes the duties of its own plan alone, and only those are looked at: what falls due among ten thousand plans
is told in about a hundred times the time of a hundred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from heapq import heapify, heappop, heappush

from drills.duty import Basis, Duty, duties_of, urgency
from drills.rules import Rule, UnitPlan
from drills.subject import Subject, answers

Turn = tuple[date, date, int, str, int]
"""The day of a duty's turn, what decides between equals, and the place of the duty."""


class Duties:
    """Every duty of some plans, each counted on from the drills that are told of."""

    def __init__(self, subjects: Sequence[Subject], rules: Iterable[Rule]) -> None:
        self._duties = list(duties_of(subjects, rules))
        self._places: dict[str, list[int]] = {}
        for at, duty in enumerate(self._duties):
            for plan in duty.group.plans:
                self._places.setdefault(plan, []).append(at)
        self._turns = [self._turn(at) for at in range(len(self._duties))]
        heapify(self._turns)

    def of(self, plan: str) -> list[Duty]:
        """The duties a drill of that plan satisfies."""
        return [self._duties[at] for at in self._places.get(plan, ())]

    def without_day(self) -> list[Duty]:
        """Those whose last day cannot be told."""
        return [duty for duty in self._duties if duty.by is None]

    def restart(self, plan: str, on: date, basis: Basis, parts: frozenset[UnitPlan] = frozenset()) -> None:
        """Count every duty that a drill of that plan, or of these parts of it, satisfies from its day on."""
        for at in self._places.get(plan, ()):
            if (duty := self._duties[at]).is_before(on) and answers(parts, duty.rule):
                self._duties[at] = replace(duty, since=on, basis=basis)
                heappush(self._turns, self._turn(at))

    def first_in_turn(self) -> Duty | None:
        """The duty whose turn comes first, of equals the most urgent one; it stays the first until it is restarted."""
        while self._turns:
            if (first := self._turns[0]) == self._turn(at := first[-1]):
                return self._duties[at]
            heappop(self._turns)  # counted on since, and its new turn stands further back
        return None

    def _turn(self, at: int) -> Turn:
        duty = self._duties[at]
        return duty.turn, *urgency(duty), at

    def chosen(self, duty: Duty) -> Subject:
        """Of the plans that would do, the one another rule wants soonest, then the one longest undrilled."""
        return min(duty.group.subjects, key=lambda one: (self._next(one, duty), one.drilled_on or date.min))

    def _next(self, subject: Subject, duty: Duty) -> date:
        others = (other.by for other in self.of(subject.plan) if other is not duty)
        return min((by for by in others if by is not None), default=date.max)
