"""Which drill answers what is due, and which drills of a plan stand in the wrong order (check D01)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain

from drills.drill import HELD, Drill
from drills.due import DueItem
from drills.duty import Basis, add_months
from drills.rules import rule_pack
from drills.subject import answers as is_drill_for


class DrillsInOrder:
    """Drills that have a day, the earliest first, found by plan."""

    def __init__(self, drills: Iterable[Drill]) -> None:
        days = ((drill.on, drill) for drill in drills if drill.on is not None)
        self._dated = sorted(days, key=lambda each: each[0])
        self._of_plan: dict[str, list[int]] = {}
        for at, (_on, drill) in enumerate(self._dated):
            for plan in drill.plans:
                self._of_plan.setdefault(plan, []).append(at)

    def __iter__(self) -> Iterator[tuple[int, Drill]]:
        return ((at, drill) for at, (_on, drill) in enumerate(self._dated))

    def after(self, at: int, plans: Iterable[str]) -> list[Drill]:
        """The drills of any of these plans behind a place, in their order."""
        own = (self._of_plan.get(plan, []) for plan in plans)
        behind = chain.from_iterable(places[bisect_right(places, at) :] for places in own)
        return [self._dated[place][1] for place in sorted(set(behind))]

    def on(self, day: date, plans: Iterable[str]) -> Drill | None:
        """The first drill of any of these plans on a day."""
        later = self.after(self.last_until(day - timedelta(days=1)), plans)
        return later[0] if later and later[0].on == day else None

    def last_until(self, day: date) -> int:
        """The place of the last drill not later than a day; -1 where there is none."""
        return bisect_right(self._dated, day, key=lambda each: each[0]) - 1


def answers(
    due: Iterable[DueItem], drills: Iterable[Drill], *, start: date, catch_up: timedelta
) -> tuple[tuple[DueItem, Drill | None], ...]:
    """Each due item with the drill that answers it in time, or none (check D01).

    What was due before *start* is answered within the time to catch up; a drill that was held late was held. What was
    held is answered by the drill of its day alone, whether that drill is known here or not. Of a rule that asks twice,
    the second drill is counted from the first; what that carries into another year is left out.
    """
    in_order = DrillsInOrder(drills)
    before: dict[tuple[str, tuple[str, ...]], date] = {}
    found: list[tuple[DueItem, Drill | None]] = []
    for item in due:
        key = (item.rule.id, item.plans)
        if item.is_held and item.on is not None:
            found.append((item, in_order.on(item.on, item.plans)))
            before[key] = item.on
            continue
        after = max(before.get(key, date.min), _since(item))
        limit = _limit(item, after, start, catch_up)
        later = in_order.after(in_order.last_until(after), item.plans)
        drill = _answer(limit, [one for one in later if _is_asked(one, item)])
        if drill is None and item.by and item.basis is Basis.ASSUMED and limit.year > item.by.year:
            continue
        found.append((item, drill))
        if drill is not None and drill.on is not None:
            before[key] = drill.on
    return tuple(found)


def out_of_step(drills: Iterable[Drill]) -> tuple[tuple[Drill, Drill], ...]:
    """Pairs of drills of one plan in which the harder comes before the easier (check D01)."""
    in_order = DrillsInOrder(drills)
    return tuple(
        (earlier, later)
        for at, earlier in in_order
        for later in in_order.after(at, earlier.plans)
        if earlier.type.rank > later.type.rank
    )


def _since(item: DueItem) -> date:
    """The day after which a drill counts, where it is known."""
    return item.since if item.since and item.basis is not Basis.ASSUMED else date.min


def _is_asked(drill: Drill, item: DueItem) -> bool:
    """Whether a drill of that plan is one the rule asks for: that of one kind of enterprise plan is none of another."""
    rule = rule_pack().rule(drill.rule)
    return rule is None or is_drill_for(rule.unit_plans, item.rule)


def _answer(limit: date, later: Sequence[Drill]) -> Drill | None:
    return next((drill for drill in later if drill.on and (drill.on <= limit or drill.state in HELD)), None)


def _limit(item: DueItem, before: date, start: date, catch_up: timedelta) -> date:
    if item.by is None:
        return date.max
    if item.basis is Basis.ASSUMED and before > date.min:
        return max(item.by, add_months(before, item.rule.months))
    return item.by if item.by >= start else start + catch_up
