"""The drills a proposal has placed so far, found by plan and by unit, and how they fill months and weeks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from drills.drill import Drill, DrillType
from drills.scheduling import Engagement
from drills.subject import Subject

Kin = tuple[str | None, str]
"""The maker and the hazard of a plan: drills of its kin go from the easier to the harder."""
Rank = tuple[bool, bool]


class Placed:
    """Drills with a day, in the order in which they were placed, beside what keeps units busy already."""

    def __init__(self, engagements: Iterable[Engagement] = ()) -> None:
        self.drills: list[Drill] = []
        self._of_plan: dict[str, list[Drill]] = defaultdict(list)
        self._of_unit: dict[str, list[Engagement]] = defaultdict(list)
        self._months: Counter[int] = Counter()
        self._weeks: Counter[tuple[int, int]] = Counter()
        self._days_of_kin: dict[Kin, dict[Rank, list[date]]] = defaultdict(lambda: defaultdict(list))
        for one in engagements:
            self._engage(one)

    def put(self, drill: Drill, on: date, subject: Subject) -> None:
        """Write down a drill of that plan."""
        self.drills.append(drill)
        self._months[on.month] += 1
        self._weeks[_week(on)] += 1
        self._of_plan[subject.plan].append(drill)
        insort(self._days_of_kin[_kin(subject)][drill.type.rank], on)
        self._engage(Engagement(on=on, units=frozenset(drill.units)))

    def last_day(self, plan: str) -> date | None:
        """The day of the last drill of a plan."""
        return max((drill.on for drill in self._of_plan.get(plan, ()) if drill.on), default=None)

    def last_type(self, plan: str) -> DrillType | None:
        """The type of the drill of a plan placed last."""
        own = self._of_plan.get(plan)
        return own[-1].type if own else None

    def engaged(self, units: Iterable[str]) -> tuple[Engagement, ...]:
        """The days on which one of these units already drills."""
        return tuple(one for unit in units for one in self._of_unit.get(unit, ()))

    def load(self, day: date) -> tuple[int, int]:
        """How many drills the month and the week of a day hold."""
        return self._months[day.month], self._weeks[_week(day)]

    def out_of_order(self, day: date, kind: DrillType, subject: Subject) -> int:
        """How many drills of the same maker and hazard would stand on the wrong side of *day*."""
        wrong = 0
        for rank, days in self._days_of_kin.get(_kin(subject), {}).items():
            if rank < kind.rank:
                wrong += len(days) - bisect_right(days, day)
            elif rank > kind.rank:
                wrong += bisect_left(days, day)
        return wrong

    def _engage(self, one: Engagement) -> None:
        for unit in one.units:
            self._of_unit[unit].append(one)


def _kin(subject: Subject) -> Kin:
    return subject.maker, subject.hazard


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]
